import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../http/problem.ts';
import { en } from '../words/en.ts';
import { ptBR } from '../words/pt-BR.ts';
import { signOut } from './api.ts';

describe('signing out', () => {
  afterEach(() => vi.unstubAllGlobals());

  function answering(status: number, body: string) {
    const calls: { path: string; init: RequestInit }[] = [];
    vi.stubGlobal('document', { cookie: 'XSRF-TOKEN=t%2Bk', documentElement: { lang: 'en' } });
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
      calls.push({ path, init });
      return Promise.resolve(new Response(status === 204 ? null : body, { status }));
    });
    return calls;
  }

  it('ends the session with the token against forgery', async () => {
    const calls = answering(204, '');
    await signOut();
    expect(calls).toHaveLength(1);
    expect(calls[0]?.path).toBe('/sign-in/out');
    expect(calls[0]?.init.method).toBe('POST');
    expect(calls[0]?.init.credentials).toBe('same-origin');
    expect(new Headers(calls[0]?.init.headers).get('X-XSRF-TOKEN')).toBe('t+k');
  });

  it('does not pretend when the server refuses', async () => {
    answering(403, '{"type":"/problems/not-allowed","title":"You may not do that","status":403}');
    await expect(signOut()).rejects.toBeInstanceOf(ProblemError);
  });

  it('is said in both languages', () => {
    expect([en.signIn.signOut, ptBR.signIn.signOut]).toEqual(['Sign out', 'Sair']);
  });
});

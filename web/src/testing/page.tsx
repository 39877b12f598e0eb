import { MantineProvider } from '@mantine/core';
import { act, configure, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { theme } from '../app/theme.ts';
import { OfficerSession } from '../enrol/officer.tsx';
import { WordsProvider } from '../words/words.tsx';

// What takes a moment takes many on a machine that does much else. Whether something is in sight jsdom cannot tell, and takes long for.
configure({ asyncUtilTimeout: 20_000, defaultHidden: true });

/** What a page asked of the server. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  /** As JSON, where it was. */
  readonly json: unknown;
}

/** Stands in for the server: an answer is JSON, or a Response; undefined is a 404. Gives what was asked, as it comes. */
export function serve(answer: (asked: Asked) => unknown): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    const json: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null;
    const asked = { method: init.method ?? 'GET', path, json };
    all.push(asked);
    const given = path === '/token' ? { access_token: 'token' } : path === '/sign-in/state' ? { signed_in: null } : answer(asked);
    return Promise.resolve(
      given instanceof Response ? given : given === undefined ? new Response('{}', { status: 404 }) : Response.json(given),
    );
  });
  return all;
}

export function problem(status: number, kind: string, more: object = {}): Response {
  return Response.json({ type: `https://vultus.example/problems/${kind}`, title: kind, status, ...more }, { status });
}

/** Shows a part of the pages as the application would, in the browser's language. */
export function show(part: ReactNode) {
  // Not in jsdom.
  window.matchMedia ??= () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }) as never;
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  window.HTMLElement.prototype.scrollIntoView = () => undefined;
  window.HTMLElement.prototype.animate = () => ({ cancel: () => undefined }) as never;
  return render(
    <MantineProvider theme={theme} env="test">
      <WordsProvider>{part}</WordsProvider>
    </MantineProvider>,
  );
}

/** The same for what an officer sees, who signs in. */
export async function showToOfficer(part: ReactNode) {
  const shown = show(
    <OfficerSession title="" lead="">
      {part}
    </OfficerSession>,
  );
  // One sign-in serves until the page is loaded anew.
  const name = screen.queryByLabelText(/^User name/);
  if (name !== null) {
    fireEvent.change(name, { target: { value: 'admin' } });
    fireEvent.change(screen.getByLabelText(/^Password/), { target: { value: 'secret' } });
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Sign in' })));
  }
  return shown;
}

import { describe as group, expect, it } from 'vitest';
import { describe as words } from '../app/ProblemAlert.tsx';
import { readFileSync } from 'node:fs';
import { en } from '../words/en.ts';
import { problemsPtBR } from '../words/problems.pt-BR.ts';
import { ptBR } from '../words/pt-BR.ts';
import { parseProblem, UNREACHABLE } from './problem.ts';

group('parseProblem', () => {
  it('reads an RFC 9457 problem', () => {
    const text = JSON.stringify({
      type: 'https://example.org/problems/no-legal-basis',
      title: 'No legal basis',
      detail: 'Record one first.',
      advice: [{ code: 'ADD_IMAGES', text: 'Add more.' }, { code: 7 }, 'x'],
    });
    const problem = parseProblem(403, text, null);
    expect(problem).toMatchObject({ status: 403, kind: 'no-legal-basis', title: 'No legal basis', detail: 'Record one first.' });
    expect(problem.advice).toEqual([{ code: 'ADD_IMAGES', text: 'Add more.' }]);
  });

  it.each([
    ['https://example.org/password-change-required', 'password-change-required'],
    ['/problems/possible-duplicate', 'possible-duplicate'],
    ['urn:vultus:problem:locked', 'locked'],
    ['about:blank', ''],
  ])('takes the kind from %s', (type, kind) => {
    expect(parseProblem(400, JSON.stringify({ type }), null).kind).toBe(kind);
  });

  it.each(['', '<html>Bad gateway</html>', 'null', '[]', '"text"', '{"type":3,"title":[],"advice":{}}'])(
    'survives the body %s',
    (text) => {
      expect(parseProblem(502, text, null)).toMatchObject({ status: 502, kind: '', title: '', detail: '', advice: [] });
    },
  );

  it.each([
    ['30', 30],
    [' 0 ', 0],
    [null, null],
    ['-3', null],
    ['Wed, 21 Oct 2026 07:28:00 GMT', null],
    ['1.5', null],
  ])('Retry-After %s is %s', (header, expected) => {
    expect(parseProblem(429, '{}', header).retryAfter).toBe(expected);
  });
});

group('words of a problem', () => {
  it('are the server’s where it gave any, else ours', () => {
    expect(words(UNREACHABLE, en).title).toBe(en.problems.unreachable);
    expect(words(parseProblem(500, '', null), en).title).toBe(en.problems.fault);
    expect(words(parseProblem(403, '', null), en).title).toBe(en.problems.forbidden);
    expect(words(parseProblem(403, '{"title":"T","detail":"D"}', null), en)).toEqual({ title: 'T', detail: 'D' });
    expect(words(parseProblem(403, '{"title":"T","detail":"T"}', null), en)).toEqual({ title: 'T', detail: '' });
  });

  const TYPES = new URL('../../../server/src/main/java/org/vultus/server/http/ProblemType.java', import.meta.url);

  it('are there in Portuguese for every type of the server', () => {
    const names = [...readFileSync(TYPES, 'utf8').matchAll(/^ {4}([A-Z_]+)\(HttpStatus/gm)].map((match) =>
      (match[1] as string).toLowerCase().replaceAll('_', '-'),
    );
    expect(names.length).toBeGreaterThanOrEqual(20);
    expect(Object.keys(problemsPtBR).sort()).toEqual([...names].sort());
  });

  it('are ours in Portuguese, with the server’s where they say more, and the server’s for a type that is newer than the pages', () => {
    const problem = (kind: string, retry: string | null = null) =>
      parseProblem(400, JSON.stringify({ type: `/problems/${kind}`, title: 'Title', detail: 'Detail' }), retry);
    expect(words(problem('not-found'), ptBR)).toEqual({ title: 'Isto não existe', detail: 'Não existe mais, ou você não pode ver.' });
    expect(words(problem('bad-request'), ptBR).servers).toBe('Detail');
    expect(words(problem('too-many-attempts', '25'), ptBR).detail).toContain('25');
    expect(words(problem('newer'), ptBR)).toEqual({ title: 'Title', detail: 'Detail' });
    expect(words(problem('not-found'), en)).toEqual({ title: 'Title', detail: 'Detail' });
  });
});

import { describe as group, expect, it } from 'vitest';
import { describe as words } from '../app/ProblemAlert.tsx';
import { en } from '../words/en.ts';
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
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attendanceEn } from '../attendance/words.en.ts';
import { consoleEn } from '../console/words.en.ts';
import { adviceText } from './advice.ts';
import { en } from './en.ts';
import { ptBR } from './pt-BR.ts';
import { chooseLanguage } from './words.tsx';

const ADVICE = new URL('../../../biometrics/src/main/java/org/vultus/biometrics/outcome/Advice.java', import.meta.url);

const ACTIONS = new URL('../../../access/src/main/java/org/vultus/access/audit/Action.java', import.meta.url);

const REMARKS = new URL('../../../attendance/src/main/java/org/vultus/attendance/timesheet/Remark.java', import.meta.url);

/** Of all pages; a new one cannot be forgotten here. */
const ENGLISH = import.meta.glob<Record<string, object>>(['./en.ts', '../**/words.en.ts'], { eager: true });
const PORTUGUESE = import.meta.glob<Record<string, object>>(['./pt-BR.ts', '../**/words.pt-BR.ts'], { eager: true });

/** What is the same word in both, and what is empty because the server says it. */
const ALIKE = ['./en.ts.home.title', './en.ts.enrol.role.AUDITOR', '../kiosk/words.en.ts.key'];
const EMPTY = ['../privacy/words.en.ts.kept.rows.signIns.2'];

/** Shown by every function that takes them; counts of one and of many are said otherwise. */
const VALUES = [
  [701, 702, 703, 704],
  [1, 1, 1, 1],
];

/** Every text of a dictionary with its path; functions are called with numbers that show in the result. */
function texts(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'function') {
    const make = part as (...values: unknown[]) => unknown;
    return VALUES.map((values) => [path, String(make(...values.slice(0, make.length)))]);
  }
  return typeof part === 'string'
    ? [[path, part]]
    : Object.entries(part as object).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

function holes(text: string): string[] {
  return (text.match(/70[1-4]/g) ?? []).sort();
}

describe('dictionaries', () => {
  it('have a sentence for every advice of the server', () => {
    const names = [...readFileSync(ADVICE, 'utf8').matchAll(/^ {4}([A-Z_]+)\("/gm)].map((match) => match[1] as string);
    expect(names.length).toBeGreaterThanOrEqual(20);
    for (const words of [en, ptBR]) {
      expect(Object.keys(words.advice).sort()).toEqual([...names].sort());
    }
  });

  it.each(Object.keys(ENGLISH))('%s is there in Portuguese, whole and translated', (file) => {
    const [english] = Object.values(ENGLISH[file] ?? {});
    const [portuguese] = Object.values(PORTUGUESE[file.replace(/en\.ts$/, 'pt-BR.ts')] ?? {});
    const said = texts(english, file);
    const translated = texts(portuguese, file);
    expect(said.length).toBeGreaterThan(5);
    expect(translated.map(([path]) => path)).toEqual(said.map(([path]) => path));
    for (const [index, [path, text]] of said.entries()) {
      const other = translated[index]?.[1] ?? '';
      if (!EMPTY.includes(path)) {
        expect(text.trim(), path).not.toBe('');
        expect(other.trim(), path).not.toBe('');
        expect(ALIKE.includes(path) || other !== text, `${path} is still: ${other}`).toBe(true);
      }
      expect(holes(other), path).toEqual(holes(text));
    }
  });

  it('are those of every page', () => {
    expect(Object.keys(ENGLISH).length).toBeGreaterThanOrEqual(9);
    expect(Object.keys(PORTUGUESE)).toHaveLength(Object.keys(ENGLISH).length);
  });

  it('show an advice that is newer than the pages in the words of the server', () => {
    expect(adviceText(ptBR, { code: 'MOVE_CLOSER', text: 'Move closer to the camera.' })).toBe('Chegue mais perto');
    expect(adviceText(ptBR, { code: 'WAVE', text: 'Wave.' })).toBe('Wave.');
    expect(adviceText(en, { code: 'toString', text: 'Not a word of ours.' })).toBe('Not a word of ours.');
  });
});

describe('words of the console', () => {
  it('have a name for every action of the audit trail', () => {
    const names = [...readFileSync(ACTIONS, 'utf8').matchAll(/^ {4}([A-Z_]+)[,;]?$/gm)].map((match) => match[1] as string);
    expect(names.length).toBeGreaterThanOrEqual(20);
    expect(Object.keys(consoleEn.actions).sort()).toEqual([...names].sort());
  });
});

describe('remarks', () => {
  it('have words for each that the server knows', () => {
    const names = [...readFileSync(REMARKS, 'utf8').matchAll(/^ {4}([A-Z_]+)[,;]?$/gm)].map((match) => match[1] as string);
    expect(names.length).toBeGreaterThanOrEqual(10);
    expect(Object.keys(attendanceEn.remark).sort()).toEqual([...names].sort());
  });
});

describe('language', () => {
  it.each([
    [null, ['pt-PT', 'en'], 'pt-BR'],
    [null, ['de-DE', 'en-GB', 'pt'], 'en'],
    [null, ['de-DE'], 'en'],
    ['pt-BR', ['en'], 'pt-BR'],
    ['tlh', ['pt'], 'pt-BR'],
    [null, [], 'en'],
  ] as const)('kept %s, preferred %j: %s', (kept, preferred, expected) => {
    expect(chooseLanguage(kept, preferred)).toBe(expected);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attendanceEn } from '../attendance/words.en.ts';
import { attendancePtBR } from '../attendance/words.pt-BR.ts';
import { securityEn } from '../console/security/words.en.ts';
import { securityPtBR } from '../console/security/words.pt-BR.ts';
import { timeEn } from '../console/time/words.en.ts';
import { timePtBR } from '../console/time/words.pt-BR.ts';
import { consoleEn } from '../console/words.en.ts';
import { consolePtBR } from '../console/words.pt-BR.ts';
import { presenceEn } from '../presence/words.en.ts';
import { presencePtBR } from '../presence/words.pt-BR.ts';
import { privacyEn } from '../privacy/words.en.ts';
import { privacyPtBR } from '../privacy/words.pt-BR.ts';
import { adviceText } from './advice.ts';
import { en } from './en.ts';
import { ptBR } from './pt-BR.ts';
import { chooseLanguage } from './words.tsx';

const ADVICE = new URL('../../../biometrics/src/main/java/org/vultus/biometrics/outcome/Advice.java', import.meta.url);

const ACTIONS = new URL('../../../access/src/main/java/org/vultus/access/audit/Action.java', import.meta.url);

const REMARKS = new URL('../../../attendance/src/main/java/org/vultus/attendance/timesheet/Remark.java', import.meta.url);

/** Every text of a dictionary with its path; functions are called with numbers or names that show in the result. */
function texts(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'function') {
    const make = part as (...values: unknown[]) => string;
    return [[path, make(...Array.from({ length: make.length }, (_, index) => index + 7))]];
  }
  return typeof part === 'string'
    ? [[path, part]]
    : Object.entries(part as object).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

describe('dictionaries', () => {
  it('have a sentence for every advice of the server', () => {
    const names = [...readFileSync(ADVICE, 'utf8').matchAll(/^ {4}([A-Z_]+)\("/gm)].map((match) => match[1] as string);
    expect(names.length).toBeGreaterThanOrEqual(20);
    for (const words of [en, ptBR]) {
      expect(Object.keys(words.advice).sort()).toEqual([...names].sort());
    }
  });

  it('have the same keys and no empty text', () => {
    expect(texts(ptBR).map(([path]) => path)).toEqual(texts(en).map(([path]) => path));
    for (const [path, text] of [...texts(en), ...texts(ptBR)]) {
      expect(text.trim(), path).not.toBe('');
    }
  });

  it('are translated', () => {
    const portuguese = new Map(texts(ptBR));
    const same = texts(en).filter(([path, text]) => portuguese.get(path) === text);
    expect(same.map(([path]) => path)).toEqual(['.home.title', '.enrol.role.AUDITOR']);
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

  it('are there in both languages, and translated', () => {
    const portuguese = new Map(texts(consolePtBR));
    expect([...portuguese.keys()]).toEqual(texts(consoleEn).map(([path]) => path));
    for (const [path, text] of [...texts(consoleEn), ...portuguese]) {
      expect(text.trim(), path).not.toBe('');
    }
    const same = texts(consoleEn).filter(([path, text]) => portuguese.get(path) === text);
    expect(same.map(([path]) => path)).toEqual([]);
  });
});

describe.each([
  ['attendance', attendanceEn, attendancePtBR, []],
  ['one’s own data', privacyEn, privacyPtBR, []],
  ['the attendance section', timeEn, timePtBR, []],
  ['security', securityEn, securityPtBR, []],
  ['pictures and badges', presenceEn, presencePtBR, []],
])('words of %s', (_name, english, portuguese, alike) => {
  it('are there in both languages, and translated', () => {
    const there = new Map(texts(portuguese));
    expect([...there.keys()]).toEqual(texts(english).map(([path]) => path));
    for (const [path, text] of texts(english)) {
      // The period of sign-ins comes from the server.
      if (path !== '.kept.rows.signIns.2') {
        expect(text.trim(), path).not.toBe('');
        expect(there.get(path)?.trim(), path).not.toBe('');
      }
    }
    const same = texts(english).filter(([path, text]) => text !== '' && there.get(path) === text);
    expect(same.map(([path]) => path)).toEqual(alike);
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

import { describe, expect, it } from 'vitest';
import { lines } from './Applications.tsx';
import { path } from './chartPath.ts';
import { firstSteps, stepsLeft } from './checklist.ts';
import { auditFilter, auditQuery, isIdentifier, narrows, peopleFilter, peopleQuery, written } from './filters.ts';
import { decimal, fpir, mostReferences, oneIn, weigh, withPresent } from './identification.ts';
import { mayOpen, rightsOver, sectionsOf, type Account } from './sections.ts';

const ID = '9f78e283-b649-4d46-991a-0b16b09d4140';
const account = (...roles: string[]): Account => ({ id: ID, username: 'a', display_name: 'A', department: 'icu', roles });

describe('identification', () => {
  it.each([
    [1e-4, 1, 1e-4],
    [1e-4, 0, 0],
    [0.5, 2, 0.75],
    [1e-6, 1000, 9.995e-4],
    [1e-3, 1000, 0.6323],
  ])('at an FMR of %f among %i', (fmr, n, expected) => {
    expect(fpir(fmr, n)).toBeCloseTo(expected, 5);
  });

  it('keeps its digits where 1 − (1 − FMR)^N loses them', () => {
    expect(fpir(1e-17, 3)).toBeCloseTo(3e-17, 30);
    expect(1 - (1 - 1e-17) ** 3).toBe(0);
  });

  it.each([
    [1e-6, 1e-3],
    [1e-5, 0.05],
    [1e-4, 1e-4],
    [0.01, 0.001],
  ])('the most references at %f under %f keep the bound, and one more does not', (fmr, bound) => {
    const most = mostReferences(fmr, bound);
    expect(fpir(fmr, most)).toBeLessThanOrEqual(bound * (1 + 1e-9));
    expect(fpir(fmr, most + 1)).toBeGreaterThan(bound);
  });

  const points = [1e-6, 1e-4, 1e-5].map((fmr) => ({ fmr, demonstrated: fmr > 1e-6 }));
  const usedAt = (n: number, bound: number) => weigh(points, n, bound).find((row) => row.used)?.fmr;

  it('uses the least strict point that keeps the bound', () => {
    expect(weigh(points, 5, 1e-3).map((row) => row.fmr)).toEqual([1e-4, 1e-5, 1e-6]);
    expect(usedAt(5, 1e-3)).toBe(1e-4);
    expect(usedAt(11, 1e-3)).toBe(1e-5);
    expect(usedAt(900, 1e-3)).toBe(1e-6);
    expect(usedAt(1002, 1e-3)).toBeUndefined();
    // Nobody is enrolled yet: the server reckons with one.
    expect(usedAt(0, 1e-4)).toBe(1e-4);
  });

  it('writes rates so that they can be read', () => {
    expect(decimal(1e-6, 'en')).toBe('0.000001');
    expect(decimal(0.00023997, 'en')).toBe('0.00024');
    expect(decimal(0.00023997, 'pt-BR')).toBe('0,00024');
    expect(oneIn(1e-4, 'en')).toBe('10,000');
    expect(oneIn(1e-4, 'pt-BR')).toBe('10.000');
  });

  it('offers the present rate among the others', () => {
    expect(withPresent([1e-3, 1e-4], 1e-4)).toEqual([1e-3, 1e-4]);
    expect(withPresent([1e-3, 1e-4], 5e-4)).toEqual([1e-3, 5e-4, 1e-4]);
    // As text the choice has to be the value that is there.
    const computed = 0.1 ** 4;
    expect(withPresent([1e-3, 1e-4], computed)).toEqual([1e-3, computed]);
  });
});

describe('filters', () => {
  it('of people go to the address and the server', () => {
    const filter = peopleFilter(new URLSearchParams('section=people&query= ana+b &active=true&role=AUDITOR&page=3'));
    expect(filter).toEqual({ query: ' ana b ', department: '', active: 'true', enrolled: '', role: 'AUDITOR' });
    expect(written(filter)).toEqual({ query: ' ana b ', active: 'true', role: 'AUDITOR' });
    expect(peopleQuery(filter, 50, 25)).toBe('query=ana+b&active=true&role=AUDITOR&offset=50&limit=25');
    expect(peopleFilter(new URLSearchParams(written(filter)))).toEqual(filter);
    expect(narrows(filter)).toBe(true);
    expect(narrows(peopleFilter(new URLSearchParams('page=2')))).toBe(false);
  });

  it('of the audit trail send moments in time and the identifier', () => {
    const filter = auditFilter(new URLSearchParams('action=ENROLMENT&person=ana&from=2026-11-21T08:30'));
    const query = new URLSearchParams(auditQuery(filter, ID, '120', 50));
    expect(Object.fromEntries(query)).toEqual({
      action: 'ENROLMENT',
      person: ID,
      from: new Date(2026, 10, 21, 8, 30).toISOString(),
      before: '120',
      limit: '50',
    });
    expect(auditQuery(auditFilter(new URLSearchParams('until=yesterday')), '', '', 10)).toBe('limit=10');
  });

  it.each([
    [ID, true],
    [` ${ID.toUpperCase()} `, true],
    ['ana', false],
    [ID.slice(1), false],
  ])('%s is an identifier: %s', (text, expected) => {
    expect(isIdentifier(text)).toBe(expected);
  });
});

describe('roles', () => {
  it.each([
    [['ADMIN'], ['start', 'people', 'departments', 'attendance', 'requests', 'security', 'audit', 'applications', 'keys', 'system']],
    [['ENROLMENT_OFFICER'], ['start', 'people', 'departments', 'system']],
    [['DEPARTMENT_MANAGER', 'STAFF'], ['start', 'people', 'departments', 'attendance', 'system']],
    [['AUDITOR'], ['start', 'departments', 'attendance', 'security', 'audit', 'system']],
    [['STAFF'], []],
    [['SOMETHING_NEWER'], []],
    [['AUDITOR', 'ENROLMENT_OFFICER'], ['start', 'people', 'departments', 'attendance', 'security', 'audit', 'system']],
  ])('%j open %j', (roles, expected) => {
    expect(sectionsOf(account(...roles))).toEqual(expected);
    expect(mayOpen(account(...roles), 'keys')).toBe(roles.includes('ADMIN'));
  });

  const staff = { id: 'b', roles: ['STAFF'] };
  const auditor = { id: 'c', roles: ['AUDITOR'] };
  const admin = { id: 'd', roles: ['ADMIN'] };

  it('say what may be done to whom', () => {
    const all = { name: true, move: true, roles: true, activity: true, password: true };
    const nothing = { name: false, move: false, roles: false, activity: false, password: false };
    expect(rightsOver(account('ADMIN'), admin)).toEqual(all);
    expect(rightsOver(account('ADMIN'), { id: ID, roles: ['ADMIN'] })).toEqual({ ...all, roles: false, activity: false });
    expect(rightsOver(account('ENROLMENT_OFFICER'), staff)).toEqual({ ...all, move: false, roles: false });
    expect(rightsOver(account('ENROLMENT_OFFICER'), auditor)).toEqual({
      ...all,
      move: false,
      roles: false,
      password: false,
    });
    expect(rightsOver(account('ENROLMENT_OFFICER'), admin)).toEqual(nothing);
    expect(rightsOver(account('DEPARTMENT_MANAGER', 'AUDITOR'), staff)).toEqual(nothing);
  });
});

describe('first steps', () => {
  it('are left until a face is enrolled', () => {
    const left = (departments: number, people: number, enrolled: number) =>
      firstSteps({ departments, people, enrolled })
        .filter((step) => !step.done)
        .map((step) => step.name);
    expect(left(1, 1, 0)).toEqual(['department', 'person', 'enrolment']);
    expect(left(2, 1, 0)).toEqual(['person', 'enrolment']);
    expect(left(2, 2, 1)).toEqual([]);
    expect(stepsLeft(firstSteps({ departments: 2, people: 2, enrolled: 0 }))).toBe(1);
  });
});

describe('small things', () => {
  it('takes the lines that say something', () => {
    expect(lines(' https://a \n\n\thttps://b')).toEqual(['https://a', 'https://b']);
    expect(lines('  \n')).toEqual([]);
  });

  it('draws values from the right edge, zeros at the bottom', () => {
    expect(path([0, 4, 2], 3, 100, 40)).toBe('M0 40L50 0L100 20');
    expect(path([0, 0], 5, 100, 40)).toBe('M75 40L100 40');
    expect(path([], 5, 100, 40)).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import type { Day } from '../../attendance/api.ts';
import type { Account } from '../sections.ts';
import { begun, MOST_SHIFTS, placed, resized } from './cycle.ts';
import { momentOf, offsetOf } from './moment.ts';
import { mayManage, viewsOf } from './views.ts';

const account = (...roles: string[]): Account => ({ id: '1', username: 'a', display_name: 'A', department: 'icu', roles });
const day = (shifts: Day['shifts']): Day => ({ day: '2026-11-30', kind: 'WORK', shifts, punches: [], remarks: [], hours: {} as Day['hours'] });

describe('a moment on the clock of the roster', () => {
  const night = day([{ name: 'Night', start: '2026-11-30T19:00:00-03:00', end: '2026-12-01T07:00:00-03:00' }]);

  it('has the offset of the day, whatever the browser’s zone', () => {
    expect(momentOf(night, '19:05', false)).toBe('2026-11-30T19:05:00-03:00');
    expect(momentOf(night, '07:10', true)).toBe('2026-12-01T07:10:00-03:00');
  });

  it('is the browser’s where nothing tells another', () => {
    expect(new Date(momentOf(day([]), '09:00', false)).getTime()).toBe(new Date('2026-11-30T09:00:00').getTime());
  });

  it('finds the offset', () => {
    expect(offsetOf('2026-11-30T19:00:00+05:30')).toBe('+05:30');
    expect(offsetOf('2026-11-30T19:00:00Z')).toBe('Z');
  });
});

describe('a cycle', () => {
  it('takes several shifts on a day', () => {
    expect(begun('split', 'am', 'pm')).toEqual([...Array.from({ length: 5 }, () => ['am', 'pm']), [], []]);
    expect(begun('fourTwo', 'a')).toEqual([['a'], ['a'], ['a'], ['a'], [], []]);
    expect(begun('sixOne', 'a').filter((day) => day.length === 0)).toHaveLength(1);
    const days = [['a'], []];
    expect(placed(days, 0, 1, 'b')).toEqual([['a', 'b'], []]);
    expect(placed([['a', 'b'], []], 0, 0, '')).toEqual([['b'], []]);
    expect(placed(days, 1, 0, 'c')).toEqual([['a'], ['c']]);
    expect(placed(days, 0, 0, '')).toEqual([[], []]);
    expect(placed([Array.from({ length: MOST_SHIFTS }, () => 'a')], 0, MOST_SHIFTS, 'b')[0]).toHaveLength(MOST_SHIFTS);
  });

  it('begins as asked', () => {
    expect(begun('week', 's').map((one) => one.length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    expect(begun('twelve', 's')).toEqual([['s'], []]);
    expect(begun('rotation', 's')).toHaveLength(14);
  });

  it('grows and shrinks at its end', () => {
    expect(resized([['s'], []], 3)).toEqual([['s'], [], []]);
    expect(resized([['s'], []], 1)).toEqual([['s']]);
  });
});

describe('parts', () => {
  it('are for those whom the server lets in', () => {
    expect(viewsOf(account('ADMIN'))).toHaveLength(8);
    expect(viewsOf(account('DEPARTMENT_MANAGER'))).not.toContain('kiosks');
    expect(viewsOf(account('AUDITOR'))).not.toContain('shifts');
    expect(viewsOf(account('STAFF'))).toEqual([]);
  });

  it('are managed by managers and administrators', () => {
    expect([mayManage(account('AUDITOR')), mayManage(account('DEPARTMENT_MANAGER')), mayManage(account('ADMIN'))]).toEqual([false, true, true]);
  });
});

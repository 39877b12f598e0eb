import { describe, expect, it } from 'vitest';
import { clock, daysOf, hours, isDay, monthOf, plusDays, plusMonths, sayDay, weekOf } from './time.ts';
import { attendanceEn } from './words.en.ts';
import { attendancePtBR } from './words.pt-BR.ts';
import { shiftName } from './words.ts';

describe('time', () => {
  it.each([
    [0, '0:00'],
    [59, '0:00'],
    [27_900, '7:45'],
    [360_000, '100:00'],
    [-5_400, '−1:30'],
  ])('%i seconds are %s', (seconds, said) => expect(hours(seconds)).toBe(said));

  it('reads a moment on its own clock', () => expect(clock('2026-11-16T08:58:00-03:00')).toBe('08:58'));

  it('counts days across months, leap days and the change to summer time', () => {
    expect(plusDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(plusDays('2026-03-29', 1)).toBe('2026-03-30');
    expect(daysOf({ from: '2026-10-24', to: '2026-10-26' })).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
    expect(daysOf({ from: '2026-10-24', to: '2026-10-20' })).toEqual([]);
  });

  it('knows months and weeks', () => {
    expect(monthOf('2026-11-21')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
    expect(monthOf('2026-12-31')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(plusMonths('2026-01-31', 1)).toBe('2026-02-01');
    expect(plusMonths('2026-01-31', -1)).toBe('2025-12-01');
    expect(weekOf('2026-11-21')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(weekOf('2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(weekOf('2026-11-23').from).toBe('2026-11-23');
  });

  it('tells a day from what is none', () => {
    expect(isDay('2026-11-21')).toBe(true);
    expect(isDay('2026-13-40')).toBe(false);
    expect(isDay('')).toBe(false);
    expect(isDay(null)).toBe(false);
  });

  it('says a day without moving it into another zone', () => {
    expect(sayDay('2026-11-21', 'en-GB')).toContain('21');
    expect(sayDay('2026-11-01', 'pt-BR', 'month')).toBe('novembro de 2026');
  });
});

it('the default shift is called in the language of the page, and others as the site calls them', () => {
  expect(shiftName('Default', attendancePtBR)).toBe('Padrão');
  expect(shiftName('Default', attendanceEn)).toBe('Default');
  expect(shiftName('Noite', attendancePtBR)).toBe('Noite');
});

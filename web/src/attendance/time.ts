/** Days are texts such as 2026-11-16, so that no time zone moves them. */
const DAY_MS = 86_400_000;

export interface Period {
  readonly from: string;
  /** Included. */
  readonly to: string;
}

/** A length in hours and minutes: 7:45. Seconds that do not fill a minute are left out, as on a clock. */
export function hours(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  return `${seconds < 0 ? '−' : ''}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The hour and minute of a moment on the clock that it was written with. */
export function clock(at: string): string {
  return at.slice(11, 16);
}

/** The day here, at a moment. */
export function dayOf(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

export function plusDays(day: string, days: number): string {
  return new Date(utc(day).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** From one day to another, both included. */
export function daysOf({ from, to }: Period): readonly string[] {
  const count = Math.round((utc(to).getTime() - utc(from).getTime()) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => plusDays(from, index));
}

/** The month that a day lies in. */
export function monthOf(day: string): Period {
  const first = `${day.slice(0, 7)}-01`;
  const next = utc(first);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return { from: first, to: plusDays(next.toISOString().slice(0, 10), -1) };
}

/** The first day of the month so many months later. */
export function plusMonths(day: string, months: number): string {
  const moved = utc(`${day.slice(0, 7)}-01`);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  return moved.toISOString().slice(0, 10);
}

/** The week, Monday to Sunday, that a day lies in. */
export function weekOf(day: string): Period {
  const from = plusDays(day, -weekday(day));
  return { from, to: plusDays(from, 6) };
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: string): number {
  return (utc(day).getUTCDay() + 6) % 7;
}

export function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text).getTime());
}

export function sayDay(day: string, locale: string, style: 'short' | 'year' | 'long' | 'month' = 'short'): string {
  const how: Intl.DateTimeFormatOptions =
    style === 'month'
      ? { month: 'long', year: 'numeric' }
      : style === 'year'
        ? { dateStyle: 'medium' }
      : style === 'long'
        ? { dateStyle: 'full' }
        : { weekday: 'short', day: 'numeric', month: 'short' };
  return utc(day).toLocaleDateString(locale, { ...how, timeZone: 'UTC' });
}

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

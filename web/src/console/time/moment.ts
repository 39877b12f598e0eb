import type { Day } from '../../attendance/api.ts';
import { plusDays } from '../../attendance/time.ts';

/**
 * A time of a day on the clock of its roster, as the server takes it. The offset is the one that the day's shifts or punches have;
 * without any, that of this browser.
 */
export function momentOf(day: Day, time: string, nextDay: boolean): string {
  const date = nextDay ? plusDays(day.day, 1) : day.day;
  const known = day.shifts[0]?.start ?? day.punches[0]?.at;
  return known === undefined ? new Date(`${date}T${time}:00`).toISOString() : `${date}T${time}:00${offsetOf(known)}`;
}

/** The offset at the end of a moment: Z, or such as -03:00. */
export function offsetOf(at: string): string {
  return /(Z|[+-]\d{2}:\d{2})$/.exec(at)?.[0] ?? 'Z';
}

export type Pattern = 'week' | 'twelve' | 'rotation';
type Days = readonly (readonly string[])[];

const WORKDAYS = 5;
const WEEK = 7;
const ROTATION = 14;

/** A first cycle to change from: Monday to Friday, every second day, or two weeks of which the first is worked. */
export function begun(pattern: Pattern, shift: string): Days {
  switch (pattern) {
    case 'week':
      return Array.from({ length: WEEK }, (_, day) => (day < WORKDAYS ? [shift] : []));
    case 'twelve':
      return [[shift], []];
    case 'rotation':
      return Array.from({ length: ROTATION }, (_, day) => (day < WORKDAYS ? [shift] : []));
  }
}

/** The same cycle with another number of days; new ones are free. */
export function resized(days: Days, length: number): Days {
  return Array.from({ length }, (_, day) => days[day] ?? []);
}

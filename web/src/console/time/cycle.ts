export type Pattern = 'week' | 'twelve' | 'fourTwo' | 'sixOne' | 'split' | 'rotation';
type Days = readonly (readonly string[])[];

const WORKDAYS = 5;
const WEEK = 7;
const ROTATION = 14;

/**
 * A first cycle to change from: Monday to Friday, every second day, four or six days on, Monday to Friday twice a day, or two weeks of
 * which the first is worked.
 *
 * @param second the other half of a split shift
 */
export function begun(pattern: Pattern, shift: string, second = shift): Days {
  switch (pattern) {
    case 'week':
      return Array.from({ length: WEEK }, (_, day) => (day < WORKDAYS ? [shift] : []));
    case 'twelve':
      return [[shift], []];
    case 'fourTwo':
      return [[shift], [shift], [shift], [shift], [], []];
    case 'sixOne':
      return Array.from({ length: WEEK }, (_, day) => (day < WEEK - 1 ? [shift] : []));
    case 'split':
      return Array.from({ length: WEEK }, (_, day) => (day < WORKDAYS ? [shift, second] : []));
    case 'rotation':
      return Array.from({ length: ROTATION }, (_, day) => (day < WORKDAYS ? [shift] : []));
  }
}

/** The same cycle with another number of days; new ones are free. */
export function resized(days: Days, length: number): Days {
  return Array.from({ length }, (_, day) => days[day] ?? []);
}

/** The most shifts that the server takes on one day. */
export const MOST_SHIFTS = 4;

/** The cycle with another shift at a place of a day; an empty one takes it away, and those after it move up. */
export function placed(days: Days, day: number, place: number, shift: string): Days {
  return days.map((one, at) => {
    if (at !== day) {
      return one;
    }
    const changed = [...one.slice(0, place), ...(shift === '' ? [] : [shift]), ...one.slice(place + 1)];
    return changed.slice(0, MOST_SHIFTS);
  });
}

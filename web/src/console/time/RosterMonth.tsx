import type { Day } from '../../attendance/api.ts';
import { dayOf, plusDays, sayDay, weekday } from '../../attendance/time.ts';
import { useWords } from '../../words/words.tsx';
import { Card } from '../parts.tsx';
import { Cell } from './Plan.tsx';
import own from './time.module.css';
import { useTimeWords } from './words.ts';

const A_MONDAY = '2026-01-05';
const WEEK = 7;

/** A person's month as it is planned, week by week from Monday. */
export function RosterMonth({ days }: { days: readonly Day[] }) {
  const { locale } = useWords();
  const w = useTimeWords();
  const today = dayOf(new Date());
  const [first] = days;
  if (first === undefined) {
    return null;
  }
  return (
    <Card title={w.sheets.month}>
      <ul className={own.month} data-head="true" aria-hidden="true">
        {Array.from({ length: WEEK }, (_, index) => (
          <li key={index}>
            {new Date(`${plusDays(A_MONDAY, index)}T00:00:00Z`).toLocaleDateString(locale, { weekday: 'short', timeZone: 'UTC' })}
          </li>
        ))}
      </ul>
      <ol className={own.month}>
        {Array.from({ length: weekday(first.day) }, (_, index) => (
          <li key={`before-${index}`} data-filler="true" aria-hidden="true" />
        ))}
        {days.map((day) => (
          <li key={day.day} data-today={day.day === today}>
            <time dateTime={day.day}>{sayDay(day.day, locale)}</time>
            <Cell day={day} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

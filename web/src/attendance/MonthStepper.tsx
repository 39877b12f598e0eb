import { ActionIcon } from '@mantine/core';
import { IconBack } from '../app/icons.tsx';
import { useWords } from '../words/words.tsx';
import classes from './attendance.module.css';
import { plusMonths, sayDay } from './time.ts';
import { useAttendanceWords } from './words.ts';

/** Goes from month to month. */
export function MonthStepper({ day, onDay }: { day: string; onDay: (day: string) => void }) {
  const { locale } = useWords();
  const w = useAttendanceWords();
  return (
    <div className={classes.stepper}>
      <ActionIcon variant="default" size={44} aria-label={w.previousMonth} onClick={() => onDay(plusMonths(day, -1))}>
        <IconBack />
      </ActionIcon>
      <strong aria-live="polite">{sayDay(day, locale, 'month')}</strong>
      <ActionIcon variant="default" size={44} aria-label={w.nextMonth} onClick={() => onDay(plusMonths(day, 1))}>
        <span className={classes.forward}>
          <IconBack />
        </span>
      </ActionIcon>
    </div>
  );
}

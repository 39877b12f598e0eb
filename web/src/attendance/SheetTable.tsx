import { Badge, DataTable } from '../console/parts.tsx';
import { IconCamera } from '../app/icons.tsx';
import { usePresenceWords } from '../presence/words.ts';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import type { Day, Hours, Punch, Sheet } from './api.ts';
import classes from './attendance.module.css';
import { clock, hours, sayDay } from './time.ts';
import { shiftName, useAttendanceWords } from './words.ts';
import { Fragment, type ReactNode } from 'react';

interface SheetTableProps {
  readonly sheet: Sheet;
  /** Leaves out days without plan, punches and remarks. */
  readonly busyOnly?: boolean;
  /** What can be done about a day, such as correcting it. */
  readonly act?: { readonly head: string; readonly cell: (day: Day) => ReactNode };
  /** What can be done about a punch. */
  readonly onPunch?: (punch: Punch, day: Day) => void;
  readonly punchLabel?: (punch: Punch) => string;
  /** Looks at the picture that was kept with a punch. */
  readonly onPicture?: (punch: Punch) => void;
}

/** A person's days: what was planned, when they came and went, what it adds up to. */
export function SheetTable({ sheet, busyOnly = false, act, onPunch, punchLabel, onPicture }: SheetTableProps) {
  const { locale } = useWords();
  const w = useAttendanceWords();
  const days = busyOnly ? sheet.days.filter(isBusy) : sheet.days;
  return (
    <DataTable
      label={w.timesheet}
      rows={days}
      id={(day) => day.day}
      columns={[
        { head: w.day, names: true, cell: (day) => <time className={classes.date} dateTime={day.day}>{sayDay(day.day, locale)}</time> },
        { head: w.plan, cell: (day) => <Plan day={day} /> },
        {
          head: w.punches,
          cell: (day) =>
            day.punches.length === 0 ? (
              <span className={classes.nothing}>–</span>
            ) : (
              <span className={classes.punches}>
                {day.punches.map((punch) => (
                  <Fragment key={punch.event_id}>
                    <PunchMark punch={punch} onAct={onPunch && (() => onPunch(punch, day))} label={punchLabel?.(punch)} />
                    {punch.picture === true && onPicture !== undefined && <SeePicture punch={punch} onSee={() => onPicture(punch)} />}
                  </Fragment>
                ))}
              </span>
            ),
        },
        { head: w.worked, numeric: true, cell: (day) => <Length seconds={day.hours.worked} /> },
        { head: w.overtime, numeric: true, cell: (day) => <Length seconds={overtimeOf(day.hours)} /> },
        { head: w.remarks, cell: (day) => <Remarks remarks={day.remarks} /> },
        ...(act === undefined ? [] : [act]),
      ]}
    />
  );
}

export function Plan({ day }: { day: Day }) {
  const w = useAttendanceWords();
  if (day.kind !== 'WORK') {
    return <span className={classes.quiet}>{lookUp(w.kind, day.kind) ?? day.kind}</span>;
  }
  return (
    <span className={classes.lines}>
      {day.shifts.map((shift) => (
        <span key={shift.start} title={shiftName(shift.name, w)}>
          {clock(shift.start)}–{clock(shift.end)}
        </span>
      ))}
    </span>
  );
}

interface PunchMarkProps {
  readonly punch: Punch;
  readonly onAct?: (() => void) | undefined;
  readonly label?: string | undefined;
}

function PunchMark({ punch, onAct, label }: PunchMarkProps) {
  const w = useAttendanceWords();
  const inside = (
    <>
      <span className={classes.direction} data-direction={punch.direction}>
        {lookUp(w.direction, punch.direction) ?? punch.direction}
      </span>{' '}
      <time dateTime={punch.at}>{clock(punch.at)}</time>
    </>
  );
  const title = [lookUp(w.status, punch.status), lookUp(w.method, punch.method), punch.reason].filter(Boolean).join(' · ');
  return onAct === undefined ? (
    <span className={classes.punch} title={title}>
      {inside}
      <span className="visually-hidden">{title}</span>
    </span>
  ) : (
    <button type="button" className={classes.punch} title={title} aria-label={label} onClick={onAct}>
      {inside}
    </button>
  );
}

/** Opens the picture of a punch. */
export function SeePicture({ punch, onSee }: { punch: Punch; onSee: () => void }) {
  const w = useAttendanceWords();
  const label = usePresenceWords().see(lookUp(w.direction, punch.direction) ?? punch.direction, clock(punch.at));
  return (
    <button type="button" className={`${classes.punch} ${classes.picture}`} title={label} aria-label={label} onClick={onSee}>
      <IconCamera size={18} />
    </button>
  );
}

export function Remarks({ remarks }: { remarks: readonly string[] }) {
  const w = useAttendanceWords();
  return remarks.length === 0 ? (
    <span className={classes.nothing}>–</span>
  ) : (
    <span className={classes.remarks}>
      {remarks.map((remark) => (
        <Badge key={remark} tone={remark === 'PRESENT' ? 'good' : GRAVE.has(remark) ? 'bad' : 'open'}>
          {lookUp(w.remark, remark) ?? remark}
        </Badge>
      ))}
    </span>
  );
}

const GRAVE: ReadonlySet<string> = new Set(['ABSENT', 'MISSING_IN', 'MISSING_OUT', 'CLOCK_WRONG']);

function Length({ seconds }: { seconds: number }) {
  return seconds === 0 ? <span className={classes.nothing}>–</span> : <>{hours(seconds)}</>;
}

/** The sums of a period, the ones that are not zero beside what was worked. */
export function Totals({ total }: { total: Hours }) {
  const w = useAttendanceWords();
  const { locale } = useWords();
  const rest: [string, number][] = [
    ...Object.entries(total.overtime).map(([percent, seconds]): [string, number] => [
      w.at(Number(percent).toLocaleString(locale)),
      seconds,
    ]),
    [w.unapproved, total.unapproved],
    [w.night, total.night],
    [w.missing, total.missing],
    [w.uncounted, total.uncounted],
  ];
  return (
    <dl className={classes.totals}>
      {([[w.scheduled, total.scheduled], [w.worked, total.worked], [w.regular, total.regular], ...rest.filter(([, seconds]) => seconds !== 0)] as const).map(
        ([name, seconds]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{hours(seconds)}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

export function overtimeOf(one: Hours): number {
  return Object.values(one.overtime).reduce((sum, seconds) => sum + seconds, 0) + one.unapproved;
}

function isBusy(day: Day): boolean {
  return day.punches.length > 0 || day.remarks.length > 0 || day.kind === 'LEAVE' || day.kind === 'HOLIDAY';
}

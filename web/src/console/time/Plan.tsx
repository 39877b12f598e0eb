import { ActionIcon, Alert, Button, NativeSelect, Text } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { IconBack, IconCheck, IconPeople } from '../../app/icons.tsx';
import { ProblemAlert, problemIn } from '../../app/ProblemAlert.tsx';
import type { Day, Sheet } from '../../attendance/api.ts';
import { clock, dayOf, daysOf, isDay, plusDays, sayDay, weekOf } from '../../attendance/time.ts';
import { shiftName, useAttendanceWords } from '../../attendance/words.ts';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { lookUp } from '../../words/advice.ts';
import { useWords } from '../../words/words.tsx';
import classes from '../console.module.css';
import { Card, Empty, Head, PageLink, Show } from '../parts.tsx';
import { address, useConsole } from '../useConsole.ts';
import { rosters, sheets } from './api.ts';
import { DayInput, Department, type Places } from './fields.tsx';
import own from './time.module.css';
import { mayManage } from './views.ts';
import { useTimeWords } from './words.ts';

/** A week of everybody in a department, or of all. */
export function Plan({ departments }: Places) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { call } = useOfficer();
  const { account, query, go } = useConsole();
  const department = query.get('department') ?? '';
  const asked = query.get('day');
  const { from, to } = weekOf(isDay(asked) ? asked : dayOf(new Date()));
  const found = useLoaded(useCallback(() => sheets(call, { department, site: '' }, from, to), [call, department, from, to]));
  const move = (code: string, day: string) =>
    go('attendance', { view: 'plan', day, ...(code === '' ? {} : { department: code }) }, true);
  return (
    <>
      <Head title={w.view.plan} lead={w.plan.lead} />
      <div className={own.filters}>
        <Department departments={departments} value={department} onChange={(code) => move(code, from)} />
        <div className={own.step}>
          <div className={own.week}>
            <ActionIcon variant="default" size={44} aria-label={w.plan.previous} onClick={() => move(department, plusDays(from, -7))}>
              <IconBack />
            </ActionIcon>
            <strong aria-live="polite">{w.plan.week(sayDay(from, locale), sayDay(to, locale))}</strong>
            <ActionIcon variant="default" size={44} aria-label={w.plan.next} onClick={() => move(department, plusDays(from, 7))}>
              <span className={own.forward}>
                <IconBack />
              </span>
            </ActionIcon>
          </div>
        </div>
      </div>
      <Show loaded={found}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={<IconPeople size={48} />} title={w.nobodyTitle}>
              <p>{w.nobodyText}</p>
            </Empty>
          ) : (
            <>
              <Week all={all} days={daysOf({ from, to })} />
              {mayManage(account) && <Assign all={all} onDone={found.reload} />}
            </>
          )
        }
      </Show>
    </>
  );
}

function Week({ all, days }: { all: readonly Sheet[]; days: readonly string[] }) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { go } = useConsole();
  const today = dayOf(new Date());
  return (
    // The keyboard scrolls what it can focus.
    <div className={`card ${own.calendar}`} role="region" aria-label={w.plan.scroll} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{w.plan.table}</caption>
        <thead>
          <tr>
            <th scope="col">{w.person}</th>
            {days.map((day) => (
              <th key={day} scope="col" data-today={day === today}>
                <time dateTime={day}>{sayDay(day, locale)}</time>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map((sheet) => (
            <tr key={sheet.person.id}>
              <th scope="row">
                <PageLink
                  to={address('attendance', { view: 'timesheets', person: sheet.person.id, day: days[0] ?? today })}
                  className={classes.link}
                  onGo={() => go('attendance', { view: 'timesheets', person: sheet.person.id, day: days[0] ?? today })}
                >
                  {sheet.person.display_name}
                </PageLink>
              </th>
              {sheet.days.map((day) => (
                <td key={day.day} data-kind={day.kind}>
                  <Cell day={day} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Cell({ day }: { day: Day }) {
  const times = useAttendanceWords();
  if (day.kind !== 'WORK' || day.shifts.length === 0) {
    return <span className={own.off}>{lookUp(times.kind, day.kind === 'WORK' ? 'REST' : day.kind) ?? day.kind}</span>;
  }
  return (
    <>
      {day.shifts.map((shift) => {
        const night = shift.end.slice(0, 10) > shift.start.slice(0, 10);
        return (
          <span key={shift.start} className={own.shift} data-night={night}>
            <span>{shiftName(shift.name, times)}</span>
            {clock(shift.start)}–{clock(shift.end)}
          </span>
        );
      })}
    </>
  );
}

function Assign({ all, onDone }: { all: readonly Sheet[]; onDone: () => void }) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { call } = useOfficer();
  const { account } = useConsole();
  const known = useLoaded(useCallback(() => rosters(call), [call]));
  const [person, setPerson] = useState('');
  const [roster, setRoster] = useState('');
  const [from, setFrom] = useState(() => dayOf(new Date()));
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState('');
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    setDone('');
    try {
      await call('POST', '/api/attendance/assignments', { json: { person, from, ...(roster === '' ? {} : { roster }) } });
      setDone(w.plan.assigned(all.find((one) => one.person.id === person)?.person.display_name ?? '', sayDay(from, locale, 'year')));
      onDone();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  const others = all.filter((one) => one.person.id !== account.id);
  return (
    <Card title={w.plan.assign}>
      <Text c="dimmed">{w.plan.assignText}</Text>
      <Show loaded={known}>
        {(list) => (
          <form onSubmit={(event) => void submit(event)} className={own.form}>
            {error !== null && <ProblemAlert problem={problemIn(error)} />}
            <div className={own.filters}>
              <NativeSelect
                size="md"
                label={w.person}
                required
                value={person}
                onChange={(event) => setPerson(event.currentTarget.value)}
                data={[
                  { value: '', label: w.choosePerson },
                  ...others.map(({ person: one }) => ({ value: one.id, label: one.display_name })),
                ]}
              />
              <NativeSelect
                size="md"
                label={w.plan.roster}
                description={list.length === 0 ? w.plan.noRosters : undefined}
                value={roster}
                onChange={(event) => setRoster(event.currentTarget.value)}
                data={[{ value: '', label: w.plan.noRoster }, ...list.map((one) => ({ value: one.id, label: one.name }))]}
              />
              <DayInput label={w.from} value={from} onChange={setFrom} />
            </div>
            <div>
              <Button type="submit" size="md" loading={busy} disabled={person === '' || from === ''}>
                {w.plan.assign}
              </Button>
            </div>
            <div role="status">
              {done !== '' && (
                <Alert color="petrol" radius="lg" icon={<IconCheck />}>
                  {done}
                </Alert>
              )}
            </div>
          </form>
        )}
      </Show>
    </Card>
  );
}

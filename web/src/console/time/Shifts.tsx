import { Button, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconPlus } from '../../app/icons.tsx';
import { shiftName, useAttendanceWords } from '../../attendance/words.ts';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import classes from '../console.module.css';
import { Badge, Card, Confirm, DataTable, Head, Show } from '../parts.tsx';
import { isAdmin } from '../sections.ts';
import { useConsole } from '../useConsole.ts';
import { rosters, shifts, type Roster, type Shift } from './api.ts';
import { NewRoster } from './NewRoster.tsx';
import own from './time.module.css';
import { useTimeWords } from './words.ts';


type Asking = { readonly what: 'shift' | 'roster' } | { readonly retire: Shift | Roster; readonly kind: 'shifts' | 'rosters' };

export function Shifts() {
  const w = useTimeWords();
  const times = useAttendanceWords();
  const { call } = useOfficer();
  const { account } = useConsole();
  const known = useLoaded(useCallback(() => shifts(call), [call]));
  const cycles = useLoaded(useCallback(() => rosters(call), [call]));
  const [asking, setAsking] = useState<Asking | null>(null);
  const [saved, setSaved] = useState('');
  const may = isAdmin(account);
  const done = (name: string) => {
    setAsking(null);
    setSaved(name === '' ? '' : w.shifts.saved(name));
    known.reload();
    cycles.reload();
  };
  const minutes = (time: string) => time.slice(0, 5);
  return (
    <>
      <Head title={w.view.shifts} lead={w.shifts.lead} />
      <Text role="status" className={saved === '' ? 'visually-hidden' : (classes.hint ?? '')}>
        {saved}
      </Text>
      <Show loaded={known}>
        {(all) => (
          <>
            <Card title={w.shifts.shifts}>
              <DataTable
                label={w.shifts.shifts}
                rows={all}
                id={(one) => one.id}
                columns={[
                  {
                    head: w.name,
                    names: true,
                    cell: (one) => (
                      <>
                        {shiftName(one.name, times)} {one.on_call && <Badge tone="open">{w.shifts.onCall}</Badge>}
                      </>
                    ),
                  },
                  {
                    head: w.shifts.hours,
                    cell: (one) => (
                      <>
                        {minutes(one.start)}–{minutes(one.end)}
                        {one.end <= one.start && <span className={classes.second}>{w.shifts.nextDay}</span>}
                      </>
                    ),
                  },
                  { head: w.shifts.grace, cell: (one) => w.shifts.graceText(String(one.late_grace), String(one.early_leave_grace)) },
                  {
                    head: w.shifts.breaks,
                    cell: (one) =>
                      one.unpaid_breaks.length === 0
                        ? '–'
                        : one.unpaid_breaks.map((pause) => `${minutes(pause.start)}–${minutes(pause.end)}`).join(', '),
                  },
                  ...(may
                    ? [
                        {
                          head: w.retire,
                          cell: (one: Shift) =>
                            one === all[0] ? (
                              <Badge tone="off">{w.shifts.default}</Badge>
                            ) : (
                              <Retire name={one.name} onAct={() => setAsking({ retire: one, kind: 'shifts' })} />
                            ),
                        },
                      ]
                    : []),
                ]}
              />
              {may && (
                <Button size="md" variant="default" leftSection={<IconPlus />} onClick={() => setAsking({ what: 'shift' })}>
                  {w.shifts.addShift}
                </Button>
              )}
            </Card>
            <Card title={w.shifts.rosters}>
              <Text c="dimmed">{w.shifts.rostersLead}</Text>
              <Show loaded={cycles}>
                {(some) =>
                  some.length === 0 ? (
                    <Text>{w.shifts.noRosters}</Text>
                  ) : (
                    <ul className={own.list}>
                      {some.map((one) => (
                        <li key={one.id}>
                          <div className={classes.row}>
                            <strong>{one.name}</strong>
                            <Text c="dimmed">
                              {w.shifts.cycleOf(one.days.length)} · {one.zone}
                            </Text>
                            {may && <Retire name={one.name} onAct={() => setAsking({ retire: one, kind: 'rosters' })} />}
                          </div>
                          <Cycle roster={one} shifts={all} />
                        </li>
                      ))}
                    </ul>
                  )
                }
              </Show>
              {may && (
                <Button size="md" variant="default" leftSection={<IconPlus />} onClick={() => setAsking({ what: 'roster' })}>
                  {w.shifts.addRoster}
                </Button>
              )}
            </Card>
            {asking !== null && 'what' in asking && asking.what === 'shift' && <NewShift onClose={() => setAsking(null)} onDone={done} />}
            {asking !== null && 'what' in asking && asking.what === 'roster' && (
              <NewRoster shifts={all} onClose={() => setAsking(null)} onDone={done} />
            )}
          </>
        )}
      </Show>
      {asking !== null && 'retire' in asking && (
        <Confirm
          title={w.shifts.retireTitle(asking.retire.name)}
          text={w.shifts.retireText}
          act={w.retire}
          danger
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            await call('DELETE', `/api/attendance/${asking.kind}/${asking.retire.id}`);
            done('');
          }}
        />
      )}
    </>
  );
}

function Retire({ name, onAct }: { name: string; onAct: () => void }) {
  const w = useTimeWords();
  return (
    <Button size="compact-sm" variant="default" aria-label={w.shifts.retireNamed(name)} onClick={onAct}>
      {w.retire}
    </Button>
  );
}

const DRAWN_DAYS = 28;

/** The days of a cycle as a row of boxes; the shifts that each names are said to screen readers. */
export function Cycle({ roster, shifts: known }: { roster: Pick<Roster, 'days'>; shifts: readonly Shift[] }) {
  const w = useTimeWords();
  const nameOf = (id: string) => known.find((one) => one.id === id)?.name ?? id.slice(0, 8);
  return (
    <ol className={own.cycle}>
      {roster.days.slice(0, DRAWN_DAYS).map((day, index) => (
        <li key={index} data-rest={day.length === 0}>
          <span className="visually-hidden">{w.shifts.dayNumber(index + 1)}: </span>
          {day.length === 0 ? w.shifts.rest : day.map(nameOf).join(' + ')}
        </li>
      ))}
      {roster.days.length > DRAWN_DAYS && <li data-rest="true">…</li>}
    </ol>
  );
}

function NewShift({ onClose, onDone }: { onClose: () => void; onDone: (name: string) => void }) {
  const w = useTimeWords();
  const { call } = useOfficer();
  const [name, setName] = useState('');
  const [start, setStart] = useState('07:00');
  const [end, setEnd] = useState('19:00');
  const [late, setLate] = useState<number | string>(15);
  const [early, setEarly] = useState<number | string>(0);
  const [before, setBefore] = useState<number | string>(120);
  const [after, setAfter] = useState<number | string>(240);
  const [rounding, setRounding] = useState<number | string>(0);
  const [breakStart, setBreakStart] = useState('');
  const [breakEnd, setBreakEnd] = useState('');
  const [onCall, setOnCall] = useState(false);
  const whole = [late, early, before, after, rounding].every((value) => typeof value === 'number');
  const time = (label: string, value: string, set: (value: string) => void, required = true) => (
    <TextInput size="md" type="time" label={label} required={required} value={value} onChange={(event) => set(event.currentTarget.value)} />
  );
  const number = (label: string, value: number | string, set: (value: number | string) => void, max: number) => (
    <NumberInput size="md" label={label} min={0} max={max} allowDecimal={false} allowNegative={false} hideControls value={value} onChange={set} />
  );
  return (
    <Confirm
      title={w.shifts.addShift}
      text={w.shifts.endHint}
      act={w.shifts.addShift}
      ready={name.trim() !== '' && start !== '' && end !== '' && whole && (breakStart === '') === (breakEnd === '')}
      onClose={onClose}
      onConfirm={async () => {
        await call('POST', '/api/attendance/shifts', {
          json: {
            name: name.trim(),
            start,
            end,
            late_grace: late,
            early_leave_grace: early,
            early_window: before,
            late_window: after,
            rounding,
            unpaid_breaks: breakStart === '' ? [] : [{ start: breakStart, end: breakEnd }],
            on_call: onCall,
          },
        });
        onDone(name.trim());
      }}
    >
      <Stack gap="md" mb="lg">
        <TextInput size="md" required maxLength={100} label={w.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <div className={own.pair}>
          {time(w.shifts.start, start, setStart)}
          {time(w.shifts.end, end, setEnd)}
          {number(w.shifts.lateGrace, late, setLate, 240)}
          {number(w.shifts.earlyLeaveGrace, early, setEarly, 240)}
          {time(w.shifts.breakStart, breakStart, setBreakStart, false)}
          {time(w.shifts.breakEnd, breakEnd, setBreakEnd, false)}
          {number(w.shifts.earlyWindow, before, setBefore, 960)}
          {number(w.shifts.lateWindow, after, setAfter, 960)}
          {number(w.shifts.rounding, rounding, setRounding, 60)}
        </div>
        <Text c="dimmed" size="sm">
          {w.shifts.windowHint}
        </Text>
        <Switch
          size="md"
          label={w.shifts.onCall}
          description={w.shifts.onCallHint}
          checked={onCall}
          onChange={(event) => setOnCall(event.currentTarget.checked)}
        />
      </Stack>
    </Confirm>
  );
}

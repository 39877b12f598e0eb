import { Button, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconPlus } from '../../app/icons.tsx';
import { dayOf, sayDay } from '../../attendance/time.ts';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { useWords } from '../../words/words.tsx';
import classes from '../console.module.css';
import { Badge, Card, Confirm, DataTable, Head, Show } from '../parts.tsx';
import { isAdmin } from '../sections.ts';
import { useConsole } from '../useConsole.ts';
import { holidays, rules, type Holiday, type Rules } from './api.ts';
import { DayInput, Department, nameOf, type Places } from './fields.tsx';
import own from './time.module.css';
import { useTimeWords } from './words.ts';

/** Holidays, and the versions of the rules of pay. */
export function Pay({ departments }: Places) {
  const w = useTimeWords();
  return (
    <>
      <Head title={w.view.rules} />
      <Holidays departments={departments} />
      <Versions departments={departments} />
    </>
  );
}

function Holidays({ departments }: Places) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { call } = useOfficer();
  const { account } = useConsole();
  const [year, setYear] = useState<number | string>(() => new Date().getFullYear());
  const shown = typeof year === 'number' && year >= 1970 ? year : new Date().getFullYear();
  const all = useLoaded(useCallback(() => holidays(call, `${shown}-01-01`, `${shown}-12-31`), [call, shown]));
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Holiday | null>(null);
  const [day, setDay] = useState(() => dayOf(new Date()));
  const [name, setName] = useState('');
  const [where, setWhere] = useState('');
  const may = isAdmin(account);
  const done = () => {
    setAdding(false);
    setRemoving(null);
    setName('');
    all.reload();
  };
  return (
    <Card title={w.rules.holidays}>
      <Text c="dimmed">{w.rules.holidaysLead}</Text>
      <NumberInput
        size="md"
        maw={140}
        label={w.rules.year}
        min={1970}
        max={2200}
        allowDecimal={false}
        thousandSeparator={false}
        value={year}
        onChange={setYear}
      />
      <Show loaded={all}>
        {(known) =>
          known.length === 0 ? (
            <Text>{w.rules.noHolidays}</Text>
          ) : (
            <ul className={own.list}>
              {known.map((one) => (
                <li key={one.id} className={classes.row}>
                  <strong>{one.name}</strong>
                  <time dateTime={one.day}>{sayDay(one.day, locale, 'year')}</time>
                  <Badge tone="off">{one.department == null ? w.everywhere : nameOf(departments, one.department)}</Badge>
                  {may && (
                    <Button size="compact-sm" variant="default" aria-label={w.rules.removeNamed(one.name)} onClick={() => setRemoving(one)}>
                      {w.remove}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Show>
      {may && (
        <Button size="md" variant="default" leftSection={<IconPlus />} onClick={() => setAdding(true)}>
          {w.rules.addHoliday}
        </Button>
      )}
      {adding && (
        <Confirm
          title={w.rules.addHoliday}
          text={w.rules.holidaysLead}
          act={w.rules.addHoliday}
          ready={name.trim() !== '' && day !== ''}
          onClose={() => setAdding(false)}
          onConfirm={async () => {
            await call('POST', '/api/attendance/holidays', { json: { day, name: name.trim(), ...(where === '' ? {} : { department: where }) } });
            done();
          }}
        >
          <Stack gap="md" mb="lg">
            <TextInput size="md" required maxLength={200} label={w.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <DayInput label={w.day} value={day} onChange={setDay} />
            <Department departments={departments} value={where} onChange={setWhere} />
          </Stack>
        </Confirm>
      )}
      {removing !== null && (
        <Confirm
          title={w.rules.removeTitle(removing.name)}
          text={w.rules.removeText}
          act={w.remove}
          danger
          onClose={() => setRemoving(null)}
          onConfirm={async () => {
            await call('DELETE', `/api/attendance/holidays/${removing.id}`);
            done();
          }}
        />
      )}
    </Card>
  );
}

function Versions({ departments }: Places) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { call } = useOfficer();
  const { account } = useConsole();
  const all = useLoaded(useCallback(() => rules(call), [call]));
  const [adding, setAdding] = useState(false);
  const [saved, setSaved] = useState(false);
  const hours = (minutes: number) => (minutes / 60).toLocaleString(locale, { maximumFractionDigits: 2 });
  return (
    <Card title={w.rules.rules}>
      <Text c="dimmed">{w.rules.rulesLead}</Text>
      <Text role="status" className={saved ? (classes.hint ?? '') : 'visually-hidden'}>
        {saved ? w.rules.saved : ''}
      </Text>
      <Show loaded={all}>
        {(known) => (
          <>
            <DataTable
              label={w.rules.rules}
              rows={[...known].reverse()}
              id={(one) => String(one.number)}
              columns={[
                {
                  head: w.rules.rules,
                  names: true,
                  cell: (one) => (
                    <>
                      {w.rules.version(String(one.number))}
                      <span className={classes.second}>{one.number === 0 ? w.shifts.default : `${w.from} ${sayDay(one.from, locale, 'year')}`}</span>
                    </>
                  ),
                },
                { head: w.rules.where, cell: (one) => (one.department == null ? w.everywhere : nameOf(departments, one.department)) },
                {
                  head: w.rules.threshold,
                  cell: (one) => (
                    <>
                      {one.daily_threshold != null && <span className={own.line}>{w.rules.daily(hours(one.daily_threshold))}</span>}
                      {one.weekly_threshold != null && <span className={own.line}>{w.rules.weekly(hours(one.weekly_threshold))}</span>}
                      {one.daily_threshold == null && one.weekly_threshold == null && w.none}
                    </>
                  ),
                },
                {
                  head: w.rules.overtime,
                  cell: (one) => (
                    <>
                      <span className={own.line}>{w.rules.overtimeText(String(one.overtime_percent))}</span>
                      {one.higher_after != null && (
                        <span className={own.line}>{w.rules.higherText(String(one.higher_percent), hours(one.higher_after))}</span>
                      )}
                    </>
                  ),
                },
                { head: w.rules.rest, cell: (one) => w.rules.overtimeText(String(one.rest_day_percent)) },
                {
                  head: w.rules.night,
                  cell: (one) => w.rules.nightText(String(one.night_percent), one.night_start.slice(0, 5), one.night_end.slice(0, 5)),
                },
                { head: w.rules.approval, cell: (one) => (one.approval ? w.rules.needed : w.rules.notNeeded) },
              ]}
            />
            {isAdmin(account) && (
              <Button size="md" variant="default" leftSection={<IconPlus />} onClick={() => setAdding(true)}>
                {w.rules.addVersion}
              </Button>
            )}
            {adding && (
              <NewVersion
                departments={departments}
                before={known.at(-1)}
                onClose={() => setAdding(false)}
                onDone={() => {
                  setAdding(false);
                  setSaved(true);
                  all.reload();
                }}
              />
            )}
          </>
        )}
      </Show>
    </Card>
  );
}

interface NewVersionProps extends Places {
  readonly before: Rules | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function NewVersion({ departments, before, onClose, onDone }: NewVersionProps) {
  const w = useTimeWords();
  const { call } = useOfficer();
  const inHours = (minutes: number | null | undefined) => (minutes == null ? '' : minutes / 60);
  const [from, setFrom] = useState(() => dayOf(new Date()));
  const [where, setWhere] = useState('');
  const [daily, setDaily] = useState<number | string>(inHours(before?.daily_threshold));
  const [weekly, setWeekly] = useState<number | string>(inHours(before?.weekly_threshold));
  const [overtime, setOvertime] = useState<number | string>(before?.overtime_percent ?? 50);
  const [higherAfter, setHigherAfter] = useState<number | string>(inHours(before?.higher_after));
  const [higher, setHigher] = useState<number | string>(before?.higher_percent ?? 100);
  const [rest, setRest] = useState<number | string>(before?.rest_day_percent ?? 100);
  const [nightStart, setNightStart] = useState(before?.night_start.slice(0, 5) ?? '22:00');
  const [nightEnd, setNightEnd] = useState(before?.night_end.slice(0, 5) ?? '05:00');
  const [night, setNight] = useState<number | string>(before?.night_percent ?? 20);
  const [early, setEarly] = useState(before?.count_early ?? false);
  const [approval, setApproval] = useState(before?.approval ?? false);
  const minutes = (value: number | string) => (typeof value === 'number' ? Math.round(value * 60) : null);
  const percents = [overtime, higher, rest, night];
  const number = (label: string, value: number | string, set: (value: number | string) => void, max: number, description?: string) => (
    <NumberInput size="md" label={label} min={0} max={max} allowNegative={false} hideControls value={value} onChange={set} {...(description === undefined ? {} : { description })} />
  );
  return (
    <Confirm
      title={w.rules.addVersion}
      text={w.rules.rulesLead}
      act={w.rules.addVersion}
      ready={from !== '' && nightStart !== '' && nightEnd !== '' && percents.every((value) => Number.isInteger(value))}
      onClose={onClose}
      onConfirm={async () => {
        await call('POST', '/api/attendance/rules', {
          json: {
            from,
            department: where === '' ? null : where,
            count_early: early,
            daily_threshold: minutes(daily),
            weekly_threshold: minutes(weekly),
            overtime_percent: overtime,
            higher_after: minutes(higherAfter),
            higher_percent: higher,
            rest_day_percent: rest,
            night_start: nightStart,
            night_end: nightEnd,
            night_percent: night,
            approval,
          },
        });
        onDone();
      }}
    >
      <Stack gap="md" mb="lg">
        <DayInput label={w.from} value={from} onChange={setFrom} />
        <Department departments={departments} value={where} onChange={setWhere} />
        <div className={own.pair}>
          {number(w.rules.dailyHours, daily, setDaily, 24, w.rules.emptyIsNone)}
          {number(w.rules.weeklyHours, weekly, setWeekly, 168, w.rules.emptyIsNone)}
          {number(w.rules.overtimePercent, overtime, setOvertime, 1000)}
          {number(w.rules.higherAfter, higherAfter, setHigherAfter, 24)}
          {number(w.rules.higherPercent, higher, setHigher, 1000)}
          {number(w.rules.restPercent, rest, setRest, 1000)}
          <TextInput size="md" type="time" required label={w.rules.nightStart} value={nightStart} onChange={(event) => setNightStart(event.currentTarget.value)} />
          <TextInput size="md" type="time" required label={w.rules.nightEnd} value={nightEnd} onChange={(event) => setNightEnd(event.currentTarget.value)} />
          {number(w.rules.nightPercent, night, setNight, 1000)}
        </div>
        <Switch size="md" label={w.rules.countEarly} checked={early} onChange={(event) => setEarly(event.currentTarget.checked)} />
        <Switch size="md" label={w.rules.approvalSwitch} checked={approval} onChange={(event) => setApproval(event.currentTarget.checked)} />
      </Stack>
    </Confirm>
  );
}

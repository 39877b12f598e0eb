import { ActionIcon, Alert, Button, Checkbox, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconBack, IconCheck, IconPlus } from '../../app/icons.tsx';
import type { Day, Leave, Punch } from '../../attendance/api.ts';
import { MonthStepper } from '../../attendance/MonthStepper.tsx';
import { SheetTable, Totals } from '../../attendance/SheetTable.tsx';
import { clock, dayOf, hours, monthOf, sayDay } from '../../attendance/time.ts';
import { useAttendanceWords } from '../../attendance/words.ts';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { Picture } from '../../presence/Picture.tsx';
import { lookUp } from '../../words/advice.ts';
import { useWords } from '../../words/words.tsx';
import classes from '../console.module.css';
import { Badge, Card, Confirm, DataTable, Head, Show, useMoment } from '../parts.tsx';
import { useConsole } from '../useConsole.ts';
import { assignments, closings, leavesOf, pictureOf, rosters, sheetOf, type Closing } from './api.ts';
import { DayInput } from './fields.tsx';
import { momentOf } from './moment.ts';
import { RosterMonth } from './RosterMonth.tsx';
import own from './time.module.css';
import { mayManage } from './views.ts';
import { useTimeWords } from './words.ts';

type Asking =
  | { readonly what: 'see'; readonly punch: Punch }
  | { readonly what: 'add'; readonly day: Day }
  | { readonly what: 'void'; readonly punch: Punch }
  | { readonly what: 'overtime'; readonly day: Day }
  | { readonly what: 'close' };

/** A person's month: to look at, to put right, and to approve. */
export function PersonSheet({ person, day }: { person: string; day: string }) {
  const { locale } = useWords();
  const w = useTimeWords();
  const times = useAttendanceWords();
  const { call } = useOfficer();
  const { account, go } = useConsole();
  const { from, to } = monthOf(day);
  const sheet = useLoaded(useCallback(() => sheetOf(call, person, from, to), [call, person, from, to]));
  const closed = useLoaded(useCallback(() => closings(call, person), [call, person]));
  const [asking, setAsking] = useState<Asking | null>(null);
  const [done, setDone] = useState(false);
  const own_ = account.id === person;
  const may = mayManage(account) && !own_;
  const close = () => setAsking(null);
  const recorded = () => {
    close();
    setDone(true);
    sheet.reload();
    closed.reload();
  };
  return (
    <>
      <Button variant="subtle" color="gray" px="sm" leftSection={<IconBack />} onClick={() => go('attendance', { view: 'timesheets', day })}>
        {w.sheets.back}
      </Button>
      <Show loaded={sheet}>
        {(known) => (
          <>
            <Head title={known.person.display_name} lead={known.person.username}>
              <div className={own.step}>
                <MonthStepper day={day} onDay={(moved) => go('attendance', { view: 'timesheets', person, day: moved }, true)} />
              </div>
            </Head>
            {own_ && <Text className={classes.hint}>{w.sheets.ownTime}</Text>}
            <div role="status">
              {done && (
                <Alert color="petrol" radius="lg" icon={<IconCheck />}>
                  {w.sheets.done}
                </Alert>
              )}
            </div>
            <Totals total={known.total} />
            <div className={`card ${classes.tableCard}`}>
              <SheetTable
                sheet={known}
                onPicture={(punch: Punch) => setAsking({ what: 'see', punch })}
                {...(may
                  ? {
                      onPunch: (punch: Punch) => setAsking({ what: 'void', punch }),
                      punchLabel: (punch: Punch) =>
                        w.sheets.voidPunch(lookUp(times.direction, punch.direction) ?? punch.direction, clock(punch.at)),
                      act: {
                        head: w.sheets.actions,
                        cell: (one: Day) => (
                          <span className={own.acts}>
                            {one.day <= dayOf(new Date()) && (
                              <ActionIcon
                                size={32}
                                variant="default"
                                title={w.sheets.addPunch}
                                aria-label={w.sheets.addPunchTo(sayDay(one.day, locale))}
                                onClick={() => setAsking({ what: 'add', day: one })}
                              >
                                <IconPlus size={18} />
                              </ActionIcon>
                            )}
                            {one.hours.unapproved > 0 && (
                              <Button
                                size="compact-sm"
                                variant="light"
                                aria-label={w.sheets.overtimeOf(sayDay(one.day, locale))}
                                onClick={() => setAsking({ what: 'overtime', day: one })}
                              >
                                {w.sheets.overtime}
                              </Button>
                            )}
                          </span>
                        ),
                      },
                    }
                  : {})}
              />
            </div>
          </>
        )}
      </Show>
      <Card title={w.sheets.approvals}>
        <Show loaded={closed}>{(all) => <Closings all={all} />}</Show>
        {may && (
          <Button size="md" onClick={() => setAsking({ what: 'close' })}>
            {w.sheets.approve}
          </Button>
        )}
      </Card>
      {sheet.value !== null && <RosterMonth days={sheet.value.days} />}
      {mayManage(account) && <Leaves person={person} may={may} onChanged={sheet.reload} />}
      {mayManage(account) && <Given person={person} />}
      {asking?.what === 'see' && sheet.value !== null && (
        <Capture who={sheet.value.person.display_name} punch={asking.punch} onClose={close} />
      )}
      {asking?.what === 'add' && <AddPunch person={person} day={asking.day} onClose={close} onDone={recorded} />}
      {asking?.what === 'void' && <VoidPunch punch={asking.punch} onClose={close} onDone={recorded} />}
      {asking?.what === 'overtime' && <Overtime person={person} day={asking.day} onClose={close} onDone={recorded} />}
      {asking?.what === 'close' && (
        <Confirm
          title={w.sheets.approveTitle(sayDay(day, locale, 'month'))}
          text={w.sheets.approveText}
          act={w.sheets.approve}
          onClose={close}
          onConfirm={async () => {
            await call('POST', '/api/attendance/closings', { json: { person, from, to } });
            recorded();
          }}
        />
      )}
    </>
  );
}

/** The picture that was kept with a punch. */
export function Capture({ who, punch, onClose }: { who: string; punch: Punch; onClose: () => void }) {
  const { call } = useOfficer();
  const load = useCallback(() => pictureOf(call, punch.event_id), [call, punch.event_id]);
  return <Picture who={who} at={punch.at} load={load} onClose={onClose} />;
}

interface AskProps {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function AddPunch({ person, day, onClose, onDone }: AskProps & { person: string; day: Day }) {
  const { locale } = useWords();
  const w = useTimeWords();
  const times = useAttendanceWords();
  const { call } = useOfficer();
  const missingOut = day.remarks.includes('MISSING_OUT');
  const shift = missingOut ? day.shifts.at(-1)?.end : day.shifts[0]?.start;
  const [time, setTime] = useState(shift === undefined ? '09:00' : clock(shift));
  const [next, setNext] = useState(shift !== undefined && shift.slice(0, 10) > day.day);
  const [direction, setDirection] = useState(missingOut ? 'OUT' : 'IN');
  const [reason, setReason] = useState('');
  return (
    <Confirm
      title={w.sheets.addTitle(sayDay(day.day, locale))}
      text={w.sheets.addText}
      act={w.sheets.addPunch}
      ready={time !== '' && reason.trim() !== ''}
      onClose={onClose}
      onConfirm={async () => {
        const at = momentOf(day, time, next);
        await call('POST', '/api/attendance/corrections', { json: { person, at, direction, reason: reason.trim() } });
        onDone();
      }}
    >
      <Stack gap="md" mb="lg">
        <TextInput size="md" type="time" required label={w.sheets.time} value={time} onChange={(event) => setTime(event.currentTarget.value)} />
        <Checkbox size="md" label={w.sheets.nextDay} checked={next} onChange={(event) => setNext(event.currentTarget.checked)} />
        <NativeSelect
          size="md"
          label={w.sheets.direction}
          value={direction}
          onChange={(event) => setDirection(event.currentTarget.value)}
          data={Object.entries(times.direction).map(([value, label]) => ({ value, label }))}
        />
        <Reason value={reason} onChange={setReason} />
      </Stack>
    </Confirm>
  );
}

function VoidPunch({ punch, onClose, onDone }: AskProps & { punch: Punch }) {
  const w = useTimeWords();
  const { call } = useOfficer();
  const [reason, setReason] = useState('');
  return (
    <Confirm
      title={w.sheets.voidTitle(clock(punch.at))}
      text={w.sheets.voidText}
      act={w.sheets.voidAct}
      danger
      ready={reason.trim() !== ''}
      onClose={onClose}
      onConfirm={async () => {
        await call('POST', `/api/attendance/punches/${punch.event_id}/void`, { json: { reason: reason.trim() } });
        onDone();
      }}
    >
      <Stack gap="md" mb="lg">
        <Reason value={reason} onChange={setReason} />
      </Stack>
    </Confirm>
  );
}

function Overtime({ person, day, onClose, onDone }: AskProps & { person: string; day: Day }) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { call } = useOfficer();
  const [minutes, setMinutes] = useState<number | string>(Math.ceil(day.hours.unapproved / 60));
  return (
    <Confirm
      title={w.sheets.overtimeTitle(sayDay(day.day, locale))}
      text={w.sheets.overtimeText(hours(day.hours.unapproved))}
      act={w.sheets.overtime}
      ready={typeof minutes === 'number'}
      onClose={onClose}
      onConfirm={async () => {
        await call('POST', '/api/attendance/overtime-approvals', { json: { person, day: day.day, minutes } });
        onDone();
      }}
    >
      <NumberInput
        size="md"
        mb="lg"
        label={w.sheets.minutes}
        min={0}
        max={1440}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={minutes}
        onChange={setMinutes}
      />
    </Confirm>
  );
}

function Reason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const w = useTimeWords();
  return (
    <TextInput
      size="md"
      required
      maxLength={500}
      label={w.sheets.reason}
      description={w.sheets.reasonHint}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Closings({ all }: { all: readonly Closing[] }) {
  const { locale } = useWords();
  const w = useTimeWords();
  const moment = useMoment();
  return all.length === 0 ? (
    <Text c="dimmed">{w.sheets.noApprovals}</Text>
  ) : (
    <ul className={own.list}>
      {[...all].reverse().map((one) => (
        <li key={one.id}>
          <div className={classes.row}>
            <strong>
              {sayDay(one.from, locale)} – {sayDay(one.to, locale)}
            </strong>
            <Badge tone={one.differences.length === 0 ? 'good' : 'bad'}>
              {one.differences.length === 0 ? w.sheets.same : w.sheets.changed(one.differences.length)}
            </Badge>
            <Text c="dimmed">{w.sheets.approvedAt(moment(one.approved_at))}</Text>
          </div>
          {one.differences.length > 0 && (
            <details className={classes.details}>
              <summary>{w.sheets.differences}</summary>
              <DataTable
                label={w.sheets.differences}
                rows={one.differences}
                id={(each) => each.day + each.what}
                columns={[
                  { head: w.day, names: true, cell: (each) => sayDay(each.day, locale) },
                  { head: w.exceptions.remark, cell: (each) => lookUp(w.sheets.what, each.what) ?? each.what },
                  { head: w.sheets.before, cell: (each) => each.before || '–' },
                  { head: w.sheets.after, cell: (each) => each.after || '–' },
                ]}
              />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function Leaves({ person, may, onChanged }: { person: string; may: boolean; onChanged: () => void }) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { call } = useOfficer();
  const all = useLoaded(useCallback(() => leavesOf(call, person), [call, person]));
  const [granting, setGranting] = useState(false);
  const [cancelling, setCancelling] = useState<Leave | null>(null);
  const [from, setFrom] = useState(() => dayOf(new Date()));
  const [to, setTo] = useState(() => dayOf(new Date()));
  const [kind, setKind] = useState('');
  const changed = () => {
    setGranting(false);
    setCancelling(null);
    setKind('');
    all.reload();
    onChanged();
  };
  return (
    <Card title={w.sheets.leave}>
      <Show loaded={all}>
        {(known) =>
          known.length === 0 ? (
            <Text c="dimmed">{w.sheets.noLeave}</Text>
          ) : (
            <ul className={own.list}>
              {known.map((one) => (
                <li key={one.id} className={classes.row}>
                  <strong>{one.kind}</strong>
                  <span>
                    {sayDay(one.from, locale, 'year')} – {sayDay(one.to, locale, 'year')}
                  </span>
                  {one.cancelled_at != null ? (
                    <Badge tone="off">{w.sheets.cancelled}</Badge>
                  ) : (
                    <Badge tone="good">{w.sheets.granted}</Badge>
                  )}
                  {may && one.cancelled_at == null && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={w.sheets.cancelNamed(one.kind, sayDay(one.from, locale, 'year'))}
                      onClick={() => setCancelling(one)}
                    >
                      {w.sheets.cancel}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Show>
      {may && (
        <Button size="md" variant="default" onClick={() => setGranting(true)}>
          {w.sheets.grant}
        </Button>
      )}
      {granting && (
        <Confirm
          title={w.sheets.grant}
          text={w.sheets.kindHint}
          act={w.sheets.grant}
          ready={kind.trim() !== '' && from !== '' && from <= to}
          onClose={() => setGranting(false)}
          onConfirm={async () => {
            await call('POST', '/api/attendance/leaves', { json: { person, from, to, kind: kind.trim() } });
            changed();
          }}
        >
          <Stack gap="md" mb="lg">
            <TextInput size="md" required maxLength={100} label={w.sheets.kind} value={kind} onChange={(event) => setKind(event.currentTarget.value)} />
            <DayInput label={w.from} value={from} onChange={setFrom} />
            <DayInput label={w.to} value={to} min={from} onChange={setTo} />
          </Stack>
        </Confirm>
      )}
      {cancelling !== null && (
        <Confirm
          title={w.sheets.cancelTitle(cancelling.kind)}
          text={w.sheets.cancelText}
          act={w.sheets.cancel}
          danger
          onClose={() => setCancelling(null)}
          onConfirm={async () => {
            await call('DELETE', `/api/attendance/leaves/${cancelling.id}?person=${person}`);
            changed();
          }}
        />
      )}
    </Card>
  );
}

/** The rosters that a person was given. */
function Given({ person }: { person: string }) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { call } = useOfficer();
  const all = useLoaded(
    useCallback(async () => ({ given: await assignments(call, person), known: await rosters(call) }), [call, person]),
  );
  return (
    <Card title={w.sheets.rosters}>
      <Show loaded={all}>
        {({ given, known }) =>
          given.length === 0 ? (
            <Text c="dimmed">{w.sheets.noRoster}</Text>
          ) : (
            <ul className={own.list}>
              {given.map((one) => (
                <li key={one.id} className={classes.row}>
                  <strong>
                    {one.roster == null ? w.plan.noRoster : (known.find((each) => each.id === one.roster)?.name ?? one.roster.slice(0, 8))}
                  </strong>
                  <Text c="dimmed">
                    {w.sheets.since} {sayDay(one.from, locale, 'year')}
                  </Text>
                </li>
              ))}
            </ul>
          )
        }
      </Show>
    </Card>
  );
}

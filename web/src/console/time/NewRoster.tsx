import { ActionIcon, NativeSelect, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { IconPlus } from '../../app/icons.tsx';
import { dayOf, plusDays, weekOf } from '../../attendance/time.ts';
import { shiftName, useAttendanceWords } from '../../attendance/words.ts';
import { useOfficer } from '../../enrol/officer.tsx';
import { useWords } from '../../words/words.tsx';
import { Confirm } from '../parts.tsx';
import type { Shift } from './api.ts';
import { begun, MOST_SHIFTS, placed, resized, type Pattern } from './cycle.ts';
import { DayInput } from './fields.tsx';
import { Cycle } from './Shifts.tsx';
import own from './time.module.css';
import { useTimeWords } from './words.ts';

const LONGEST = 56;
const WEEKLY: ReadonlySet<Pattern> = new Set(['week', 'split']);

interface NewRosterProps {
  /** The default one is first. */
  readonly shifts: readonly Shift[];
  readonly onClose: () => void;
  readonly onDone: (name: string) => void;
}

/** Builds a cycle of days, each with no, one or several shifts. */
export function NewRoster({ shifts, onClose, onDone }: NewRosterProps) {
  const { locale } = useWords();
  const w = useTimeWords();
  const times = useAttendanceWords();
  const { call } = useOfficer();
  const first = shifts[0]?.id ?? '';
  const [name, setName] = useState('');
  const [pattern, setPattern] = useState<Pattern>('week');
  const [anchor, setAnchor] = useState(() => weekOf(dayOf(new Date())).from);
  const [zone, setZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [days, setDays] = useState<readonly (readonly string[])[]>(() => begun('week', first));
  const [holidays, setHolidays] = useState(true);
  const weekly = WEEKLY.has(pattern) && days.length === 7;
  // A week's days have names; those of another cycle have numbers.
  const dayName = (index: number) =>
    weekly
      ? new Date(`${plusDays('2026-01-05', index)}T00:00:00Z`).toLocaleDateString(locale, { weekday: 'long', timeZone: 'UTC' })
      : w.shifts.dayNumber(index + 1);
  const begin = (chosen: Pattern) => {
    setPattern(chosen);
    const other = shifts[1]?.id ?? first;
    setDays(begun(chosen, chosen === 'twelve' ? other : first, other));
    setHolidays(chosen !== 'twelve');
    setAnchor(WEEKLY.has(chosen) ? weekOf(dayOf(new Date())).from : dayOf(new Date()));
  };
  return (
    <Confirm
      title={w.shifts.addRoster}
      text={w.shifts.rostersLead}
      act={w.shifts.addRoster}
      ready={name.trim() !== '' && zone.trim() !== '' && anchor !== ''}
      onClose={onClose}
      onConfirm={async () => {
        await call('POST', '/api/attendance/rosters', {
          json: { name: name.trim(), zone: zone.trim(), anchor, days, observes_holidays: holidays },
        });
        onDone(name.trim());
      }}
    >
      <Stack gap="md" mb="lg">
        <TextInput size="md" required maxLength={100} label={w.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NativeSelect
          size="md"
          label={w.shifts.pattern}
          value={pattern}
          onChange={(event) => begin(event.currentTarget.value as Pattern)}
          data={Object.entries(w.shifts.patterns).map(([value, label]) => ({ value, label }))}
        />
        {!weekly && (
          <>
            <DayInput label={w.shifts.anchor} value={anchor} onChange={setAnchor} />
            <NumberInput
              size="md"
              label={w.shifts.length}
              min={1}
              max={LONGEST}
              clampBehavior="strict"
              allowDecimal={false}
              allowNegative={false}
              value={days.length}
              onChange={(value) => typeof value === 'number' && setDays(resized(days, value))}
            />
          </>
        )}
        <fieldset className={own.days}>
          <legend>{w.shifts.cycle}</legend>
          {days.map((day, index) => (
            <div key={index} className={own.dayShifts}>
              {(day.length === 0 ? [''] : day).map((shift, place) => (
                <NativeSelect
                  key={place}
                  size="sm"
                  label={place === 0 ? dayName(index) : w.shifts.nth(dayName(index), place + 1)}
                  value={shift}
                  onChange={(event) => setDays(placed(days, index, place, event.currentTarget.value))}
                  data={[{ value: '', label: w.shifts.rest }, ...shifts.map((one) => ({ value: one.id, label: shiftName(one.name, times) }))]}
                />
              ))}
              {day.length > 0 && day.length < MOST_SHIFTS && (
                <ActionIcon
                  size={32}
                  variant="default"
                  title={w.shifts.another(dayName(index))}
                  aria-label={w.shifts.another(dayName(index))}
                  onClick={() => setDays(placed(days, index, day.length, first))}
                >
                  <IconPlus size={18} />
                </ActionIcon>
              )}
            </div>
          ))}
        </fieldset>
        <Text size="sm" c="dimmed">
          {w.shifts.splitHint}
        </Text>
        <Cycle roster={{ days }} shifts={shifts} />
        <TextInput size="md" required label={w.shifts.zone} value={zone} onChange={(event) => setZone(event.currentTarget.value)} />
        <Switch size="md" label={w.shifts.holidays} checked={holidays} onChange={(event) => setHolidays(event.currentTarget.checked)} />
      </Stack>
    </Confirm>
  );
}

import { NativeSelect, TextInput } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import type { Policy } from '../api.ts';
import { useConsole } from '../useConsole.ts';
import { sites, type Where } from './api.ts';
import { useTimeWords } from './words.ts';

/** The departments that one may see. */
export interface Places {
  readonly departments: readonly Policy[];
}

interface DepartmentProps extends Places {
  readonly value: string;
  readonly onChange: (code: string) => void;
}

/** Nothing to choose where there is one department only. */
export function Department({ departments, value, onChange }: DepartmentProps) {
  const w = useTimeWords();
  return departments.length < 2 ? null : (
    <NativeSelect
      size="md"
      label={w.department}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: w.allDepartments }, ...departments.map((one) => ({ value: one.code, label: one.name }))]}
    />
  );
}

/** Where one looks, as the address says it. */
export function useWhere(): Where {
  const { query } = useConsole();
  const department = query.get('department') ?? '';
  const site = query.get('site') ?? '';
  return useMemo(() => ({ department, site }), [department, site]);
}

/** The same in an address. */
export function inAddress({ department, site }: Where): Readonly<Record<string, string>> {
  return { ...(department === '' ? {} : { department }), ...(site === '' ? {} : { site }) };
}

interface WhereFieldsProps extends Places {
  readonly value: Where;
  readonly onChange: (where: Where) => void;
}

/** Department and site; neither where there is one only. */
export function WhereFields({ departments, value, onChange }: WhereFieldsProps) {
  const w = useTimeWords();
  const { call } = useOfficer();
  const known = useLoaded(useCallback(() => sites(call), [call]));
  const names = known.value ?? [];
  return (
    <>
      <Department departments={departments} value={value.department} onChange={(department) => onChange({ ...value, department })} />
      {(names.length > 1 || value.site !== '') && (
        <NativeSelect
          size="md"
          label={w.site}
          value={value.site}
          onChange={(event) => onChange({ ...value, site: event.currentTarget.value })}
          data={[
            { value: '', label: w.allSites },
            ...(names.includes(value.site) || value.site === '' ? names : [value.site, ...names]).map((one) => ({ value: one, label: one })),
          ]}
        />
      )}
    </>
  );
}

interface DayInputProps {
  readonly label: string;
  readonly value: string;
  readonly min?: string;
  readonly onChange: (day: string) => void;
}

export function DayInput({ label, value, min, onChange }: DayInputProps) {
  return (
    <TextInput
      size="md"
      type="date"
      label={label}
      required
      value={value}
      {...(min === undefined ? {} : { min })}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function nameOf(departments: Places['departments'], code: string): string {
  return departments.find((one) => one.code === code)?.name ?? code;
}

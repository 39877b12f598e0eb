import { NativeSelect, TextInput } from '@mantine/core';
import type { Policy } from '../api.ts';
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

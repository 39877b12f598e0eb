import type { Leave, Person, Punch, Sheet } from '../../attendance/api.ts';
import type { Call } from '../../enrol/officer.tsx';

export interface BoardRow {
  readonly person: Person;
  readonly present: boolean;
  readonly last?: Punch | null;
  readonly remarks: readonly string[];
}

export interface Board {
  readonly at: string;
  readonly present: number;
  readonly items: readonly BoardRow[];
}

export interface ExceptionRow {
  readonly person: Person;
  readonly day: string;
  readonly remarks: readonly string[];
}

export interface Difference {
  readonly day: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export interface Closing {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly approved_at: string;
  readonly differences: readonly Difference[];
}

/** Lengths in minutes. */
export interface Shift {
  readonly id: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly early_window: number;
  readonly late_window: number;
  readonly late_grace: number;
  readonly early_leave_grace: number;
  readonly unpaid_breaks: readonly { readonly start: string; readonly end: string }[];
  readonly rounding: number;
  readonly on_call: boolean;
}

export interface Roster {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly anchor: string;
  /** The identifiers of the shifts of each day of the cycle. */
  readonly days: readonly (readonly string[])[];
  readonly observes_holidays: boolean;
}

export interface Assignment {
  readonly id: string;
  readonly person: string;
  readonly roster?: string | null;
  readonly from: string;
}

export interface Holiday {
  readonly id: string;
  readonly day: string;
  readonly name: string;
  readonly department?: string | null;
}

/** Thresholds in minutes. */
export interface Rules {
  readonly number: number;
  readonly from: string;
  readonly department?: string | null;
  readonly count_early: boolean;
  readonly daily_threshold?: number | null;
  readonly weekly_threshold?: number | null;
  readonly overtime_percent: number;
  readonly higher_after?: number | null;
  readonly higher_percent: number;
  readonly rest_day_percent: number;
  readonly night_start: string;
  readonly night_end: string;
  readonly night_percent: number;
  readonly approval: boolean;
}

export interface Kiosk {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly zone: string;
  readonly departments: readonly string[];
  readonly registered_at: string;
  readonly removed_at?: string | null;
  /** On whose clock punches without a roster are measured, where that is not the kiosk's. */
  readonly counts_in?: string | null;
  readonly credential?: string | null;
}

const BASE = '/api/attendance';

function query(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString();
}

/** Of whom something is asked; an empty word limits nothing. */
export interface Where {
  readonly department: string;
  readonly site: string;
}

export const sites = async (call: Call) => (await call<{ items: readonly string[] }>('GET', `${BASE}/places`)).items;
export const board = (call: Call, { department, site }: Where) => call<Board>('GET', `${BASE}/board?${query({ department, site })}`);
export const exceptions = async (call: Call, { department, site }: Where, from: string, to: string) =>
  (await call<{ items: readonly ExceptionRow[] }>('GET', `${BASE}/exceptions?${query({ department, site, from, to })}`)).items;
export const sheets = async (call: Call, { department, site }: Where, from: string, to: string) =>
  (await call<{ items: readonly Sheet[] }>('GET', `${BASE}/timesheets?${query({ department, site, from, to })}`)).items;
export const sheetOf = async (call: Call, person: string, from: string, to: string) => {
  const [sheet] = (await call<{ items: readonly Sheet[] }>('GET', `${BASE}/timesheets?${query({ person, from, to })}`)).items;
  if (sheet === undefined) {
    throw new Error('no timesheet');
  }
  return sheet;
};
export const closings = (call: Call, person: string) => call<readonly Closing[]>('GET', `${BASE}/closings?${query({ person })}`);
export const shifts = (call: Call) => call<readonly Shift[]>('GET', `${BASE}/shifts`);
export const rosters = (call: Call) => call<readonly Roster[]>('GET', `${BASE}/rosters`);
export const assignments = (call: Call, person: string) =>
  call<readonly Assignment[]>('GET', `${BASE}/assignments?${query({ person })}`);
export const leavesOf = (call: Call, person: string) => call<readonly Leave[]>('GET', `${BASE}/leaves?${query({ person })}`);
export const holidays = (call: Call, from: string, to: string) =>
  call<readonly Holiday[]>('GET', `${BASE}/holidays?${query({ from, to })}`);
export const rules = (call: Call) => call<readonly Rules[]>('GET', `${BASE}/rules`);
export const kiosks = (call: Call) => call<readonly Kiosk[]>('GET', '/api/kiosks');
/** For a program, for a spreadsheet, for paper. */
export type ReportKind = 'csv' | 'xlsx' | 'pdf';

export const report = (call: Call, kind: ReportKind, { department, site }: Where, from: string, to: string, lang: string) =>
  call<Blob>('GET', `${BASE}/reports/timesheets.${kind}?${query({ department, site, from, to, lang: kind === 'pdf' ? lang : '' })}`, { file: true });
export const pictureOf = (call: Call, event: string) =>
  call<Blob>('GET', `${BASE}/punches/${encodeURIComponent(event)}/picture`, { file: true });

/** What the server tells of time worked; lengths are in seconds, times on the clock of the roster. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly department: string;
}

export interface Punch {
  readonly event_id: string;
  readonly nsr?: number | null;
  readonly at: string;
  readonly direction: string;
  readonly status: string;
  readonly method: string;
  readonly received_at: string;
  readonly reason?: string | null;
  /** Whether there is one that may be looked at. */
  readonly picture?: boolean;
}

export interface PlannedShift {
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

export interface Hours {
  readonly scheduled: number;
  readonly present: number;
  readonly uncounted: number;
  readonly worked: number;
  readonly regular: number;
  /** By the percentage paid on top. */
  readonly overtime: Readonly<Record<string, number>>;
  readonly unapproved: number;
  readonly night: number;
  readonly missing: number;
}

export interface Day {
  readonly day: string;
  readonly kind: string;
  readonly shifts: readonly PlannedShift[];
  readonly punches: readonly Punch[];
  readonly remarks: readonly string[];
  readonly hours: Hours;
}

export interface Sheet {
  readonly person: Person;
  readonly from: string;
  readonly to: string;
  readonly as_of: string;
  readonly days: readonly Day[];
  readonly total: Hours;
}

export interface Leave {
  readonly id: string;
  readonly person: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly cancelled_at?: string | null;
}

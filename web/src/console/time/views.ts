import { isAdmin, type Account } from '../sections.ts';

export const VIEWS = ['board', 'exceptions', 'timesheets', 'plan', 'shifts', 'rules', 'kiosks', 'reports'] as const;
export type View = (typeof VIEWS)[number];

/** Who else than an administrator may open a part. The server decides; this only spares people what it would refuse. */
const OPEN_TO: Readonly<Record<View, readonly string[]>> = {
  board: ['DEPARTMENT_MANAGER', 'AUDITOR'],
  exceptions: ['DEPARTMENT_MANAGER', 'AUDITOR'],
  timesheets: ['DEPARTMENT_MANAGER', 'AUDITOR'],
  plan: ['DEPARTMENT_MANAGER', 'AUDITOR'],
  shifts: ['DEPARTMENT_MANAGER'],
  rules: ['DEPARTMENT_MANAGER', 'AUDITOR'],
  kiosks: [],
  reports: ['DEPARTMENT_MANAGER', 'AUDITOR'],
};

export function viewsOf(account: Account): readonly View[] {
  return VIEWS.filter((view) => isAdmin(account) || OPEN_TO[view].some((role) => account.roles.includes(role)));
}

/** Corrects, approves, gives rosters and leave. Nobody does it to their own time. */
export function mayManage(account: Account): boolean {
  return isAdmin(account) || account.roles.includes('DEPARTMENT_MANAGER');
}

/** Who is signed in, as the server knows them now. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly department: string;
  readonly roles: readonly string[];
}

export const SECTIONS = ['start', 'people', 'departments', 'attendance', 'requests', 'security', 'audit', 'applications', 'keys', 'system'] as const;
export type Section = (typeof SECTIONS)[number];

/** Who else than an administrator may open a section. The server decides; this only spares people what it would refuse. */
const OPEN_TO: Readonly<Record<Section, readonly string[]>> = {
  start: ['ENROLMENT_OFFICER', 'DEPARTMENT_MANAGER', 'AUDITOR'],
  people: ['ENROLMENT_OFFICER', 'DEPARTMENT_MANAGER'],
  departments: ['ENROLMENT_OFFICER', 'DEPARTMENT_MANAGER', 'AUDITOR'],
  attendance: ['DEPARTMENT_MANAGER', 'AUDITOR'],
  requests: [],
  security: ['AUDITOR'],
  audit: ['AUDITOR'],
  applications: [],
  keys: [],
  system: ['ENROLMENT_OFFICER', 'DEPARTMENT_MANAGER', 'AUDITOR'],
};

export function isAdmin(account: Account): boolean {
  return account.roles.includes('ADMIN');
}

export function mayOpen(account: Account, section: Section): boolean {
  return isAdmin(account) || OPEN_TO[section].some((role) => account.roles.includes(role));
}

export function sectionsOf(account: Account): readonly Section[] {
  return SECTIONS.filter((section) => mayOpen(account, section));
}

/** Records legal bases, enrols and changes people. */
export function mayEnrol(account: Account): boolean {
  return isAdmin(account) || account.roles.includes('ENROLMENT_OFFICER');
}

/** What one may do to another person; what is false is refused by the server, too. */
export interface Rights {
  readonly name: boolean;
  readonly move: boolean;
  readonly roles: boolean;
  readonly activity: boolean;
  readonly password: boolean;
}

export function rightsOver(account: Account, person: { readonly id: string; readonly roles: readonly string[] }): Rights {
  const admin = isAdmin(account);
  const officer = mayEnrol(account);
  const own = account.id === person.id;
  const change = admin || (officer && !person.roles.includes('ADMIN'));
  return {
    name: change,
    move: admin,
    roles: admin && !own,
    activity: change && !own,
    password: admin || (officer && person.roles.every((role) => role === 'STAFF')),
  };
}

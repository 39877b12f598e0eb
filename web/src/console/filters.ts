/** What the people list is narrowed to; an empty text lets all pass. It stands in the page's address under the same names. */
export interface PeopleFilter {
  readonly query: string;
  readonly department: string;
  readonly active: string;
  readonly enrolled: string;
  readonly role: string;
}

export interface AuditFilter {
  readonly action: string;
  /** A user name or an identifier. */
  readonly person: string;
  /** As `<input type="datetime-local">` writes it, in the browser's time zone. */
  readonly from: string;
  readonly until: string;
}

const PEOPLE = ['query', 'department', 'active', 'enrolled', 'role'] as const;
const AUDIT = ['action', 'person', 'from', 'until'] as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function peopleFilter(address: URLSearchParams): PeopleFilter {
  return read(address, PEOPLE);
}

export function auditFilter(address: URLSearchParams): AuditFilter {
  return read(address, AUDIT);
}

/** The filter for the page's address: only what is set. */
export function written(filter: PeopleFilter | AuditFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

export function narrows(filter: PeopleFilter | AuditFilter): boolean {
  return Object.values(filter).some((value) => value !== '');
}

/** The query of `GET /api/subjects`. */
export function peopleQuery(filter: PeopleFilter, offset: number, limit: number): string {
  return new URLSearchParams({
    ...written({ ...filter, query: filter.query.trim() }),
    offset: String(offset),
    limit: String(limit),
  }).toString();
}

/** The query of `GET /api/audit`; `person` is the identifier, once it is known. */
export function auditQuery(filter: AuditFilter, person: string, before: string, limit: number): string {
  const from = instant(filter.from);
  const until = instant(filter.until);
  return new URLSearchParams({
    ...(filter.action === '' ? {} : { action: filter.action }),
    ...(person === '' ? {} : { person }),
    ...(from === null ? {} : { from }),
    ...(until === null ? {} : { until }),
    ...(before === '' ? {} : { before }),
    limit: String(limit),
  }).toString();
}

export function isIdentifier(text: string): boolean {
  return UUID.test(text.trim());
}

function instant(local: string): string | null {
  const time = local === '' ? Number.NaN : new Date(local).getTime();
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function read<K extends string>(address: URLSearchParams, names: readonly K[]): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, address.get(name) ?? ''])) as Record<K, string>;
}

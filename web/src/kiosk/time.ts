/** Offsets as Java writes zones that have no name; not every browser knows them. */
const OFFSET = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?$/;

/** Writes moments as a clock in that zone shows them; in the device's own zone where the browser knows no such zone. */
export function inZone(locale: string, options: Intl.DateTimeFormatOptions, zone: string): (moment: number) => string {
  const offset = OFFSET.exec(zone);
  if (offset !== null || zone === 'Z') {
    const [, sign, hours, minutes] = offset ?? [];
    const ahead = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return (moment) => format.format(moment + ahead);
  }
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  } catch {
    format = new Intl.DateTimeFormat(locale, options);
  }
  return (moment) => format.format(moment);
}

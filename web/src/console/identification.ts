/** A rate at which the models can decide, with whether it was shown by measurement. */
export interface OperatingPoint {
  readonly fmr: number;
  readonly demonstrated: boolean;
}

/** As the server compares: a rate written as 1e-4 in one place and computed in another is the same. */
const FORGIVEN = 1 + 1e-9;

/** The false positive identification rate of a search among n references: 1 − (1 − FMR)^n (ISO/IEC 19795-1). */
export function fpir(fmr: number, n: number): number {
  return -Math.expm1(n * Math.log1p(-fmr));
}

/** The most references among which a search at this rate keeps the bound. */
export function mostReferences(fmr: number, bound: number): number {
  return Math.floor(Math.log1p(-bound) / Math.log1p(-fmr) + 1e-6);
}

export interface Row extends OperatingPoint {
  readonly fpir: number;
  readonly keeps: boolean;
  readonly most: number;
  /** The least strict one that keeps the bound: the server uses it. */
  readonly used: boolean;
}

/** What each operating point means among n references, by falling FMR. */
export function weigh(points: readonly OperatingPoint[], n: number, bound: number): readonly Row[] {
  const searched = Math.max(1, n);
  const rows = [...points]
    .sort((one, other) => other.fmr - one.fmr)
    .map((point) => {
      const rate = fpir(point.fmr, searched);
      return { ...point, fpir: rate, keeps: rate <= bound * FORGIVEN, most: mostReferences(point.fmr, bound) };
    });
  const used = rows.find((row) => row.keeps);
  return rows.map((row) => ({ ...row, used: row === used }));
}

/** A rate in digits that can be read: 0.0001, not 1e-4. Three significant ones. */
export function decimal(rate: number, locale: string): string {
  return rate.toLocaleString(locale, { maximumSignificantDigits: 3, maximumFractionDigits: 12 });
}

/** The n of "1 in n" for a rate, to three significant digits. */
export function oneIn(rate: number, locale: string): string {
  return (1 / rate).toLocaleString(locale, { maximumSignificantDigits: 3 });
}

/** The choices for a rate: those offered, and the present one where it is none of them, by falling rate. */
export function withPresent(offered: readonly number[], present: number): readonly number[] {
  const same = (one: number) => Math.abs(one / present - 1) < 1e-9;
  return (offered.some(same) ? offered.map((one) => (same(one) ? present : one)) : [...offered, present]).sort(
    (one, other) => other - one,
  );
}

/** Both errors of one threshold. */
export interface Rate {
  readonly fmr: number;
  readonly fnmr: number;
  readonly demonstrated: boolean;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

interface Axis {
  readonly from: number;
  readonly to: number;
  /** Powers of ten. */
  readonly ticks: readonly number[];
}

/** Whole decades around the values. */
export function axis(values: readonly number[]): Axis {
  const from = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9) + 0);
  return { from, to, ticks: Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)) };
}

/** Where a rate stands on an axis, from 0 to 1. */
export function along({ from, to }: Axis, value: number): number {
  return (Math.log10(value) - from) / (to - from);
}

/** Both errors of a threshold that nobody is offered. */
export type Cost = Pick<Rate, 'fmr' | 'fnmr'>;

/** A DET plot (ISO/IEC 19795-1): FMR to the right, FNMR upwards, both logarithmic; the rates to choose from, and the curve they lie on. */
export function place(rates: readonly Rate[], curve: readonly Cost[], { width, height }: Box) {
  const usable = (cost: Cost) => cost.fmr > 0 && cost.fnmr > 0;
  const known = rates.filter(usable);
  const all = [...known, ...curve.filter(usable)];
  const x = axis(all.map((cost) => cost.fmr));
  const y = axis(all.map((cost) => cost.fnmr));
  const at = (cost: Cost) => ({ x: round(along(x, cost.fmr) * width), y: round((1 - along(y, cost.fnmr)) * height) });
  return { x, y, points: known.map((rate) => ({ rate, ...at(rate) })), curve: curve.filter(usable).map(at) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

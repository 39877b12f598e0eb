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

/** The points of a DET plot (ISO/IEC 19795-1): FMR to the right, FNMR upwards, both logarithmic. */
export function place(rates: readonly Rate[], { width, height }: Box) {
  const usable = rates.filter((rate) => rate.fmr > 0 && rate.fnmr > 0);
  const x = axis(usable.map((rate) => rate.fmr));
  const y = axis(usable.map((rate) => rate.fnmr));
  return {
    x,
    y,
    points: usable.map((rate) => ({ rate, x: round(along(x, rate.fmr) * width), y: round((1 - along(y, rate.fnmr)) * height) })),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

import { daysOf } from '../../attendance/time.ts';

/** As they are stacked, from below. */
export const CONCERNS = ['ATTACK', 'LOCKOUT', 'FAILURE', 'SENSITIVE'] as const;
export type Concern = (typeof CONCERNS)[number];

export interface Count {
  readonly day: string;
  readonly concern: Concern;
  readonly events: number;
}

interface Rect {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly concern: Concern;
}

const GAP = 0.25;

/** A stacked bar for each day from the first to the last, the highest as high as the drawing. */
export function bars(counts: readonly Count[], from: string, to: string, width: number, height: number): { rects: readonly Rect[]; highest: number } {
  const days = daysOf({ from, to });
  const of = (day: string, concern: Concern) => counts.find((one) => one.day === day && one.concern === concern)?.events ?? 0;
  const highest = Math.max(0, ...days.map((day) => CONCERNS.reduce((sum, concern) => sum + of(day, concern), 0)));
  const step = width / Math.max(1, days.length);
  const scale = height / Math.max(1, highest);
  const rects = days.flatMap((day, index) => {
    let base = height;
    return CONCERNS.flatMap((concern) => {
      const tall = of(day, concern) * scale;
      base -= tall;
      return tall === 0 ? [] : [{ key: day + concern, x: index * step, y: base, width: step * (1 - GAP), height: tall, concern }];
    });
  });
  return { rects, highest };
}

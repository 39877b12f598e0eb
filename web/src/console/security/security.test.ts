import { describe, expect, it } from 'vitest';
import { bars } from './bars.ts';
import { along, axis, place } from './det.ts';

describe('bars', () => {
  it('stack to the highest day and leave empty days empty', () => {
    const { rects, highest } = bars(
      [
        { day: '2026-11-01', concern: 'ATTACK', events: 1 },
        { day: '2026-11-01', concern: 'FAILURE', events: 3 },
        { day: '2026-11-03', concern: 'FAILURE', events: 2 },
      ],
      '2026-11-01',
      '2026-11-04',
      400,
      100,
    );
    expect(highest).toBe(4);
    expect(rects).toHaveLength(3);
    expect(rects[0]).toMatchObject({ x: 0, y: 75, height: 25, concern: 'ATTACK' });
    expect(rects[1]).toMatchObject({ x: 0, y: 0, height: 75, concern: 'FAILURE' });
    expect(rects[2]).toMatchObject({ x: 200, y: 50, height: 50 });
  });

  it('are none where nothing happened', () => {
    expect(bars([], '2026-11-01', '2026-11-02', 400, 100)).toEqual({ rects: [], highest: 0 });
  });
});

describe('DET plot', () => {
  it('has whole decades on its axes', () => {
    expect(axis([1e-6, 1e-2])).toMatchObject({ from: -6, to: -2 });
    expect(axis([0.0038, 0.125])).toMatchObject({ from: -3, to: 0 });
    expect(axis([1e-3]).ticks).toHaveLength(2);
  });

  it('puts a rate where its logarithm is', () => {
    const scale = axis([1e-6, 1e-2]);
    expect(along(scale, 1e-6)).toBeCloseTo(0);
    expect(along(scale, 1e-4)).toBeCloseTo(0.5);
    const { points } = place(
      [
        { fmr: 1e-2, fnmr: 0.01, demonstrated: true },
        { fmr: 1e-4, fnmr: 0.1, demonstrated: true },
        { fmr: 1e-6, fnmr: 0, demonstrated: false },
      ],
      [],
      { width: 200, height: 100 },
    );
    // A rate of nothing has no logarithm.
    expect(points).toHaveLength(2);
    expect(points[0]).toMatchObject({ x: 200, y: 100 });
    expect(points[1]).toMatchObject({ x: 0, y: 0 });
  });

  it('has room for the curve that the rates lie on', () => {
    const { points, curve } = place(
      [{ fmr: 1e-2, fnmr: 0.01, demonstrated: true }],
      [
        { fmr: 1e-1, fnmr: 0.001 },
        { fmr: 1e-2, fnmr: 0.01 },
        { fmr: 1e-3, fnmr: 0 },
      ],
      { width: 100, height: 100 },
    );
    expect(curve).toEqual([
      { x: 100, y: 100 },
      { x: 0, y: 0 },
    ]);
    expect(points[0]).toMatchObject({ x: 0, y: 0 });
  });
});

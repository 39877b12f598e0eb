/** The size at which movement is looked for: enough to notice a person, too small to know one. */
export const WIDTH = 32;
export const HEIGHT = 24;

/** A cell that changed by more than this, of 255, has changed: above the noise of a camera in a dim corridor. */
const CELL = 20;

/** A head at two metres covers about a thirtieth of the picture. */
const SHARE = 1 / 40;

/** The brightness of each cell, from RGBA of WIDTH × HEIGHT. */
export function brightness(rgba: Uint8ClampedArray): Uint8Array {
  const cells = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < cells.length; i++) {
    const at = 4 * i;
    cells[i] = ((rgba[at] ?? 0) * 3 + (rgba[at + 1] ?? 0) * 6 + (rgba[at + 2] ?? 0)) / 10;
  }
  return cells;
}

/** Whether something moved between two pictures. What lightens or darkens everything alike, such as exposure, is no movement. */
export function moved(before: Uint8Array, after: Uint8Array): boolean {
  if (before.length !== after.length || before.length === 0) {
    return false;
  }
  let sum = 0;
  for (let i = 0; i < after.length; i++) {
    sum += (after[i] ?? 0) - (before[i] ?? 0);
  }
  const everywhere = sum / after.length;
  let changed = 0;
  for (let i = 0; i < after.length; i++) {
    if (Math.abs((after[i] ?? 0) - (before[i] ?? 0) - everywhere) > CELL) {
      changed++;
    }
  }
  return changed >= after.length * SHARE;
}

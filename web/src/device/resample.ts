/** Pixels as the canvas gives them: R, G, B, alpha. Alpha is not looked at. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** In continuous pixel coordinates; may reach beyond the picture. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

// The fixed-point numbers of the server's Resampling, so that both see the same picture bit by bit.
const COLUMN_BITS = 15;
const ROW_BITS = 16;
const FRACTION_BITS = 7;
const DROPPED_BITS = COLUMN_BITS - FRACTION_BITS;
const TOTAL_BITS = ROW_BITS + FRACTION_BITS;

/**
 * The part of a picture under a region, as R, G, B bytes of `width` × `height`. Shrinking counts every pixel underneath, with triangle
 * weights; what lies outside is black. The twin of `Resampling.crop` in the server: a test compares them.
 */
export function crop(source: Pixels, region: Region, width: number, height: number): Uint8Array {
  const target = new Uint8Array(3 * width * height);
  const rows = axisWeights(region.y, region.height, height, source.height, COLUMN_BITS);
  const columns = axisWeights(region.x, region.width, width, source.width, ROW_BITS);
  const line = new Int32Array(3 * source.width);
  for (let y = 0; y < height; y++) {
    const taps = rows.taps[y] as number;
    if (taps === 0) {
      continue;
    }
    sumColumns(source, rows.first[y] as number, rows.weights, y * rows.stride, taps, line);
    sumRow(line, columns, width, target, 3 * y * width);
  }
  return target;
}

function sumColumns(source: Pixels, top: number, weights: Int32Array, from: number, taps: number, line: Int32Array): void {
  const { data, width } = source;
  line.fill(1 << (DROPPED_BITS - 1));
  for (let k = 0; k < taps; k++) {
    const weight = weights[from + k] as number;
    let at = 4 * (top + k) * width;
    for (let i = 0; i < line.length; i += 3, at += 4) {
      line[i] = (line[i] as number) + weight * (data[at] as number);
      line[i + 1] = (line[i + 1] as number) + weight * (data[at + 1] as number);
      line[i + 2] = (line[i + 2] as number) + weight * (data[at + 2] as number);
    }
  }
  for (let i = 0; i < line.length; i++) {
    line[i] = (line[i] as number) >> DROPPED_BITS;
  }
}

function sumRow(line: Int32Array, columns: AxisWeights, width: number, target: Uint8Array, to: number): void {
  const half = 1 << (TOTAL_BITS - 1);
  for (let x = 0; x < width; x++) {
    let r = half;
    let g = half;
    let b = half;
    let p = 3 * (columns.first[x] as number);
    const from = x * columns.stride;
    for (let k = 0; k < (columns.taps[x] as number); k++, p += 3) {
      const weight = columns.weights[from + k] as number;
      r += weight * (line[p] as number);
      g += weight * (line[p + 1] as number);
      b += weight * (line[p + 2] as number);
    }
    target[to + 3 * x] = r >> TOTAL_BITS;
    target[to + 3 * x + 1] = g >> TOTAL_BITS;
    target[to + 3 * x + 2] = b >> TOTAL_BITS;
  }
}

/** Which source pixels make each target pixel along one axis, and with what weight: they add up to `1 << bits`. */
interface AxisWeights {
  readonly first: Int32Array;
  readonly taps: Int32Array;
  readonly stride: number;
  readonly weights: Int32Array;
}

/** The twin of `AxisWeights.of` in the server. */
function axisWeights(start: number, length: number, count: number, sourceSize: number, bits: number): AxisWeights {
  const step = length / count;
  const radius = Math.max(1, step);
  const stride = Math.max(1, Math.min(Math.ceil(2 * radius), sourceSize));
  const first = new Int32Array(count);
  const taps = new Int32Array(count);
  const weights = new Int32Array(count * stride);
  for (let i = 0; i < count; i++) {
    const centre = start + (i + 0.5) * step;
    const low = Math.floor(centre - radius - 0.5) + 1;
    const high = Math.ceil(centre + radius - 0.5);
    let total = 0;
    for (let p = low; p < high; p++) {
      total += 1 - Math.abs(p + 0.5 - centre) / radius;
    }
    const from = Math.min(Math.max(low, 0), sourceSize);
    const to = Math.min(Math.max(high, from), sourceSize);
    first[i] = from;
    taps[i] = to - from;
    const unit = 2 ** bits / total;
    let sum = 0;
    let before = 0;
    for (let p = low; p < high; p++) {
      sum += unit * (1 - Math.abs(p + 0.5 - centre) / radius);
      const rounded = Math.round(sum);
      if (p >= from && p < to) {
        weights[i * stride + p - from] = rounded - before;
      }
      before = rounded;
    }
  }
  return { first, taps, stride, weights };
}

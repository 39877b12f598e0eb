import type { DeviceModels, NetworkInput } from './models.ts';
import { crop, type Pixels, type Region } from './resample.ts';

/** One face, in pixels of the picture. */
export interface Face {
  readonly box: Region;
  readonly confidence: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Runs one network on one tensor; the outputs by their last dimension. */
export type Run = (tensor: Float32Array, shape: readonly number[]) => Promise<ReadonlyMap<number, Float32Array>>;

/** As the server: no more than these candidates are looked at. */
const MAX_CANDIDATES = 750;
const POINTS = 68;
/** As the server: the second crop for landmarks lies so far below the box, in its own side. */
const DOWN = 0.05;
const REACH = 1;

/** How a whole picture lies in a network's input: scaled to fit and centred, black on the rest. */
export function letterbox(width: number, height: number, input: NetworkInput): { region: Region; scale: number } {
  const scale = Math.max(width / input.width, height / input.height);
  const w = input.width * scale;
  const h = input.height * scale;
  return { region: { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h }, scale };
}

/** Planes of R, G and B. */
export function packColour(rgb: Uint8Array, { mean, std }: NetworkInput): Float32Array {
  const plane = rgb.length / 3;
  const tensor = new Float32Array(rgb.length);
  for (let channel = 0; channel < 3; channel++) {
    const table = values(mean[channel] as number, std[channel] as number);
    for (let i = 0, p = channel; i < plane; i++, p += 3) {
      tensor[channel * plane + i] = table[rgb[p] as number] as number;
    }
  }
  return tensor;
}

/** One plane of luma after ITU-R BT.601, in the fixed point of the server. */
export function grey(rgb: Uint8Array): Uint8Array {
  const luma = new Uint8Array(rgb.length / 3);
  for (let i = 0, p = 0; i < luma.length; i++, p += 3) {
    luma[i] = (4899 * (rgb[p] as number) + 9617 * (rgb[p + 1] as number) + 1868 * (rgb[p + 2] as number) + (1 << 13)) >> 14;
  }
  return luma;
}

export function packGrey(luma: Uint8Array, { mean, std }: NetworkInput): Float32Array {
  const table = values(mean[0] as number, std[0] as number);
  return Float32Array.from(luma, (value) => table[value] as number);
}

function values(mean: number, std: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => (value - mean) / std);
}

/** Corners in 0–1 and the probability of a face; boxes in pixels of the input. The twin of `SsdDecoder`. */
export function decodeSsd(boxes: Float32Array, scores: Float32Array, width: number, height: number, threshold: number): Face[] {
  const faces: Face[] = [];
  for (let i = 0; i < scores.length / 2; i++) {
    const confidence = scores[2 * i + 1] as number;
    if (!(confidence >= threshold)) {
      continue;
    }
    const [x1, y1, x2, y2] = [0, 1, 2, 3].map((k) => (boxes[4 * i + k] as number) * (k % 2 === 0 ? width : height)) as [number, number, number, number];
    const w = x2 - x1;
    const h = y2 - y1;
    const [cx, cy] = [(x1 + x2) / 2, (y1 + y2) / 2];
    // Written so that NaN fails.
    if (confidence <= 1.001 && w >= 1 && h >= 1 && w <= 2 * width && h <= 2 * height && cx >= 0 && cy >= 0 && cx <= width && cy <= height) {
      faces.push({ box: { x: x1, y: y1, width: w, height: h }, confidence: Math.min(1, confidence) });
    }
  }
  return faces;
}

/** One box a face, the most confident first. The twin of `NonMaximumSuppression`. */
export function suppress(candidates: readonly Face[], threshold: number): Face[] {
  const kept: Face[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.confidence - a.confidence).slice(0, MAX_CANDIDATES)) {
    if (kept.every((stronger) => overlap(stronger.box, candidate.box) <= threshold)) {
      kept.push(candidate);
    }
  }
  return kept;
}

function overlap(a: Region, b: Region): number {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return w <= 0 || h <= 0 ? 0 : (w * h) / (a.width * a.height + b.width * b.height - w * h);
}

export async function detect(picture: Pixels, { detector }: DeviceModels, run: Run): Promise<Face[]> {
  const { input, scoreThreshold, nmsThreshold } = detector;
  const { region, scale } = letterbox(picture.width, picture.height, input);
  const tensor = packColour(crop(picture, region, input.width, input.height), input);
  const outputs = await run(tensor, [1, 3, input.height, input.width]);
  const found = decodeSsd(outputs.get(4) ?? new Float32Array(), outputs.get(2) ?? new Float32Array(), input.width, input.height, scoreThreshold);
  return suppress(found, nmsThreshold).map(({ box, confidence }) => ({
    box: { x: region.x + box.x * scale, y: region.y + box.y * scale, width: box.width * scale, height: box.height * scale },
    confidence,
  }));
}

/** The 68 points of a face, and how bright it is, 0–255; no points where the network puts them anywhere. */
export async function locate(picture: Pixels, box: Region, { landmarks }: DeviceModels, run: Run): Promise<{ points: Point[]; light: number }> {
  const { input } = landmarks;
  const side = Math.max(box.width, box.height);
  const lowered = { x: box.x + (box.width - side) / 2, y: box.y + (box.height - side) / 2 + DOWN * side, width: side, height: side };
  const read = async (region: Region) => {
    const luma = grey(crop(picture, region, input.width, input.height));
    const outputs = await run(packGrey(luma, input), [1, 1, input.height, input.width]);
    const values = outputs.get(2 * POINTS) ?? new Float32Array();
    const wild = values.length < 2 * POINTS || !values.every((value) => value >= -REACH && value <= 1 + REACH);
    const points = Array.from({ length: wild ? 0 : POINTS }, (_, i) => ({
      x: region.x + (values[2 * i] as number) * region.width,
      y: region.y + (values[2 * i + 1] as number) * region.height,
    }));
    return { points, light: luma.reduce((sum, value) => sum + value, 0) / luma.length };
  };
  const first = await read(box);
  const second = await read(lowered);
  const points = first.points.flatMap((a, i) => {
    const b = second.points[i];
    return b === undefined ? [] : [{ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }];
  });
  return { points, light: first.light };
}

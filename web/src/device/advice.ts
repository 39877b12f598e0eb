import { area, largest, type Reading } from './reading.ts';

/** What a picture is for. A reference is compared for years: more is asked of it than of a sign-in. */
export type Purpose = 'sign-in' | 'enrolment';

/** Codes that the pages have words for, as the server's. */
export type DeviceAdvice =
  | 'LOOK_AT_CAMERA'
  | 'ONE_PERSON_ONLY'
  | 'MOVE_CLOSER'
  | 'MOVE_BACK'
  | 'CENTRE_FACE'
  | 'TURN_TO_CAMERA'
  | 'LEVEL_HEAD'
  | 'MORE_LIGHT'
  | 'LESS_LIGHT'
  | 'HOLD_STILL';

// The curves and limits of the server's QualityAssessor, QualityPolicy, FrameLight and FaceSelection. The server decides; these only
// spare it, and the person, pictures that it would refuse.
const LEAST: Readonly<Record<Purpose, number>> = { 'sign-in': 10, enrolment: 50 };
const TOLERATED: Readonly<Record<Purpose, number>> = { 'sign-in': 1 / 16, enrolment: 0 };
const FACE_SIZE = [0.05, 0, 0.15, 50, 0.25, 100, 0.6, 100, 0.72, 50, 0.95, 0];
const LARGE_FACE = 0.45;
const CENTRING = [0.15, 100, 0.3, 50, 0.45, 0];
const INSIDE = [0.75, 0, 0.9, 50, 0.98, 100];
const ROLL = [15, 100, 35, 50, 70, 0];
const BRIGHTNESS = [15, 0, 40, 50, 65, 100, 190, 100, 225, 50, 245, 0];
const MIDDLE_GREY = 128;
const DARK_FRAME = 25;
const BRIGHT_FRAME = 240;

/**
 * How far the nose lies off the middle between the eyes, in their distance, when the face is turned too far: an estimate of the yaw for
 * which no network is needed, 0.0108 a degree on photos of LFW, so that this is about 47°. The server refuses at 50°. How it was chosen:
 * docs/results/pages.md.
 */
const NOSE_OFF = 0.5;

/** Between two readings, in the distance of the eyes: a picture taken in between is blurred. */
const STILL = 0.35;

/** The one thing to do first, or null where the picture is worth sending. */
export function adviceOn(reading: Reading, purpose: Purpose, before: Reading | null): DeviceAdvice | null {
  const { width, height, points } = reading;
  const face = largest(reading.faces);
  if (face === null) {
    return reading.light < DARK_FRAME ? 'MORE_LIGHT' : reading.light > BRIGHT_FRAME ? 'LESS_LIGHT' : 'LOOK_AT_CAMERA';
  }
  if (reading.faces.some((other) => other !== face && area(other) > TOLERATED[purpose] * area(face))) {
    return 'ONE_PERSON_ONLY';
  }
  const least = LEAST[purpose];
  const { box } = face;
  const size = box.height / Math.min(width, height);
  if (at(FACE_SIZE, size) < least) {
    return size < LARGE_FACE ? 'MOVE_CLOSER' : 'MOVE_BACK';
  }
  const w = Math.min(box.x + box.width, width) - Math.max(box.x, 0);
  const h = Math.min(box.y + box.height, height) - Math.max(box.y, 0);
  if (at(INSIDE, (Math.max(0, w) * Math.max(0, h)) / (box.width * box.height)) < least) {
    return size > LARGE_FACE ? 'MOVE_BACK' : 'CENTRE_FACE';
  }
  const off = Math.hypot(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2) / Math.hypot(width, height);
  if (purpose === 'enrolment' && at(CENTRING, off) < least) {
    return 'CENTRE_FACE';
  }
  if (at(BRIGHTNESS, reading.faceLight) < least) {
    return reading.faceLight < MIDDLE_GREY ? 'MORE_LIGHT' : 'LESS_LIGHT';
  }
  if (points.length === 0) {
    return null;
  }
  const eyes = eyesOf(reading);
  if (at(ROLL, Math.abs((Math.atan2(eyes.dy, eyes.dx) * 180) / Math.PI)) < least) {
    return 'LEVEL_HEAD';
  }
  if (purpose === 'sign-in' && Math.abs(noseOff(reading)) > NOSE_OFF) {
    return 'TURN_TO_CAMERA';
  }
  if (before !== null && before.points.length > 0 && before.width === width && before.height === height) {
    const then = eyesOf(before);
    if (Math.hypot(eyes.x - then.x, eyes.y - then.y) > STILL * eyes.distance) {
      return 'HOLD_STILL';
    }
  }
  return null;
}

/** How near the largest face is: its height over the shorter side of the picture, 0 where there is none. */
export function nearness({ faces, width, height }: Reading): number {
  return (largest(faces)?.box.height ?? 0) / Math.min(width, height);
}

/** Along the line through the eyes, from their middle to the tip of the nose, in their distance; positive to the right of the picture. */
export function noseOff(reading: Reading): number {
  const { x, y, dx, dy, distance } = eyesOf(reading);
  const nose = reading.points[30] ?? { x, y };
  return ((nose.x - x) * dx + (nose.y - y) * dy) / (distance * distance);
}

/** The middle between the eyes, and the way from the one at the left of the picture to the other. */
function eyesOf({ points }: Reading) {
  const left = mean(points.slice(36, 42));
  const right = mean(points.slice(42, 48));
  const dx = right.x - left.x;
  const dy = right.y - left.y;
  return { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2, dx, dy, distance: Math.max(1e-6, Math.hypot(dx, dy)) };
}

function mean(points: readonly { readonly x: number; readonly y: number }[]) {
  const n = Math.max(1, points.length);
  return { x: points.reduce((sum, p) => sum + p.x, 0) / n, y: points.reduce((sum, p) => sum + p.y, 0) / n };
}

/** A piecewise-linear curve through x0, y0, x1, y1, …; level beyond its ends. */
function at(curve: readonly number[], x: number): number {
  const xs = curve.filter((_, i) => i % 2 === 0);
  const ys = curve.filter((_, i) => i % 2 === 1);
  const next = xs.findIndex((one) => x <= one);
  if (next <= 0) {
    return (next === 0 ? ys[0] : ys[ys.length - 1]) ?? 0;
  }
  const [x0, x1, y0, y1] = [xs[next - 1], xs[next], ys[next - 1], ys[next]] as [number, number, number, number];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

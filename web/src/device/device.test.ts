import { describe, expect, it } from 'vitest';
import { adviceOn, nearness, noseOff } from './advice.ts';
import { modelsIn } from './models.ts';
import { decodeSsd, grey, letterbox, packColour, suppress, type Point } from './networks.ts';
import type { Reading } from './reading.ts';
import { crop, type Pixels } from './resample.ts';

const INPUT = { width: 320, height: 240, mean: [127, 127, 127], std: [128, 128, 128] };

function pixels(width: number, height: number, value: (x: number, y: number, channel: number) => number): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    for (let channel = 0; channel < 4; channel++) {
      data[4 * i + channel] = channel === 3 ? 255 : value(i % width, Math.floor(i / width), channel);
    }
  }
  return { width, height, data };
}

describe('crop', () => {
  it('leaves a picture of the same size as it is', () => {
    const picture = pixels(5, 4, (x, y, channel) => 40 * x + 10 * y + channel);
    const same = crop(picture, { x: 0, y: 0, width: 5, height: 4 }, 5, 4);
    expect([...same.slice(0, 6)]).toEqual([0, 1, 2, 40, 41, 42]);
    expect(same[3 * (3 * 5 + 4) + 1]).toBe(191);
  });
  it('keeps an even grey exactly, however it shrinks', () => {
    const small = crop(pixels(97, 53, () => 200), { x: 20, y: 10, width: 50, height: 30 }, 7, 5);
    expect(new Set(small)).toEqual(new Set([200]));
  });
  it('is black outside', () => {
    const beside = crop(pixels(4, 4, () => 255), { x: -20, y: -20, width: 4, height: 4 }, 2, 2);
    expect([...beside]).toEqual(new Array(12).fill(0));
  });
});

describe('networks', () => {
  it('letterboxes a wide picture with bars above and below', () => {
    const { region, scale } = letterbox(1280, 720, INPUT);
    expect(scale).toBe(4);
    expect(region).toEqual({ x: 0, y: -120, width: 1280, height: 960 });
  });
  it('packs planes', () => {
    const tensor = packColour(new Uint8Array([127, 255, 0, 127, 127, 127]), INPUT);
    expect([...tensor]).toEqual([0, 0, 1, 0, -0.9921875, 0]);
  });
  it('takes luma as OpenCV does', () => {
    expect([...grey(new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0, 255]))]).toEqual([255, 76, 29]);
  });
  it('drops what cannot be a face', () => {
    const boxes = new Float32Array([0.1, 0.1, 0.3, 0.4, 0.5, 0.5, 0.5, 0.5, NaN, 0, 1, 1, 0.1, 0.1, 0.3, 0.4]);
    const scores = new Float32Array([0, 0.9, 0, 0.9, 0, 0.9, 0.6, 0.4]);
    expect(decodeSsd(boxes, scores, 320, 240, 0.6)).toHaveLength(1);
  });
  it('leaves one box a face, the most confident', () => {
    const box = { x: 10, y: 10, width: 50, height: 60 };
    const kept = suppress([{ box, confidence: 0.7 }, { box: { ...box, x: 14 }, confidence: 0.9 }, { box: { ...box, x: 200 }, confidence: 0.8 }], 0.4);
    expect(kept.map(({ confidence }) => confidence)).toEqual([0.9, 0.8]);
  });
});

describe('modelsIn', () => {
  const network = { file: `/models/${'a'.repeat(64)}.onnx`, width: 64, height: 64, mean: [0], std: [256] };
  const answer = { detector: { ...network, decoder: 'ssd', score_threshold: 0.6, nms_threshold: 0.4 }, landmarks: network };
  it('spreads one mean over all channels', () => {
    expect(modelsIn(answer)?.detector.input.mean).toEqual([0, 0, 0]);
  });
  it.each([
    null,
    {},
    { ...answer, detector: { ...answer.detector, decoder: 'scrfd' } },
    { ...answer, landmarks: { ...network, file: 'https://elsewhere/x.onnx' } },
    { ...answer, detector: { ...answer.detector, mean: [1, 2] } },
  ])('understands nothing else: %#', (other) => {
    expect(modelsIn(other)).toBeNull();
  });
});

/** Somebody in a picture of 640 × 360. */
function person(at: { x?: number; y?: number; height?: number; degrees?: number; nose?: number; light?: number } = {}): Reading {
  const { x = 320, y = 180, height = 150, degrees = 0, nose = 0, light = 120 } = at;
  const turn = (dx: number, dy: number): Point => {
    const a = (degrees * Math.PI) / 180;
    return { x: x + dx * Math.cos(a) - dy * Math.sin(a), y: y + dx * Math.sin(a) + dy * Math.cos(a) };
  };
  const eye = 0.2 * height;
  const points = Array.from({ length: 68 }, (_, i) =>
    i >= 36 && i < 42 ? turn(-eye, -eye) : i >= 42 && i < 48 ? turn(eye, -eye) : i === 30 ? turn(2 * eye * nose, 0) : turn(0, eye),
  );
  const box = { x: x - 0.4 * height, y: y - height / 2, width: 0.8 * height, height };
  return { width: 640, height: 360, light: 100, faces: [{ box, confidence: 0.99 }], points, faceLight: light };
}

const EMPTY: Reading = { width: 640, height: 360, light: 100, faces: [], points: [], faceLight: 0 };

describe('adviceOn', () => {
  it.each([
    ['nobody', EMPTY, 'LOOK_AT_CAMERA'],
    ['nobody in the dark', { ...EMPTY, light: 10 }, 'MORE_LIGHT'],
    ['nobody against the sun', { ...EMPTY, light: 250 }, 'LESS_LIGHT'],
    ['somebody as wanted', person(), null],
    ['two people', { ...person(), faces: [...person().faces, ...person({ x: 100 }).faces] }, 'ONE_PERSON_ONLY'],
    ['somebody far behind', { ...person(), faces: [...person().faces, ...person({ x: 100, height: 30 }).faces] }, null],
    ['far away', person({ height: 24 }), 'MOVE_CLOSER'],
    ['very near', person({ height: 355 }), 'MOVE_BACK'],
    ['half outside', person({ x: 10 }), 'CENTRE_FACE'],
    ['in the dark', person({ light: 18 }), 'MORE_LIGHT'],
    ['in the glare', person({ light: 244 }), 'LESS_LIGHT'],
    ['lying', person({ degrees: 80 }), 'LEVEL_HEAD'],
    ['turned away', person({ nose: 0.6 }), 'TURN_TO_CAMERA'],
    ['turned the other way', person({ nose: -0.6, degrees: 20 }), 'TURN_TO_CAMERA'],
  ])('%s', (_name, reading, advice) => {
    expect(adviceOn(reading, 'sign-in', null)).toBe(advice);
  });
  it('asks more of a reference', () => {
    expect(adviceOn(person({ height: 50 }), 'sign-in', null)).toBeNull();
    expect(adviceOn(person({ height: 50 }), 'enrolment', null)).toBe('MOVE_CLOSER');
    expect(adviceOn(person({ x: 550 }), 'enrolment', null)).toBe('CENTRE_FACE');
    // A pose that was asked for is the server's to judge.
    expect(adviceOn(person({ nose: 0.6 }), 'enrolment', null)).toBeNull();
  });
  it('asks to hold still', () => {
    expect(adviceOn(person({ x: 350 }), 'sign-in', person())).toBe('HOLD_STILL');
    expect(adviceOn(person({ x: 325 }), 'sign-in', person())).toBeNull();
  });
  it('measures along the eyes', () => {
    expect(noseOff(person({ nose: 0.3, degrees: 25 }))).toBeCloseTo(0.3, 5);
    expect(nearness(person({ height: 90 }))).toBe(0.25);
    expect(nearness(EMPTY)).toBe(0);
  });
});

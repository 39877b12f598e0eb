import type { Face, Point } from './networks.ts';

/** What was seen in one picture, in its pixels. */
export interface Reading {
  readonly width: number;
  readonly height: number;
  /** Mean brightness of the picture, 0–255. */
  readonly light: number;
  /** The most confident first. */
  readonly faces: readonly Face[];
  /** The 68 points of the largest face; none where there is no face, or they could not be found. */
  readonly points: readonly Point[];
  /** Mean brightness of the largest face, 0–255. */
  readonly faceLight: number;
}

export type Asked =
  | { readonly type: 'start'; readonly runtime: string; readonly models: unknown }
  | { readonly type: 'look'; readonly id: number; readonly picture: ImageBitmap };

export type Told =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly why: string }
  | { readonly type: 'seen'; readonly id: number; readonly reading: Reading };

export function largest(faces: readonly Face[]): Face | null {
  return faces.reduce<Face | null>((best, face) => (best === null || area(face) > area(best) ? face : best), null);
}

export function area({ box }: Face): number {
  return box.width * box.height;
}

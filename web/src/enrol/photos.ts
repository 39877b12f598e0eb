import type { Verdict } from './api.ts';

export const FEWEST = 3;
export const MOST = 20;

/** The poses that are asked for, in order. The last two vary glasses for those who wear them. */
export const SHOTS = ['straight', 'left', 'right', 'up', 'down', 'neutral', 'glasses', 'noGlasses'] as const;
export type Shot = (typeof SHOTS)[number];

export interface Photo {
  readonly id: number;
  readonly jpeg: Blob;
  /** Object URL for the thumbnail. */
  readonly url: string;
  /** Null while the server looks at it. */
  readonly verdict: Verdict | null;
}

export type PhotoEvent =
  | { readonly type: 'added'; readonly photo: Photo }
  | { readonly type: 'judged'; readonly id: number; readonly verdict: Verdict }
  | { readonly type: 'removed'; readonly id: number }
  /** What an enrolment said of the photos `sent`, by their place among these. */
  | { readonly type: 'answered'; readonly sent: readonly number[]; readonly verdicts: ReadonlyMap<number, Verdict> };

export function photosAfter(photos: readonly Photo[], event: PhotoEvent): readonly Photo[] {
  switch (event.type) {
    case 'added':
      return photos.length < MOST ? [...photos, event.photo] : photos;
    case 'judged':
      return photos.map((photo) => (photo.id === event.id ? { ...photo, verdict: event.verdict } : photo));
    case 'removed':
      return photos.filter((photo) => photo.id !== event.id);
    case 'answered':
      return photos.map((photo) => {
        const verdict = event.verdicts.get(event.sent.indexOf(photo.id));
        return verdict === undefined ? photo : { ...photo, verdict };
      });
  }
}

/** The photos to enrol with. */
export function goodOnes(photos: readonly Photo[]): readonly Photo[] {
  return photos.filter((photo) => photo.verdict?.accepted === true);
}

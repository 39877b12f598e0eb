import type { Answer, PunchEvent } from './api.ts';

/** A punch that waits, without what proves it. */
export interface Kept {
  readonly id: string;
  readonly at: string;
}

/** A punch that waited and could not be recorded: it is told when and why, for a manager to correct. */
export interface Loss {
  readonly at: string;
  readonly why: 'not-recognised' | 'unknown-badge' | 'frames-refused' | 'face-not-available' | 'too-old' | 'other';
}

/** Where punches wait. */
export interface Outbox {
  add(event: PunchEvent): Promise<void>;
  /** The oldest first. */
  waiting(): Promise<readonly Kept[]>;
  take(id: string): Promise<PunchEvent | null>;
  remove(id: string): Promise<void>;
  losses(): Promise<readonly Loss[]>;
  keepLosses(losses: readonly Loss[]): Promise<void>;
}

/** Some 100 MB of pictures at most. */
export const MOST_EVENTS = 200;
/** A long weekend. Pictures of faces do not lie about for longer. */
export const MOST_AGE_MS = 96 * 3_600_000;
const MOST_LOSSES = 100;

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** Why a delivery ended. */
export type Ended = { readonly kind: 'empty' } | { readonly kind: 'away'; readonly retryAfter: number | null } | { readonly kind: 'void' };

/** Keeps punches while the server is away and sends them when it is back: each until the server has taken or refused it. */
export class Courier {
  private readonly outbox: Outbox;
  private readonly send: (event: PunchEvent) => Promise<Answer>;
  private readonly now: () => number;

  constructor(outbox: Outbox, send: (event: PunchEvent) => Promise<Answer>, now: () => number) {
    this.outbox = outbox;
    this.send = send;
    this.now = now;
  }

  /** @return false when no more is kept; what waits already is never given up for it */
  async keep(event: PunchEvent): Promise<boolean> {
    if ((await this.outbox.waiting()).length >= MOST_EVENTS) {
      return false;
    }
    try {
      await this.outbox.add(event);
      return true;
    } catch {
      // The browser gives no more room.
      return false;
    }
  }

  async deliver(): Promise<Ended> {
    for (const { id, at } of await this.outbox.waiting()) {
      if (this.now() - Date.parse(at) > MOST_AGE_MS) {
        await this.lose(id, { at, why: 'too-old' });
        continue;
      }
      const event = await this.outbox.take(id);
      if (event === null) {
        // Another window may have sent it meanwhile; what is there and cannot be read is lost.
        if ((await this.outbox.waiting()).some((kept) => kept.id === id)) {
          await this.lose(id, { at, why: 'other' });
        }
        continue;
      }
      const answer = await this.send(event);
      switch (answer.kind) {
        case 'greeted':
          await this.outbox.remove(id);
          break;
        case 'unclear':
          await this.lose(id, { at, why: 'frames-refused' });
          break;
        case 'refused':
          if (answer.why === 'locked') {
            return { kind: 'away', retryAfter: answer.retryAfter };
          }
          await this.lose(id, { at, why: answer.why === 'away' ? 'other' : answer.why });
          break;
        case 'away':
        case 'void':
          return answer;
      }
    }
    return { kind: 'empty' };
  }

  /** What is too old goes, whether the server is there or not. */
  async expire(): Promise<void> {
    for (const { id, at } of await this.outbox.waiting()) {
      if (this.now() - Date.parse(at) > MOST_AGE_MS) {
        await this.lose(id, { at, why: 'too-old' });
      }
    }
  }

  private async lose(id: string, loss: Loss): Promise<void> {
    await this.outbox.keepLosses([...(await this.outbox.losses()), loss].slice(-MOST_LOSSES));
    await this.outbox.remove(id);
  }
}

/**
 * How long to wait before asking again, after so many failures in a row: twice as long each time, to a minute, and never all kiosks at
 * once.
 *
 * @param random from 0 to 1
 */
export function backOff(failures: number, retryAfter: number | null, random: number): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
  return Math.max((retryAfter ?? 0) * 1000, wait * (0.75 + random / 2));
}

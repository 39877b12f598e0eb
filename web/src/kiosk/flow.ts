import type { AdviceItem } from '../words/advice.ts';
import type { Answer, Greeting, Refusal } from './api.ts';

/** What the kiosk shows. */
export type Stage =
  /** The camera is off and the screen dark. */
  | { readonly name: 'asleep' }
  /** Waits for somebody; where the server is there, the camera looks for movement. */
  | { readonly name: 'idle' }
  /** Takes pictures of whoever is there. */
  | { readonly name: 'looking'; readonly attempt: number; readonly byTouch: boolean; readonly advice: AdviceItem | null; readonly sent: boolean }
  | { readonly name: 'pin'; readonly error: 'wrong' | 'locked' | null; readonly retryAfter: number }
  /** Asks the server whose badge it is. */
  | { readonly name: 'badge' }
  | { readonly name: 'greeted'; readonly greeting: Greeting }
  /** The server is away, and the punch waits on this device. */
  | { readonly name: 'kept'; readonly at: string }
  | { readonly name: 'full' }
  | { readonly name: 'refused'; readonly why: Refusal | 'unclear'; readonly retryAfter: number }
  | { readonly name: 'void' };

export type Happening =
  /** @param at of this moment, which tells one look from another */
  | { readonly type: 'touched'; readonly at: number }
  | { readonly type: 'moved'; readonly at: number }
  | { readonly type: 'rested' }
  | { readonly type: 'sent' }
  /** By the device itself, before anything is sent; null when there is nothing to say. */
  | { readonly type: 'advised'; readonly advice: AdviceItem | null }
  | { readonly type: 'answered'; readonly answer: Answer; readonly byPin: boolean; readonly lastTry: boolean; readonly byBadge?: boolean }
  | { readonly type: 'kept'; readonly at: string }
  | { readonly type: 'full' }
  | { readonly type: 'nobody' }
  | { readonly type: 'pin' }
  | { readonly type: 'badge' }
  /** The person is done, gave up, or went away. */
  | { readonly type: 'over' };

export const IDLE: Stage = { name: 'idle' };

export function follow(stage: Stage, happening: Happening): Stage {
  switch (happening.type) {
    case 'touched':
      return stage.name === 'asleep' ? IDLE : look(true, happening.at);
    case 'moved':
      return stage.name === 'idle' ? look(false, happening.at) : stage;
    case 'rested':
      return stage.name === 'idle' ? { name: 'asleep' } : stage;
    case 'sent':
      return stage.name === 'looking' ? { ...stage, sent: true } : stage;
    case 'advised':
      return stage.name === 'looking' && !stage.sent ? { ...stage, advice: happening.advice } : stage;
    case 'kept':
      return { name: 'kept', at: happening.at };
    case 'full':
      return { name: 'full' };
    case 'pin':
      return { name: 'pin', error: null, retryAfter: 0 };
    case 'badge':
      return { name: 'badge' };
    case 'nobody':
    case 'over':
      return IDLE;
    case 'answered':
      return answered(stage, happening.answer, happening.byPin, happening.lastTry, happening.byBadge === true);
  }
}

function look(byTouch: boolean, attempt: number): Stage {
  return { name: 'looking', attempt, byTouch, advice: null, sent: false };
}

function answered(stage: Stage, answer: Answer, byPin: boolean, lastTry: boolean, byBadge: boolean): Stage {
  // Whoever left meanwhile is not called back: the next person would read it.
  if (stage.name !== (byBadge ? 'badge' : byPin ? 'pin' : 'looking')) {
    return stage;
  }
  switch (answer.kind) {
    case 'greeted':
      return { name: 'greeted', greeting: answer.greeting };
    case 'unclear':
      return lastTry || stage.name !== 'looking'
        ? { name: 'refused', why: 'unclear', retryAfter: 0 }
        : { ...stage, advice: answer.advice[0] ?? null, sent: false };
    case 'refused':
      if (byPin && (answer.why === 'not-recognised' || answer.why === 'locked')) {
        return { name: 'pin', error: answer.why === 'locked' ? 'locked' : 'wrong', retryAfter: answer.retryAfter ?? 0 };
      }
      return { name: 'refused', why: answer.why, retryAfter: answer.retryAfter ?? 0 };
    case 'void':
      return { name: 'void' };
    case 'away':
      return stage;
  }
}

/** How long each stage stays before the kiosk is ready for the next person, in milliseconds; null where something else ends it. */
export function staysFor(stage: Stage, scripted = false): number | null {
  switch (stage.name) {
    case 'greeted':
      return 3_500;
    case 'kept':
      return 5_000;
    case 'refused':
      return Math.min(15_000, Math.max(7_000, stage.retryAfter * 1000));
    case 'full':
    case 'void':
    case 'badge':
      return 10_000;
    case 'pin':
      return 40_000;
    case 'looking':
      // A session of the server lasts a minute.
      return scripted ? 65_000 : 25_000;
    case 'idle':
    case 'asleep':
      return null;
  }
}

/** Whether pictures of a look that movement began show nobody: then nothing is said to an empty corridor. */
export function showsNobody(answer: Answer): boolean {
  return answer.kind === 'unclear' && answer.advice.every(({ code }) => code === 'LOOK_AT_CAMERA' || code === 'MOVE_CLOSER');
}

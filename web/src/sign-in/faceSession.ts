import type { AdviceItem } from '../words/advice.ts';
import type { Person, Prompt, ScriptStep, ServerMessage } from './protocol.ts';

/** How far one attempt to sign in with the face has come. Times are milliseconds of a clock that only goes forward. */
export type FaceSession =
  | { readonly stage: 'connecting' }
  | {
      readonly stage: 'looking';
      readonly good: number;
      readonly wanted: number;
      /** What to do first; null when the last frame was good or none has been judged. */
      readonly advice: AdviceItem | null;
      /** Place in the queue while the server is busy. */
      readonly place: number | null;
      readonly lastSentAt: number | null;
      /** A frame was sent and has not been answered. */
      readonly awaiting: boolean;
      /** What the person is asked to do in all; empty where nothing is. */
      readonly script: readonly ScriptStep[];
      /** What is asked now; null where nothing is, or everything was done. */
      readonly step: Prompt | null;
      /** The script before was not followed, and this is another. */
      readonly again: boolean;
    }
  | { readonly stage: 'accepted' }
  /** At a kiosk: the server's greeting, as it came. */
  | { readonly stage: 'greeted'; readonly greeting: unknown }
  | { readonly stage: 'authenticated'; readonly token: string; readonly person: Person }
  | { readonly stage: 'refused'; readonly reason: string; readonly text: string; readonly retryAfter: number | null }
  | { readonly stage: 'lost' };

export type FaceEvent =
  | { readonly type: 'message'; readonly message: ServerMessage }
  | { readonly type: 'sent'; readonly at: number }
  | { readonly type: 'closed'; readonly code: number };

export const CONNECTING: FaceSession = { stage: 'connecting' };

/** About five frames a second. */
const FRAME_INTERVAL_MS = 200;
/** A blink takes a quarter of a second: about ten frames a second see it. */
const SCRIPT_INTERVAL_MS = 90;
/** A frame without an answer for so long is given up. Also the pace while the server is busy. */
const PATIENCE_MS = 1000;

export function advance(session: FaceSession, event: FaceEvent): FaceSession {
  switch (event.type) {
    case 'sent':
      return session.stage === 'looking' ? { ...session, lastSentAt: event.at, awaiting: true } : session;
    case 'closed':
      return isOver(session) ? session : closed(event.code);
    case 'message':
      return isOver(session) ? session : hear(session, event.message);
  }
}

function hear(session: FaceSession, message: ServerMessage): FaceSession {
  switch (message.type) {
    case 'session':
      return {
        stage: 'looking',
        good: 0,
        wanted: message.wanted,
        advice: null,
        place: null,
        lastSentAt: null,
        awaiting: false,
        script: message.script,
        step: null,
        again: false,
      };
    case 'script':
      return session.stage === 'looking'
        ? { ...session, script: message.script, step: null, again: message.failed, awaiting: false }
        : session;
    case 'feedback':
      return session.stage === 'looking'
        ? {
            ...session,
            good: message.good,
            wanted: message.wanted,
            advice: message.accepted ? null : (message.advice[0] ?? null),
            place: null,
            awaiting: false,
            step: message.step,
            again: session.again && message.step?.begun !== true,
          }
        : session;
    case 'busy':
      return session.stage === 'looking'
        ? { ...session, place: message.place, advice: null, awaiting: false }
        : session;
    case 'result':
      return message.accepted
        ? { stage: 'accepted' }
        : { stage: 'refused', reason: message.reason, text: message.text, retryAfter: message.retryAfter };
    case 'greeting':
      return { stage: 'greeted', greeting: message.greeting };
    case 'authenticated':
      return { stage: 'authenticated', token: message.token, person: message.person };
  }
}

/** A socket that closes without a result still tells why by its code. */
function closed(code: number): FaceSession {
  const reason = REASON_OF_CODE[code];
  return reason === undefined ? { stage: 'lost' } : { stage: 'refused', reason, text: '', retryAfter: null };
}

const REASON_OF_CODE: Readonly<Record<number, string>> = {
  4401: 'NOT_RECOGNISED',
  4403: 'POLICY',
  4408: 'EXPIRED',
  1013: 'BUSY',
  1011: 'FAULT',
};

export function isOver(session: FaceSession): boolean {
  return ['greeted', 'authenticated', 'refused', 'lost'].includes(session.stage);
}

/** Whether the next frame may be sent: one in flight at a time, and never faster than needed. */
export function maySend(session: FaceSession, now: number): boolean {
  if (session.stage !== 'looking') {
    return false;
  }
  if (session.lastSentAt === null) {
    return true;
  }
  const since = now - session.lastSentAt;
  const pace = session.script.length > 0 ? SCRIPT_INTERVAL_MS : FRAME_INTERVAL_MS;
  return since >= (session.awaiting || session.place !== null ? PATIENCE_MS : pace);
}

import { isRecord, ProblemError, UNREACHABLE, type Problem } from '../http/problem.ts';
import { request, type RequestOptions } from '../http/request.ts';
import type { FaceSession } from '../sign-in/faceSession.ts';
import type { AdviceItem } from '../words/advice.ts';

/** What the server says of the kiosk whose credential it is. */
export interface Registration {
  readonly name: string;
  readonly site: string;
  readonly zone: string;
  readonly departments: readonly string[];
  /** What is asked of a face; null where faces are not recognised. */
  readonly liveness: 'PASSIVE' | 'ACTIVE' | 'STRICT' | null;
  /** The server's clock. */
  readonly time: string;
}

/** One punch: pictures of a face, or a user name and a PIN. */
export interface PunchEvent {
  readonly id: string;
  /** When it was taken, by the server's clock as far as it is known. ISO 8601. */
  readonly at: string;
  readonly evidence: Evidence;
  /** Of this device; only what waited for the server needs it. */
  readonly signature?: string;
}
export type Evidence = Frames | Pin | Badge;
export interface Frames {
  readonly kind: 'frames';
  readonly frames: readonly Blob[];
}
export interface Pin {
  readonly kind: 'pin';
  readonly username: string;
  readonly pin: string;
}

export interface Badge {
  readonly kind: 'badge';
  readonly badge: string;
}

export type Status = 'EARLY' | 'ON_TIME' | 'LATE' | 'LEFT_EARLY' | 'OVERTIME';

export interface Greeting {
  readonly name: string;
  readonly direction: 'IN' | 'OUT';
  readonly status: Status;
  /** On the kiosk's clock, with its offset. */
  readonly time: string;
  readonly repeated: boolean;
  /** Whether a small picture of this punch was kept. */
  readonly picture_kept?: boolean;
}

/** What became of a punch. */
export type Answer =
  | { readonly kind: 'greeted'; readonly greeting: Greeting }
  /** The same person may try again at once, and does better with the advice. */
  | { readonly kind: 'unclear'; readonly advice: readonly AdviceItem[] }
  | { readonly kind: 'refused'; readonly why: Refusal; readonly retryAfter: number | null }
  /** No answer that counts came: to be sent again. */
  | { readonly kind: 'away'; readonly retryAfter: number | null }
  /** The kiosk itself is not let in. */
  | { readonly kind: 'void' };
export type Refusal = 'away' | 'unknown-badge' | 'not-recognised' | 'face-not-available' | 'locked' | 'other';

/** A person who waits will not wait longer for a server that hangs. */
const LIVE_MS = 8_000;
/** Nobody waits for the queue. */
const QUEUE_MS = 60_000;

export function registration(credential: string): Promise<Registration> {
  return inTime('GET', '/recognize/kiosk', { bearer: credential }, LIVE_MS);
}

/** Binds the kiosk to this device: only what it signs is taken from the queue. */
export function bind(credential: string, key: string): Promise<void> {
  return inTime('PUT', '/recognize/kiosk/key', { bearer: credential, json: { key } }, LIVE_MS);
}

/** @param late whether the event comes from the queue; only then does the server take the kiosk's word for the time */
export async function send(credential: string, event: PunchEvent, late: boolean): Promise<Answer> {
  const { evidence } = event;
  const patience = late ? QUEUE_MS : LIVE_MS;
  const of = late && event.signature !== undefined ? { bearer: credential, signature: event.signature } : { bearer: credential };
  try {
    if (evidence.kind === 'pin') {
      const json = { username: evidence.username, pin: evidence.pin, event_id: event.id, captured_at: late ? event.at : null };
      return { kind: 'greeted', greeting: await inTime('POST', '/recognize/pin', { ...of, json }, patience) };
    }
    if (evidence.kind === 'badge') {
      const json = { badge: evidence.badge, event_id: event.id, captured_at: late ? event.at : null };
      return { kind: 'greeted', greeting: await inTime('POST', '/recognize/badge', { ...of, json }, patience) };
    }
    const parts = new FormData();
    parts.set('event_id', event.id);
    if (late) {
      parts.set('captured_at', event.at);
    }
    evidence.frames.forEach((frame, index) => parts.append('frames', frame, `${index}.jpg`));
    return { kind: 'greeted', greeting: await inTime('POST', '/recognize', { ...of, parts }, patience) };
  } catch (error) {
    if (error instanceof ProblemError) {
      const answer = answerOf(error.problem);
      return evidence.kind === 'badge' && answer.kind === 'refused' && answer.why === 'not-recognised'
        ? { ...answer, why: 'unknown-badge' }
        : answer;
    }
    throw error;
  }
}

/** The answer in how a session at the kiosk ended; null while it goes on. */
export function answerIn(session: FaceSession): Answer | null {
  switch (session.stage) {
    case 'greeted':
      return { kind: 'greeted', greeting: session.greeting as Greeting };
    case 'refused':
      switch (session.reason) {
        case 'NOT_RECOGNISED':
          return { kind: 'refused', why: 'not-recognised', retryAfter: null };
        case 'LOCKED':
          return { kind: 'refused', why: 'locked', retryAfter: session.retryAfter ?? 30 };
        case 'EXPIRED':
          return { kind: 'unclear', advice: [] };
        case 'POLICY':
        case 'POLICY_NOT_AVAILABLE':
          return { kind: 'refused', why: 'face-not-available', retryAfter: null };
        default:
          return { kind: 'refused', why: 'other', retryAfter: session.retryAfter };
      }
    case 'lost':
      return { kind: 'away', retryAfter: null };
    default:
      return null;
  }
}

export function answerOf(problem: Problem): Answer {
  const { status, kind, retryAfter } = problem;
  if (kind === 'not-signed-in') {
    return { kind: 'void' };
  }
  if (kind === 'frames-refused') {
    return { kind: 'unclear', advice: problem.advice };
  }
  if (kind === 'not-recognised' || kind === 'face-not-available') {
    return { kind: 'refused', why: kind, retryAfter };
  }
  if (status === 429) {
    return { kind: 'refused', why: 'locked', retryAfter: retryAfter ?? 30 };
  }
  // A gateway whose server is away answers 502 or 504.
  if (status === 0 || status === 502 || status === 503 || status === 504) {
    return { kind: 'away', retryAfter };
  }
  return { kind: 'refused', why: 'other', retryAfter };
}

/** Whether these are the name and password of an administrator. */
export async function isAdministrator(username: string, password: string): Promise<boolean> {
  try {
    const form = { grant_type: 'password', username, password };
    const token = await inTime<{ access_token: string }>('POST', '/token', { form }, LIVE_MS);
    const account = await inTime('GET', '/api/account', { bearer: token.access_token }, LIVE_MS);
    return isRecord(account) && Array.isArray(account['roles']) && account['roles'].includes('ADMIN');
  } catch (error) {
    if (error instanceof ProblemError && [400, 401, 403, 429].includes(error.problem.status)) {
      return false;
    }
    throw error;
  }
}

/** An answer that comes too late is none. */
async function inTime<T>(method: string, path: string, options: RequestOptions, patience: number): Promise<T> {
  const signal = AbortSignal.timeout(patience);
  try {
    return await request<T>(method, path, { ...options, signal });
  } catch (error) {
    throw signal.aborted ? new ProblemError(UNREACHABLE) : error;
  }
}

import { isRecord } from '../http/problem.ts';
import { isAdvice, type AdviceItem } from '../words/advice.ts';

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly department: string;
}

/** One thing that a script asks for; colours only of a flash. */
export interface ScriptStep {
  readonly action: string;
  readonly windowMs: number;
  readonly colours: readonly string[];
  readonly colourMs: number;
}

/** The step that is asked for now. */
export interface Prompt {
  readonly index: number;
  readonly of: number;
  readonly action: string;
  readonly remainingMs: number;
  /** Whether the time runs; before, the face is waited for. */
  readonly begun: boolean;
}

/** What the server says over the face-auth socket. */
export type ServerMessage =
  | { readonly type: 'session'; readonly sessionId: string; readonly wanted: number; readonly script: readonly ScriptStep[] }
  | { readonly type: 'script'; readonly script: readonly ScriptStep[]; readonly failed: boolean }
  | {
      readonly type: 'feedback';
      readonly accepted: boolean;
      readonly advice: readonly AdviceItem[];
      readonly good: number;
      readonly wanted: number;
      readonly step: Prompt | null;
    }
  | { readonly type: 'busy'; readonly place: number }
  | {
      readonly type: 'result';
      readonly accepted: boolean;
      readonly reason: string;
      readonly text: string;
      readonly retryAfter: number | null;
    }
  /** At a kiosk, which signs nobody in. */
  | { readonly type: 'greeting'; readonly greeting: unknown }
  | { readonly type: 'authenticated'; readonly token: string; readonly person: Person };

/** Reads one text message; null for anything that this page does not know, which it passes over. */
export function parseMessage(text: unknown): ServerMessage | null {
  const json = typeof text === 'string' ? parse(text) : null;
  if (!isRecord(json)) {
    return null;
  }
  switch (json['type']) {
    case 'session':
      return {
        type: 'session',
        sessionId: string(json['session_id']),
        wanted: count(json['frames_wanted'], 3),
        script: script(json['script']),
      };
    case 'script':
      return { type: 'script', script: script(json['script']), failed: json['failed'] === true };
    case 'feedback': {
      if (isRecord(json['busy'])) {
        return { type: 'busy', place: count(json['busy']['place'], 1) };
      }
      const advice = Array.isArray(json['advice']) ? json['advice'].filter(isAdvice) : [];
      return {
        type: 'feedback',
        accepted: json['accepted'] === true,
        advice,
        good: count(json['good'], 0),
        wanted: count(json['wanted'], 3),
        step: prompt(json['step']),
      };
    }
    case 'result':
      return {
        type: 'result',
        accepted: json['outcome'] === 'accepted',
        reason: string(json['reason']),
        text: string(json['text']),
        retryAfter: typeof json['retry_after'] === 'number' ? Math.max(0, Math.ceil(json['retry_after'])) : null,
      };
    case 'greeting':
      return { type: 'greeting', greeting: json };
    case 'authentication_complete': {
      const token = string(json['access_token']);
      return token === '' ? null : { type: 'authenticated', token, person: person(json['user']) };
    }
    default:
      return null;
  }
}

function script(json: unknown): ScriptStep[] {
  return (Array.isArray(json) ? json : []).filter(isRecord).map((step) => ({
    action: string(step['action']),
    windowMs: count(step['window_ms'], 0),
    colours: Array.isArray(step['colours']) ? step['colours'].map(string) : [],
    colourMs: count(step['colour_ms'], 500),
  }));
}

function prompt(json: unknown): Prompt | null {
  return isRecord(json)
    ? {
        index: count(json['index'], 0),
        of: count(json['of'], 1),
        action: string(json['action']),
        remainingMs: count(json['remaining_ms'], 0),
        begun: json['begun'] === true,
      }
    : null;
}

/** What a client says when somebody cannot do what is asked. */
export function cannot(action: string): string {
  return JSON.stringify({ type: 'script', cannot: [action] });
}

/** What a client says its camera is called. */
export function cameraLabel(label: string): string {
  return JSON.stringify({ type: 'camera', label: label.slice(0, 80) });
}

/** The user object that the server sends in several answers. */
export function person(json: unknown): Person {
  const user = isRecord(json) ? json : {};
  const department = user['department'];
  return {
    id: string(user['id']),
    username: string(user['username']),
    displayName: string(user['display_name']) || string(user['username']),
    department: isRecord(department) ? string(department['name']) : string(department),
  };
}

/** The address of the socket for a page at `origin`. */
export function socketAddress(origin: string, department: string, username: string): string {
  const url = new URL(`/face-auth/${encodeURIComponent(department)}`, origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (username !== '') {
    url.searchParams.set('username', username);
  }
  return url.href;
}

/** The address of a kiosk's socket. */
export function kioskAddress(origin: string): string {
  const url = new URL('/recognize/live', origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;
}

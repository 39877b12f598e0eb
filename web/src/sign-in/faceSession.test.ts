import { describe, expect, it } from 'vitest';
import { advance, CONNECTING, isOver, maySend, type FaceEvent, type FaceSession } from './faceSession.ts';
import { parseMessage } from './protocol.ts';

const heard = (json: unknown): FaceEvent => {
  const message = parseMessage(JSON.stringify(json));
  if (message === null) {
    throw new Error('not a message');
  }
  return { type: 'message', message };
};
const after = (...events: FaceEvent[]): FaceSession => events.reduce(advance, CONNECTING);

const SESSION = heard({ type: 'session', session_id: 's', nonce: 'n', policy: 'passive', script: [], frames_wanted: 4 });
const CLOSER = heard({
  type: 'feedback',
  frame: 1,
  accepted: false,
  advice: [
    { code: 'MOVE_CLOSER', text: 'Move closer.' },
    { code: 'MORE_LIGHT', text: 'Find light.' },
  ],
  quality: 20,
  good: 0,
  wanted: 4,
});
const GOOD = heard({ type: 'feedback', frame: 2, accepted: true, advice: [], quality: 90, good: 1, wanted: 4 });
const BUSY = heard({ type: 'feedback', busy: { place: 7 } });
const ACCEPTED = heard({ type: 'result', outcome: 'accepted', reason: null, text: 'Ok', retry_after: null });
const REFUSED = heard({ type: 'result', outcome: 'refused', reason: 'LOCKED', text: 'No', fallback: 'password', retry_after: 29.2 });
const TOKEN = heard({
  type: 'authentication_complete',
  access_token: 't',
  token_type: 'Bearer',
  expires_in: 1800,
  user: { id: '1', username: 'ana', display_name: 'Ana', department: { code: 'er', name: 'Emergency' } },
});
const closed = (code: number): FaceEvent => ({ type: 'closed', code });
const sent = (at: number): FaceEvent => ({ type: 'sent', at });

describe('a face session', () => {
  it('goes from the first message to the token', () => {
    expect(after(SESSION)).toMatchObject({ stage: 'looking', good: 0, wanted: 4, advice: null, place: null });
    expect(after(SESSION, CLOSER)).toMatchObject({ stage: 'looking', advice: { code: 'MOVE_CLOSER' }, good: 0 });
    expect(after(SESSION, CLOSER, GOOD)).toMatchObject({ stage: 'looking', advice: null, good: 1 });
    expect(after(SESSION, GOOD, ACCEPTED)).toEqual({ stage: 'accepted' });
    expect(after(SESSION, GOOD, ACCEPTED, TOKEN)).toEqual({
      stage: 'authenticated',
      token: 't',
      person: { id: '1', username: 'ana', displayName: 'Ana', department: 'Emergency' },
    });
  });

  it('follows a script, and another after one that was not followed', () => {
    const script = [{ action: 'BLINK', window_ms: 4000 }];
    const opened = heard({ type: 'session', session_id: 's', policy: 'active', script, frames_wanted: 3 });
    const step = { index: 0, of: 1, action: 'BLINK', remaining_ms: 3000, begun: true };
    const asked = heard({ type: 'feedback', accepted: true, advice: [], good: 1, wanted: 3, step });
    const other = heard({ type: 'script', script: [{ action: 'NOD', window_ms: 4000 }], failed: true });

    expect(after(opened)).toMatchObject({ script: [{ action: 'BLINK' }], step: null });
    expect(after(opened, asked)).toMatchObject({ step: { action: 'BLINK', begun: true, remainingMs: 3000 } });
    expect(after(opened, asked, other)).toMatchObject({ script: [{ action: 'NOD' }], step: null, again: true });
    expect(after(opened, other, asked)).toMatchObject({ again: false });
    expect(after(opened, asked, GOOD)).toMatchObject({ step: null });
  });

  it('sends twice as many frames under a script', () => {
    const script = [{ action: 'BLINK', window_ms: 4000 }];
    const opened = heard({ type: 'session', session_id: 's', policy: 'active', script, frames_wanted: 3 });
    expect(maySend(after(opened, sent(0), GOOD), 90)).toBe(true);
    expect(maySend(after(SESSION, sent(0), GOOD), 90)).toBe(false);
  });

  it('keeps how it ended, whatever comes after', () => {
    const refused = { stage: 'refused', reason: 'LOCKED', text: 'No', retryAfter: 30 };
    expect(after(SESSION, REFUSED)).toEqual(refused);
    expect(after(SESSION, REFUSED, closed(4403), GOOD, TOKEN, sent(9))).toEqual(refused);
    expect(after(SESSION, TOKEN, closed(1006))).toMatchObject({ stage: 'authenticated' });
  });

  it.each([
    [4401, 'NOT_RECOGNISED'],
    [4403, 'POLICY'],
    [4408, 'EXPIRED'],
    [1013, 'BUSY'],
    [1011, 'FAULT'],
  ])('closed with %i and no result: %s', (code, reason) => {
    expect(after(SESSION, closed(code))).toEqual({ stage: 'refused', reason, text: '', retryAfter: null });
    expect(after(closed(code))).toMatchObject({ stage: 'refused', reason });
  });

  it.each([1000, 1001, 1006])('closed with %i before its end is a lost connection', (code) => {
    expect(after(SESSION, GOOD, closed(code))).toEqual({ stage: 'lost' });
    expect(after(SESSION, GOOD, ACCEPTED, closed(code))).toEqual({ stage: 'lost' });
    expect(isOver(after(closed(code)))).toBe(true);
  });

  it('shows the place in the queue until a frame is judged', () => {
    expect(after(SESSION, CLOSER, BUSY)).toMatchObject({ place: 7, advice: null });
    expect(after(SESSION, BUSY, GOOD)).toMatchObject({ place: null, good: 1 });
  });

  it('passes over feedback before a session', () => {
    expect(after(GOOD)).toEqual(CONNECTING);
    expect(after(sent(1))).toEqual(CONNECTING);
  });
});

describe('pace', () => {
  it('sends nothing before the session opens or after it ends', () => {
    expect(maySend(CONNECTING, 0)).toBe(false);
    expect(maySend(after(SESSION, ACCEPTED), 1e9)).toBe(false);
    expect(maySend(after(SESSION, REFUSED), 1e9)).toBe(false);
  });

  it('keeps one frame in flight, and gives one up after a second', () => {
    const waiting = after(SESSION, sent(1000));
    expect(maySend(after(SESSION), 0)).toBe(true);
    expect(maySend(waiting, 1999)).toBe(false);
    expect(maySend(waiting, 2000)).toBe(true);
  });

  it('sends at most five frames a second', () => {
    const answered = after(SESSION, sent(1000), GOOD);
    expect(maySend(answered, 1199)).toBe(false);
    expect(maySend(answered, 1200)).toBe(true);
  });

  it('sends one frame a second while the server is busy', () => {
    const busy = after(SESSION, sent(1000), BUSY);
    expect(maySend(busy, 1999)).toBe(false);
    expect(maySend(busy, 2000)).toBe(true);
  });
});

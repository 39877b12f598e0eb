import { describe, expect, it } from 'vitest';
import { parseProblem, UNREACHABLE } from '../http/problem.ts';
import { answerIn, answerOf, type Answer, type PunchEvent } from './api.ts';
import { BadgeReader } from './badge.ts';
import { backOff, Courier, MOST_AGE_MS, MOST_EVENTS, type Kept, type Loss, type Outbox } from './courier.ts';
import { follow, IDLE, showsNobody, staysFor, type Stage } from './flow.ts';
import { brightness, HEIGHT, moved, WIDTH } from './motion.ts';
import { newSigningKey, publicKey, sign, statement } from './signature.ts';
import { inZone } from './time.ts';
import { pack, seal, unpack, unseal } from './vault.ts';

const greeting = { name: 'Ana', direction: 'IN', status: 'ON_TIME', time: '2026-11-23T08:57:12-03:00', repeated: false } as const;
const greeted: Answer = { kind: 'greeted', greeting };
const NOW = Date.parse('2026-11-23T12:00:00Z');

/** A queue that lasts as long as the test. */
class Memory implements Outbox {
  readonly events: PunchEvent[] = [];
  lost: readonly Loss[] = [];
  room = Infinity;
  async add(event: PunchEvent) {
    if (this.events.length >= this.room) {
      throw new DOMException('no room', 'QuotaExceededError');
    }
    this.events.push(event);
  }
  async waiting(): Promise<readonly Kept[]> {
    return this.events.map(({ id, at }) => ({ id, at })).sort((a, b) => a.at.localeCompare(b.at));
  }
  async take(id: string) {
    return this.events.find((event) => event.id === id) ?? null;
  }
  async remove(id: string) {
    this.events.splice(this.events.findIndex((event) => event.id === id), 1);
  }
  async losses() {
    return this.lost;
  }
  async keepLosses(losses: readonly Loss[]) {
    this.lost = losses;
  }
}

const event = (id: string, minutesAgo: number): PunchEvent => ({
  id,
  at: new Date(NOW - minutesAgo * 60_000).toISOString(),
  evidence: { kind: 'pin', username: 'ana', pin: '271828' },
});

describe('the signature of what waits', () => {
  const id = '0b5f2c7e-8f0a-4c57-9f4e-2f6f0d1f9a11';
  const at = '2026-11-23T11:57:12.000Z';

  // The same is expected of the server, in KioskKeyTest.
  it('is under the lines that the server checks', async () => {
    const pin = await statement(id, at, { kind: 'pin', username: 'ana', pin: '271828' });
    expect(new TextDecoder().decode(pin)).toBe(`vultus punch 1\nPIN\n${id}\n${at}\nf21fa26258145d989990ab58f1963003a674e534184871d7c7938eea7ba68031`);
    const frames = [new Blob([new Uint8Array([1, 2])]), new Blob([new Uint8Array([3])]), new Blob([])];
    expect(new TextDecoder().decode(await statement(id, at, { kind: 'frames', frames }))).toContain('\nFRAMES\n');
    expect(new TextDecoder().decode(await statement(id, at, { kind: 'frames', frames }))).toMatch(/bfe584548b13da82a26d350d688f522c6fc79d54d6d61f2fcbdf361f6715ec4c$/);
  });

  it('is made with a key that no script can read', async () => {
    const pair = await newSigningKey();
    expect(pair.privateKey.extractable).toBe(false);
    expect(atob(await publicKey(pair)).length).toBe(91);
    const signature = await sign(pair.privateKey, id, at, { kind: 'badge', badge: '04A1' });
    expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/);
  });
});

describe('the queue', () => {
  it('sends the oldest first and forgets what was taken', async () => {
    const memory = new Memory();
    const sent: string[] = [];
    const courier = new Courier(memory, async ({ id }) => (sent.push(id), greeted), () => NOW);
    await courier.keep(event('b', 1));
    await courier.keep(event('a', 2));
    expect(await courier.deliver()).toEqual({ kind: 'empty' });
    expect(sent).toEqual(['a', 'b']);
    expect(memory.events).toEqual([]);
    expect(memory.lost).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['is away', { kind: 'away', retryAfter: 7 }],
    ['asks to wait', { kind: 'refused', why: 'locked', retryAfter: 7 }],
    ['does not know the kiosk', { kind: 'void' }],
  ])('keeps everything when the server %s', async (_what, answer) => {
    const memory = new Memory();
    let asked = 0;
    const courier = new Courier(memory, async () => (asked++, answer), () => NOW);
    await courier.keep(event('a', 2));
    await courier.keep(event('b', 1));
    const ended = await courier.deliver();
    expect(ended).toEqual(answer.kind === 'void' ? answer : { kind: 'away', retryAfter: 7 });
    expect(asked).toBe(1);
    expect(memory.events.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it.each<[Answer, Loss['why']]>([
    [{ kind: 'unclear', advice: [] }, 'frames-refused'],
    [{ kind: 'refused', why: 'not-recognised', retryAfter: null }, 'not-recognised'],
    [{ kind: 'refused', why: 'face-not-available', retryAfter: null }, 'face-not-available'],
    [{ kind: 'refused', why: 'other', retryAfter: null }, 'other'],
  ])('tells when one could not be recorded (%j), and goes on', async (answer, why) => {
    const memory = new Memory();
    const courier = new Courier(memory, async ({ id }) => (id === 'a' ? answer : greeted), () => NOW);
    await courier.keep(event('a', 2));
    await courier.keep(event('b', 1));
    expect(await courier.deliver()).toEqual({ kind: 'empty' });
    expect(memory.events).toEqual([]);
    expect(memory.lost).toEqual([{ at: event('a', 2).at, why }]);
  });

  it('tells of what cannot be read, and not of what another window sent', async () => {
    const memory = new Memory();
    const courier = new Courier(memory, async () => greeted, () => NOW);
    await courier.keep(event('unreadable', 3));
    await courier.keep(event('sent', 2));
    memory.take = async (id) => {
      if (id === 'sent') {
        await memory.remove(id);
      }
      return null;
    };
    await courier.deliver();
    expect(memory.lost).toEqual([{ at: event('unreadable', 3).at, why: 'other' }]);
    expect(memory.events).toEqual([]);
  });

  it('is bounded in number, and gives up none that waits for one that comes', async () => {
    const memory = new Memory();
    const courier = new Courier(memory, async () => greeted, () => NOW);
    for (let i = 0; i < MOST_EVENTS; i++) {
      expect(await courier.keep(event(String(i), i))).toBe(true);
    }
    expect(await courier.keep(event('more', 0))).toBe(false);
    expect(memory.events).toHaveLength(MOST_EVENTS);
    const small = new Memory();
    small.room = 0;
    expect(await new Courier(small, async () => greeted, () => NOW).keep(event('a', 0))).toBe(false);
  });

  it('is bounded in age, with the server or without', async () => {
    const limit = MOST_AGE_MS / 60_000;
    const memory = new Memory();
    const courier = new Courier(memory, async () => greeted, () => NOW);
    await courier.keep(event('old', limit + 1));
    await courier.keep(event('young', limit));
    await courier.expire();
    expect(memory.events.map(({ id }) => id)).toEqual(['young']);
    expect(memory.lost.map(({ why }) => why)).toEqual(['too-old']);
  });
});

describe('back-off', () => {
  it('doubles to a minute, spreads the kiosks, and waits as long as the server asks', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((failures) => backOff(failures, null, 0.5))).toEqual([
      2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ]);
    expect(backOff(1, null, 0)).toBe(1500);
    expect(backOff(1, null, 1)).toBe(2500);
    expect(backOff(1, 30, 0.5)).toBe(30_000);
  });
});

describe('what waits', () => {
  it('opens with its key and name only', async () => {
    const generate = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const key = await generate();
    const frames = [new Blob([new Uint8Array([1, 2, 3])]), new Blob([]), new Blob([new Uint8Array([4])])];
    const sealed = await seal(key, await pack({ kind: 'frames', frames }), 'one');
    const opened = unpack(await unseal(key, sealed, 'one'));
    const bytes = await Promise.all((opened.kind === 'frames' ? opened.frames : []).map(async (frame) => [...new Uint8Array(await frame.arrayBuffer())]));
    expect(bytes).toEqual([[1, 2, 3], [], [4]]);
    await expect(unseal(key, sealed, 'another')).rejects.toThrow();
    await expect(unseal(await generate(), sealed, 'one')).rejects.toThrow();
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('may be a PIN', async () => {
    const pin = { kind: 'pin', username: 'josé', pin: '271828' } as const;
    expect(unpack((await pack(pin)).buffer)).toEqual(pin);
  });
});

describe('answers', () => {
  const problem = (status: number, kind: string, retryAfter: string | null = null) =>
    answerOf(parseProblem(status, JSON.stringify({ type: `/problems/${kind}` }), retryAfter));
  it('are told apart', () => {
    expect(answerOf(UNREACHABLE).kind).toBe('away');
    expect(problem(503, 'database-unavailable', '5')).toEqual({ kind: 'away', retryAfter: 5 });
    expect(problem(503, 'busy').kind).toBe('away');
    expect(problem(502, '').kind).toBe('away');
    expect(problem(401, 'not-signed-in')).toEqual({ kind: 'void' });
    expect(problem(401, 'not-recognised')).toEqual({ kind: 'refused', why: 'not-recognised', retryAfter: null });
    expect(problem(429, 'too-many-attempts', '12')).toEqual({ kind: 'refused', why: 'locked', retryAfter: 12 });
    expect(problem(409, 'face-not-available')).toMatchObject({ why: 'face-not-available' });
    expect(problem(422, 'frames-refused').kind).toBe('unclear');
    expect(problem(500, 'fault')).toMatchObject({ kind: 'refused', why: 'other' });
  });

  it('end a session over the socket', () => {
    const refused = (reason: string, retryAfter: number | null = null) => answerIn({ stage: 'refused', reason, text: '', retryAfter });
    expect(answerIn({ stage: 'connecting' })).toBeNull();
    expect(answerIn({ stage: 'accepted' })).toBeNull();
    expect(answerIn({ stage: 'greeted', greeting })).toEqual(greeted);
    expect(answerIn({ stage: 'lost' })).toEqual({ kind: 'away', retryAfter: null });
    expect(refused('NOT_RECOGNISED')).toMatchObject({ why: 'not-recognised' });
    expect(refused('LOCKED', 9)).toEqual({ kind: 'refused', why: 'locked', retryAfter: 9 });
    expect(refused('EXPIRED')).toMatchObject({ kind: 'unclear' });
    expect(refused('POLICY_NOT_AVAILABLE')).toMatchObject({ why: 'face-not-available' });
    expect(refused('FAULT', 5)).toMatchObject({ why: 'other', retryAfter: 5 });
  });

  it('of an empty corridor are known', () => {
    const unclear = (...codes: string[]): Answer => ({ kind: 'unclear', advice: codes.map((code) => ({ code, text: '' })) });
    expect(showsNobody(unclear('LOOK_AT_CAMERA'))).toBe(true);
    expect(showsNobody(unclear('LOOK_AT_CAMERA', 'MORE_LIGHT'))).toBe(false);
    expect(showsNobody(greeted)).toBe(false);
  });
});

describe('the stages', () => {
  const looking = follow(IDLE, { type: 'moved', at: 1 });
  const answered = (stage: Stage, answer: Answer, byPin = false, lastTry = false) =>
    follow(stage, { type: 'answered', answer, byPin, lastTry });

  it('go from somebody who comes to a greeting and back', () => {
    expect(looking).toMatchObject({ name: 'looking', byTouch: false });
    const sent = follow(looking, { type: 'sent' });
    const done = answered(sent, greeted);
    expect(done).toEqual({ name: 'greeted', greeting });
    expect(staysFor(done)).toBe(3500);
    expect(follow(done, { type: 'over' })).toEqual(IDLE);
  });

  it('give an advice until the last try', () => {
    const unclear: Answer = { kind: 'unclear', advice: [{ code: 'MORE_LIGHT', text: '' }] };
    expect(answered(looking, unclear)).toMatchObject({ name: 'looking', advice: { code: 'MORE_LIGHT' }, sent: false });
    expect(answered(looking, unclear, false, true)).toMatchObject({ name: 'refused', why: 'unclear' });
  });

  it('tell nobody what became of whoever left', () => {
    expect(answered(IDLE, greeted)).toEqual(IDLE);
    expect(answered(looking, greeted, true)).toBe(looking);
    const pin = follow(looking, { type: 'pin' });
    expect(answered(pin, greeted)).toBe(pin);
  });

  it('let a PIN be typed again', () => {
    const pin = follow(IDLE, { type: 'pin' });
    expect(answered(pin, { kind: 'refused', why: 'not-recognised', retryAfter: null }, true)).toMatchObject({ name: 'pin', error: 'wrong' });
    expect(answered(pin, { kind: 'refused', why: 'locked', retryAfter: 30 }, true)).toMatchObject({ error: 'locked', retryAfter: 30 });
  });

  it('sleep only while nobody is there, and wake by a touch', () => {
    expect(follow(looking, { type: 'rested' })).toBe(looking);
    const asleep = follow(IDLE, { type: 'rested' });
    expect(asleep).toEqual({ name: 'asleep' });
    expect(follow(asleep, { type: 'moved', at: 2 })).toBe(asleep);
    expect(follow(asleep, { type: 'touched', at: 2 })).toEqual(IDLE);
    expect(follow(IDLE, { type: 'touched', at: 3 })).toMatchObject({ name: 'looking', byTouch: true, attempt: 3 });
  });
});

describe('a badge reader', () => {
  const type = (reader: BadgeReader, keys: readonly string[], gap: number, from = 1000) => {
    let answer: string | null = null;
    keys.forEach((key, index) => {
      answer = reader.key(key, from + index * gap);
    });
    return answer;
  };

  it('is told from somebody who types by its speed', () => {
    expect(type(new BadgeReader(), [...'04A1B2C3', 'Enter'], 8)).toBe('04A1B2C3');
    expect(type(new BadgeReader(), ['Shift', 'A', 'Shift', 'B', '1', '2', 'Enter'], 8)).toBe('AB12');
    expect(type(new BadgeReader(), [...'04A1B2C3', 'Enter'], 120)).toBeNull();
    expect(type(new BadgeReader(), [...'123', 'Enter'], 8)).toBeNull();
    expect(type(new BadgeReader(), [...';--?', 'Enter'], 8)).toBeNull();
  });

  it('begins anew after a pause', () => {
    const reader = new BadgeReader();
    expect(type(reader, [...'9999'], 8)).toBeNull();
    expect(type(reader, [...'04A1B2C3', 'Enter'], 8, 5000)).toBe('04A1B2C3');
    expect(reader.key('Enter', 5100)).toBeNull();
  });

  it('asks, waits, and says when the badge is not known', async () => {
    const asking = follow(IDLE, { type: 'badge' });
    expect(asking).toEqual({ name: 'badge' });
    expect(staysFor(asking)).toBe(10_000);
    const unknown: Answer = { kind: 'refused', why: 'unknown-badge', retryAfter: null };
    const answered = { type: 'answered', answer: unknown, byPin: false, byBadge: true, lastTry: true } as const;
    expect(follow(asking, answered)).toMatchObject({ name: 'refused', why: 'unknown-badge' });
    expect(follow(asking, { ...answered, answer: greeted })).toMatchObject({ name: 'greeted' });
    // The answer to a look that the badge ended is nobody's any more.
    expect(follow(asking, { ...answered, byBadge: false })).toBe(asking);
    expect(follow(IDLE, answered)).toBe(IDLE);
    const badge = { kind: 'badge', badge: '04A1B2C3' } as const;
    expect(unpack((await pack(badge)).buffer)).toEqual(badge);
  });
});

describe('movement', () => {
  const picture = (value: (x: number, y: number) => number) => {
    const rgba = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
    for (let i = 0; i < WIDTH * HEIGHT; i++) {
      rgba.fill(value(i % WIDTH, Math.floor(i / WIDTH)), 4 * i, 4 * i + 3);
    }
    return brightness(rgba);
  };
  const corridor = picture((x) => 60 + x);
  it.each([
    ['nothing', picture((x) => 60 + x), false],
    ['noise', picture((x, y) => 60 + x + ((x * 7 + y * 13) % 9)), false],
    ['the light', picture((x) => 110 + x), false],
    ['a fly', picture((x, y) => (x === 3 && y === 3 ? 255 : 60 + x)), false],
    ['somebody', picture((x, y) => (x > 10 && x < 17 && y > 8 && y < 16 ? 150 : 60 + x)), true],
  ])('%s', (_what, after, expected) => {
    expect(moved(corridor, after)).toBe(expected);
  });
});

describe('the clock', () => {
  const time = (zone: string) => inZone('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone)(NOW);
  it.each([
    ['America/Sao_Paulo', '09:00'],
    ['Z', '12:00'],
    ['-03:00', '09:00'],
    ['UTC+5', '17:00'],
    ['GMT+05:30', '17:30'],
    ['-00:30', '11:30'],
  ])('follows %s', (zone, expected) => {
    expect(time(zone)).toBe(expected);
  });
  it('goes on in a zone that the browser does not know', () => {
    expect(time('Mars/Olympus')).toMatch(/^\d\d:\d\d$/);
  });
});

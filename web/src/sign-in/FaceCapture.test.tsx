// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cameras, canvases, type FakeTrack } from '../testing/camera.ts';
import { serve, show } from '../testing/page.tsx';
import { FaceCapture } from './FaceCapture.tsx';

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 1;
  bufferedAmount = 0;
  sent: unknown[] = [];

  constructor() {
    super();
    FakeSocket.made.push(this);
  }

  send(data: unknown) {
    this.sent.push(data);
  }

  close() {
    this.readyState = 3;
  }

  say(json: object) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(json) }));
  }

  drop() {
    this.dispatchEvent(Object.assign(new Event('close'), { code: 1006 }));
  }
}

let tracks: FakeTrack[];
let drawn: HTMLCanvasElement[];
let finished: string[];
let asked: string[];

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const server = () => FakeSocket.made.at(-1)!;
const tell = (json: object) => act(async () => server().say(json));
const drop = () => act(async () => server().drop());
const open = async () => {
  show(
    <FaceCapture
      department="icu"
      username=""
      onFinish={(_redirect, person) => {
        finished.push(person.displayName);
        return Promise.resolve();
      }}
      onCancel={() => asked.push('cancel')}
      onPassword={() => asked.push('password')}
    />,
  );
  await pass(500);
};
const feedback = (more: object) => ({ type: 'feedback', accepted: true, advice: [], good: 1, wanted: 3, ...more });

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  finished = [];
  asked = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  ({ tracks } = cameras('a'));
  drawn = canvases();
  serve(({ path }) => (path === '/sign-in/face' ? {} : undefined));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('before the camera', () => {
  it('a script is said step by step, with its flash of colours, and nothing of the pictures is left', async () => {
    await open();
    const script = [
      { action: 'NOD', window_ms: 4000 },
      { action: 'COLOUR_FLASH', window_ms: 6000, colours: ['RED', 'BLUE'], colour_ms: 500 },
    ];
    await tell({ type: 'session', session_id: 's', frames_wanted: 3, script });
    await pass(200);
    expect(drawn.length).toBeGreaterThan(0);
    expect(server().sent.some((sent) => sent instanceof Blob)).toBe(true);

    await tell(feedback({ step: { index: 0, of: 2, action: 'NOD', remaining_ms: 4000, begun: true } }));
    await pass(1000);
    expect(screen.getByText('Step 1 of 2')).toBeDefined();
    expect(screen.getByRole('status').textContent).toBe('Nod once');
    expect(document.querySelector('[data-action]')?.getAttribute('data-action')).toBe('NOD');
    expect(document.querySelector('[data-colour]')).toBeNull();

    await tell(feedback({ step: { index: 1, of: 2, action: 'COLOUR_FLASH', remaining_ms: 6000, begun: true } }));
    const colour = () => document.querySelector('[data-colour]')?.getAttribute('data-colour');
    expect(screen.getByText('Step 2 of 2')).toBeDefined();
    expect(colour()).toBe('RED');
    await pass(500);
    expect(colour()).toBe('BLUE');
    await pass(500);
    expect(colour()).toBeUndefined();

    expect(drawn.every((canvas) => canvas.width > 0)).toBe(true);
    await tell({ type: 'result', outcome: 'accepted' });
    await tell({ type: 'authentication_complete', access_token: 't', user: { display_name: 'Ana' } });
    await pass(500);
    expect(finished).toEqual(['Ana']);
    expect(tracks.map((track) => track.readyState)).toEqual(['ended']);
    expect(drawn.map((canvas) => canvas.width + canvas.height).every((size) => size === 0)).toBe(true);
  });

  it('an acceptance is felt once, also when the token comes in the same moment', async () => {
    const shaken: unknown[] = [];
    vi.stubGlobal('navigator', Object.assign(navigator, { vibrate: (pattern: unknown) => shaken.push(pattern) }));
    await open();
    await tell({ type: 'session', session_id: 's', frames_wanted: 3, script: [] });
    await pass(200);
    expect(shaken).toEqual([]);
    await act(async () => {
      server().say({ type: 'result', outcome: 'accepted' });
      server().say({ type: 'authentication_complete', access_token: 't', user: { display_name: 'Ana' } });
    });
    await pass(500);
    expect(finished).toEqual(['Ana']);
    expect(shaken).toEqual([[60, 60, 60]]);
  });

  it('a line that drops is taken up twice, and then it is told and the password offered', async () => {
    await open();
    for (const times of [1, 2]) {
      expect(FakeSocket.made).toHaveLength(times);
      await drop();
      await pass(1000);
      expect(screen.getByRole('status').textContent).toBe('The connection was lost. Trying again…');
      await pass(1500);
    }
    expect(FakeSocket.made).toHaveLength(3);
    await drop();
    await pass(3000);
    expect(FakeSocket.made).toHaveLength(3);
    expect(screen.getByRole('alert').textContent).toContain('Check that this device is on the network');
    expect(tracks.every((track) => track.readyState === 'ended')).toBe(true);
    screen.getByRole('button', { name: 'Use password' }).click();
    expect(asked).toEqual(['password']);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await pass(500);
    expect(FakeSocket.made).toHaveLength(4);
  });

  it('who is refused reads why, and waits as long as the server says', async () => {
    await open();
    await tell({ type: 'session', session_id: 's', frames_wanted: 3 });
    await tell({ type: 'result', outcome: 'refused', reason: 'LOCKED', text: 'x', retry_after: 30 });
    await pass(500);
    expect(screen.getByRole('alert').textContent).toContain('Face sign-in is paused for a while');
    const [first, second] = screen.getAllByRole<HTMLButtonElement>('button');
    expect(first?.textContent).toBe('Use password');
    expect(second?.textContent).toBe('Try again in 30 s');
    expect(second?.disabled).toBe(true);
    await pass(31_000);
    expect(second?.disabled).toBe(false);
  });
});

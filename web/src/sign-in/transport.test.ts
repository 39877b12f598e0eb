import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keep, remember } from '../capture/kept.ts';
import { connect, GONE_WITHIN_MS, SEEN_WITHIN_MS, VIDEO_WITHIN_MS, type Transport, type TransportListener } from './transport.ts';

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readonly address: string;
  readyState = 1;
  bufferedAmount = 0;
  sent: unknown[] = [];

  constructor(address: string) {
    super();
    this.address = address;
    FakeSocket.made.push(this);
  }

  send(data: unknown) {
    this.sent.push(data);
  }

  close() {
    this.readyState = 3;
  }
}

class FakeChannel extends EventTarget {
  closed = false;

  close() {
    this.closed = true;
  }
}

class FakePeer extends EventTarget {
  static made: FakePeer[] = [];
  static parameters: { encodings: Record<string, unknown>[] } | undefined;
  readonly channel = new FakeChannel();
  connectionState = 'new';
  localDescription: { sdp: string } | null = null;
  remote: unknown = null;
  label = '';
  set: unknown = null;
  directions: string[] = [];
  configuration: unknown = { bundlePolicy: 'max-bundle' };

  constructor() {
    super();
    FakePeer.made.push(this);
  }

  getConfiguration() {
    return this.configuration;
  }

  setConfiguration(configuration: unknown) {
    this.configuration = configuration;
  }

  createDataChannel(label: string) {
    this.label = label;
    return this.channel;
  }

  addTransceiver(_track: unknown, init: { direction: string }) {
    this.directions.push(init.direction);
    return {
      sender: {
        getParameters: () => FakePeer.parameters,
        setParameters: (parameters: unknown) => {
          this.set = parameters;
          return Promise.resolve();
        },
      },
    };
  }

  createOffer() {
    return Promise.resolve({ sdp: 'offer' });
  }

  setLocalDescription(description: { sdp: string }) {
    this.localDescription = description;
    return Promise.resolve();
  }

  setRemoteDescription(description: unknown) {
    this.remote = description;
    return Promise.resolve();
  }

  close() {
    this.connectionState = 'closed';
  }
}

type Call = { readonly path: string; readonly init: RequestInit };

let calls: Call[];
let whip: () => Response;
let heard: unknown[];
let transport: Transport | null;

const listener: TransportListener = {
  onOpen: (way) => heard.push(way),
  onMessage: (text) => heard.push(text),
  onClosed: (code) => heard.push(code),
};
const stream = {
  getVideoTracks: () => [{ kind: 'video', getSettings: () => ({ width: 1920, height: 1080 }) }],
} as unknown as MediaStream;
const open = (on: MediaStream | null = stream) => {
  transport = connect({ department: 'icu', username: 'ana' }, on, listener);
  return transport;
};
const settle = () => vi.advanceTimersByTimeAsync(1);
const peer = () => FakePeer.made[0]!;
const json = (body: unknown, status: number) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  FakePeer.made = [];
  FakePeer.parameters = { encodings: [{}] };
  calls = [];
  heard = [];
  remembered.clear();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => remembered.get(name) ?? null,
    setItem: (name: string, value: string) => remembered.set(name, value),
    removeItem: (name: string) => remembered.delete(name),
  });
  keep({ videoFailedAt: 0 });
  videoStatus = 'UNUSED';
  relay = null;
  whip = () => new Response('answer', { status: 201 });
  vi.stubGlobal('window', { location: { origin: 'https://vultus.example' } });
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('RTCPeerConnection', FakePeer);
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (path === '/face-auth/health') {
      return Promise.resolve(json({ video: { status: videoStatus, relay } }, 200));
    }
    calls.push({ path, init });
    if (init.method === 'OPTIONS') {
      expect(peer().localDescription).toBeNull();
      return Promise.resolve(new Response(null, { status: 204, headers: { Link: LINK } }));
    }
    if (init.method === 'DELETE') {
      return Promise.resolve(new Response(null, { status: 200 }));
    }
    return Promise.resolve(path.endsWith('/whip') ? whip() : json({ session_id: 's 1', token: 't' }, 201));
  });
});

afterEach(() => {
  transport?.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const LINK =
  '<turn:relay.example:3478>; rel="ice-server"; username="9:s"; credential="a+/=,;"; credential-type="password", ' +
  '<turns:relay.example>; rel="ice-server"; username="9:s"; credential="b"; credential-type="password", <https://example>; rel="help"';
let videoStatus = 'UNUSED';
let relay: unknown = null;
const remembered = new Map<string, string>();

describe('a connection', () => {
  it('sends single pictures at once where the server takes no video', async () => {
    videoStatus = 'OFF';
    open();
    await settle();
    expect(calls).toEqual([]);
    expect(FakeSocket.made).toHaveLength(1);
  });

  it('is a live video where that is possible', async () => {
    open();
    await settle();
    expect(calls.map((call) => call.path)).toEqual(['/face-auth/sessions', '/face-auth/sessions/s%201/whip']);
    expect(calls[0]!.init.body).toBe('{"department":"icu","username":"ana"}');
    expect(calls[1]!.init.headers).toEqual({ Authorization: 'Bearer t', 'Content-Type': 'application/sdp' });
    expect(calls[1]!.init.body).toBe('offer');
    expect(peer().label).toBe('vultus');
    expect(peer().directions).toEqual(['sendonly']);
    expect(peer().set).toEqual({ encodings: [{ maxFramerate: 10, maxBitrate: 2_000_000, scaleResolutionDownBy: 1.5 }] });
    expect(peer().remote).toEqual({ type: 'answer', sdp: 'answer' });
    peer().channel.dispatchEvent(new Event('open'));
    peer().channel.dispatchEvent(new MessageEvent('message', { data: '{"type":"session"}' }));
    peer().channel.dispatchEvent(new MessageEvent('message', { data: '{"type":"feedback"}' }));
    await vi.advanceTimersByTimeAsync(VIDEO_WITHIN_MS + SEEN_WITHIN_MS);
    expect(heard).toEqual(['video', '{"type":"session"}', '{"type":"feedback"}']);
    expect(transport!.wantsPicture()).toBe(false);
    expect(FakeSocket.made).toHaveLength(0);
  });

  it('goes by the relay where the server has one for its clients', async () => {
    relay = { status: 'UP', for_clients: true };
    open();
    await settle();
    expect(calls.map((call) => call.init.method)).toEqual(['POST', 'OPTIONS', 'POST']);
    expect(calls[1]!.init.headers).toEqual({ Authorization: 'Bearer t' });
    expect(calls[2]!.init.body).toBe('offer');
    expect(peer().configuration).toEqual({
      bundlePolicy: 'max-bundle',
      iceServers: [
        { urls: 'turn:relay.example:3478', username: '9:s', credential: 'a+/=,;' },
        { urls: 'turns:relay.example', username: '9:s', credential: 'b' },
      ],
    });
  });

  it('asks for no relay that is not for clients', async () => {
    relay = { status: 'UP', for_clients: false };
    open();
    await settle();
    expect(peer().configuration).toEqual({ bundlePolicy: 'max-bundle' });
  });

  it('that is not taken ends the session that was opened for it', async () => {
    whip = () => new Response(null, { status: 422 });
    open();
    await settle();
    expect(calls.at(-1)).toMatchObject({ path: '/face-auth/sessions/s%201', init: { method: 'DELETE' } });
    expect(calls.at(-1)!.init.headers).toEqual({ Authorization: 'Bearer t' });
    expect(FakeSocket.made).toHaveLength(1);
  });

  it('ends with the page, which tells the server', async () => {
    open();
    await settle();
    transport!.close();
    expect(calls.at(-1)).toMatchObject({ path: '/face-auth/sessions/s%201/whip', init: { method: 'DELETE', keepalive: true } });
    expect(peer().connectionState).toBe('closed');
    expect(peer().channel.closed).toBe(true);
    peer().channel.dispatchEvent(new Event('close'));
    expect(heard).toEqual([]);
  });

  it('sends what the server asks for', async () => {
    whip = () =>
      new Response('b=AS:900\r\na=framerate:15\r\na=imageattr:* recv [x=[320:16:640],y=[240:16:640]]\r\n', { status: 201 });
    open();
    await settle();
    expect(peer().set).toEqual({ encodings: [{ maxFramerate: 15, maxBitrate: 900_000, scaleResolutionDownBy: 3 }] });
  });

  it('that hears nothing for a while is lost, and one that comes back is not', async () => {
    open();
    await settle();
    peer().channel.dispatchEvent(new Event('open'));
    peer().channel.dispatchEvent(new MessageEvent('message', { data: 'session' }));
    peer().channel.dispatchEvent(new MessageEvent('message', { data: 'feedback' }));
    const state = (name: string) => {
      peer().connectionState = name;
      peer().dispatchEvent(new Event('connectionstatechange'));
    };
    state('disconnected');
    await vi.advanceTimersByTimeAsync(GONE_WITHIN_MS - 1);
    state('connected');
    await vi.advanceTimersByTimeAsync(GONE_WITHIN_MS);
    expect(heard.splice(0)).toEqual(['video', 'session', 'feedback']);
    state('disconnected');
    await vi.advanceTimersByTimeAsync(GONE_WITHIN_MS);
    expect(heard).toEqual([1006]);
    expect(peer().connectionState).toBe('closed');
  });

  it('that breaks after it was open is lost', async () => {
    open();
    await settle();
    peer().channel.dispatchEvent(new Event('open'));
    peer().connectionState = 'failed';
    peer().dispatchEvent(new Event('connectionstatechange'));
    peer().channel.dispatchEvent(new Event('close'));
    expect(heard).toEqual(['video', 1006]);
    expect(FakeSocket.made).toHaveLength(0);
  });

  it('works in a browser that cannot limit its video', async () => {
    FakePeer.parameters = undefined;
    open();
    await settle();
    peer().channel.dispatchEvent(new Event('open'));
    expect(heard).toEqual(['video']);
  });
});

describe('single pictures', () => {
  const expectPictures = () => {
    expect(FakeSocket.made).toHaveLength(1);
    expect(FakeSocket.made[0]!.address).toBe('wss://vultus.example/face-auth/icu?username=ana');
    FakeSocket.made[0]!.dispatchEvent(new MessageEvent('message', { data: 'm' }));
    expect(heard).toEqual(['pictures', 'm']);
    expect(transport!.wantsPicture()).toBe(true);
    const picture = new Blob(['p']);
    transport!.send(picture);
    expect(FakeSocket.made[0]!.sent).toEqual([picture]);
  };

  it('take over when the video does not open in time', async () => {
    open();
    await vi.advanceTimersByTimeAsync(VIDEO_WITHIN_MS - 10);
    expect(FakeSocket.made).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(20);
    expect(peer().connectionState).toBe('closed');
    expectPictures();
  });

  it('take over when the video is open and nothing of it is seen', async () => {
    open();
    await settle();
    peer().channel.dispatchEvent(new Event('open'));
    peer().channel.dispatchEvent(new MessageEvent('message', { data: 'session' }));
    await vi.advanceTimersByTimeAsync(SEEN_WITHIN_MS);
    expect(heard.splice(0)).toEqual(['video', 'session']);
    expect(peer().connectionState).toBe('closed');
    expectPictures();
  });

  it.each([503, 422, 410])('take over at once when the server answers %i', async (status) => {
    whip = () => json({ type: '/problems/video-unavailable' }, status);
    open();
    await settle();
    expectPictures();
  });

  it('take over when the server cannot be reached that way', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no')));
    open();
    await settle();
    expectPictures();
  });

  it('are sent where the browser has no WebRTC or refuses it', () => {
    vi.stubGlobal('RTCPeerConnection', undefined);
    open();
    expectPictures();
  });

  it('are sent when the constructor throws', () => {
    vi.stubGlobal(
      'RTCPeerConnection',
      class {
        constructor() {
          throw new Error('blocked');
        }
      },
    );
    open();
    expectPictures();
  });

  it('are sent without a stream', () => {
    open(null);
    expectPictures();
  });

  const again = () => {
    transport!.close();
    FakeSocket.made = [];
    heard = [];
    open();
  };

  it('are sent at once for half a day after a video did not arrive', async () => {
    open();
    await settle();
    await vi.advanceTimersByTimeAsync(VIDEO_WITHIN_MS);
    again();
    expectPictures();
    expect(FakePeer.made).toHaveLength(1);
    // Not asked, the browser keeps nothing of it when the page is gone.
    expect(remembered.size).toBe(0);
    remember(true);
    expect([...remembered.values()].join()).toContain('videoFailedAt');
    vi.setSystemTime(Date.now() + 13 * 60 * 60 * 1000);
    again();
    await settle();
    expect(FakePeer.made).toHaveLength(2);
  });

  it('are no habit where the server took no more videos', async () => {
    videoStatus = 'FULL';
    open();
    await settle();
    expectPictures();
    videoStatus = 'UP';
    again();
    await settle();
    FakePeer.made[1]!.channel.dispatchEvent(new Event('open'));
    expect(heard).toEqual(['video']);
  });

  it('end with the code of the socket', () => {
    open(null);
    FakeSocket.made[0]!.dispatchEvent(Object.assign(new Event('close'), { code: 4401 }));
    expect(heard).toEqual([4401]);
    expect(transport!.wantsPicture()).toBe(false);
  });
});

import { keep, kept } from '../capture/kept.ts';
import { kioskAddress, socketAddress } from './protocol.ts';

/** How pictures reach the server: as a live video (WebRTC), or one by one over a WebSocket. */
export type Way = 'video' | 'pictures';

/** What becomes of a connection. `onClosed` comes at most once, and nothing after it. */
export interface TransportListener {
  readonly onOpen: (way: Way) => void;
  /** Text as the server said it. */
  readonly onMessage: (text: unknown) => void;
  /** @param code as of a WebSocket; 1006 for a connection that broke. */
  readonly onClosed: (code: number) => void;
}

/** One connection to a face session. */
export interface Transport {
  /** Whether a picture handed over now would go out. Never, where the video does that by itself. */
  wantsPicture(): boolean;
  send(picture: Blob): void;
  /** Tells the server something, as JSON. */
  say(text: string): void;
  close(): void;
}

/** How a video ends that did not come about: the server takes none now, or its answer led nowhere. Nothing of the session has happened. */
const NOT_TAKEN = 0;
const NOT_ARRIVED = 1;

export interface Session {
  readonly department: string;
  readonly username: string;
  /** The credential of a kiosk, whose session is of its own departments; it sends single pictures. */
  readonly kiosk?: string;
}

/** A server that has not opened a session by then will not. */
const OPEN_WITHIN_MS = 10_000;

/** Browsers that can reach the server directly do so within a second. */
export const VIDEO_WITHIN_MS = 3_000;

/** A video that is open and of which the server has seen nothing by then will not arrive: a path that lets only some packets through. */
export const SEEN_WITHIN_MS = 4_000;

/** A connection that hears nothing any more may come back; the server waits five seconds for it. */
export const GONE_WITHIN_MS = 4_000;

export function openSocket(session: Session, listener: TransportListener): Transport {
  const { origin } = window.location;
  const socket =
    session.kiosk === undefined
      ? new WebSocket(socketAddress(origin, session.department, session.username))
      : new WebSocket(kioskAddress(origin), ['vultus-kiosk', session.kiosk]);
  let over = false;
  const end = (code: number) => {
    if (!over) {
      over = true;
      clearTimeout(impatience);
      listener.onClosed(code);
    }
  };
  const impatience = setTimeout(() => {
    end(1006);
    socket.close();
  }, OPEN_WITHIN_MS);
  let heard = false;
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (over) {
      return;
    }
    if (!heard) {
      heard = true;
      clearTimeout(impatience);
      listener.onOpen('pictures');
    }
    listener.onMessage(event.data);
  });
  socket.addEventListener('close', (event) => end(event.code));
  return {
    // On a slow line the picture before may still be on its way when it has been given up.
    wantsPicture: () => !over && socket.readyState === WebSocket.OPEN && socket.bufferedAmount === 0,
    send: (picture) => socket.send(picture),
    say: (text) => socket.send(text),
    close: () => {
      over = true;
      clearTimeout(impatience);
      socket.close();
    },
  };
}

/**
 * Live video by WHIP (RFC 9725), with what the server says on a data channel. Closed with {@link NOT_TAKEN} or {@link NOT_ARRIVED} when it
 * could not be opened in time: another way may be tried then.
 */
export function openVideo(session: Session, stream: MediaStream, listener: TransportListener): Transport {
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const channel = connection.createDataChannel('vultus');
  const abort = new AbortController();
  let open = false;
  let over = false;
  let answered = false;
  let resource: { readonly session: string; readonly bearer: string } | null = null;

  const stop = () => {
    over = true;
    clearTimeout(impatience);
    clearTimeout(gone);
    abort.abort();
    channel.close();
    connection.close();
    if (resource !== null) {
      // The server sees the end of a video by itself as well, a few seconds later; of a session that has none yet, when its time is up.
      const { session, bearer } = resource;
      void fetch(answered ? `${session}/whip` : session, { method: 'DELETE', headers: authorization(bearer), keepalive: true, credentials: 'omit' }).catch(
        () => undefined,
      );
    }
  };
  const end = () => {
    if (!over) {
      stop();
      listener.onClosed(open ? 1006 : answered ? NOT_ARRIVED : NOT_TAKEN);
    }
  };
  const impatience = setTimeout(end, VIDEO_WITHIN_MS);
  let gone: ReturnType<typeof setTimeout> | undefined;

  channel.addEventListener('open', () => {
    if (!over) {
      open = true;
      clearTimeout(impatience);
      listener.onOpen('video');
    }
  });
  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (!over) {
      listener.onMessage(event.data);
    }
  });
  channel.addEventListener('close', end);
  connection.addEventListener('connectionstatechange', () => {
    clearTimeout(gone);
    if (connection.connectionState === 'disconnected') {
      gone = setTimeout(end, GONE_WITHIN_MS);
    } else if (connection.connectionState === 'failed' || connection.connectionState === 'closed') {
      end();
    }
  });

  const start = async () => {
    const health = await fetch('/face-auth/health', { credentials: 'omit', signal: abort.signal });
    const { video } = (await health.json()) as { video?: { status?: unknown; relay?: { for_clients?: unknown } | null } };
    if (video?.status === 'OFF' || video?.status === 'UNAVAILABLE' || video?.status === 'FULL') {
      throw new Error('no video');
    }
    const sender = addVideo(connection, stream);
    // Where there is a relay for us it must be known before the offer.
    const relayed = video?.relay?.for_clients === true;
    if (!relayed) {
      await connection.setLocalDescription(await connection.createOffer());
    }
    const opened = await fetch('/face-auth/sessions', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        department: session.department,
        ...(session.username === '' ? {} : { username: session.username }),
      }),
      credentials: 'omit',
      signal: abort.signal,
    });
    const { session_id: id, token } = (await opened.json()) as { session_id?: unknown; token?: unknown };
    if (!opened.ok || typeof id !== 'string' || typeof token !== 'string') {
      throw new Error('no session');
    }
    const address = `/face-auth/sessions/${encodeURIComponent(id)}`;
    resource = { session: address, bearer: token };
    const whip = `${address}/whip`;
    if (relayed) {
      const relays = await fetch(whip, { method: 'OPTIONS', headers: authorization(token), credentials: 'omit', signal: abort.signal });
      connection.setConfiguration({ ...connection.getConfiguration(), iceServers: iceServersOf(relays.headers.get('Link') ?? '') });
      await connection.setLocalDescription(await connection.createOffer());
    }
    const answer = await fetch(whip, {
      method: 'POST',
      headers: { ...authorization(token), 'Content-Type': 'application/sdp' },
      body: connection.localDescription?.sdp ?? '',
      credentials: 'omit',
      signal: abort.signal,
    });
    if (answer.status !== 201) {
      throw new Error('no answer');
    }
    const sdp = await answer.text();
    answered = true;
    if (!over) {
      await connection.setRemoteDescription({ type: 'answer', sdp });
      limit(sender, stream, wishOf(sdp));
    }
  };
  start().catch(end);

  return {
    wantsPicture: () => false,
    send: () => undefined,
    // The channel is the server's; what a client says comes by request, and the answer on the channel.
    say: (text) => {
      if (resource !== null) {
        void fetch(`${resource.session}/messages`, {
          method: 'POST',
          headers: { ...authorization(resource.bearer), 'Content-Type': 'application/json' },
          body: text,
          credentials: 'omit',
        }).catch(() => undefined);
      }
    },
    close: stop,
  };
}

/** For so long a browser whose video did not arrive sends single pictures at once: a firewall is in between, or was. */
const NOT_AGAIN_WITHIN_MS = 12 * 60 * 60 * 1000;

function failedLately(): boolean {
  const ago = Date.now() - (kept().videoFailedAt ?? NaN);
  return ago >= 0 && ago < NOT_AGAIN_WITHIN_MS;
}

/** Live video, and single pictures where that does not come about; then at once for half a day, also in another tab where the person lets the browser remember. */
export function connect(session: Session, stream: MediaStream | null, listener: TransportListener): Transport {
  if (failedLately() || session.kiosk !== undefined || stream === null || typeof RTCPeerConnection === 'undefined') {
    return openSocket(session, listener);
  }
  let current: Transport | null = null;
  let messages = 0;
  let patience: ReturnType<typeof setTimeout> | undefined;
  const pictures = () => {
    clearTimeout(patience);
    current?.close();
    current = openSocket(session, listener);
  };
  try {
    current = openVideo(session, stream, {
      onOpen: (way) => {
        patience = setTimeout(() => {
          keep({ videoFailedAt: Date.now() });
          pictures();
        }, SEEN_WITHIN_MS);
        listener.onOpen(way);
      },
      onMessage: (text) => {
        // The first says that the session is open; the second, what was seen.
        if (++messages > 1) {
          clearTimeout(patience);
        }
        listener.onMessage(text);
      },
      onClosed: (code) => {
        clearTimeout(patience);
        if (code === NOT_ARRIVED) {
          keep({ videoFailedAt: Date.now() });
        }
        if (code === NOT_TAKEN || code === NOT_ARRIVED) {
          pictures();
        } else {
          listener.onClosed(code);
        }
      },
    });
  } catch {
    pictures();
  }
  return {
    wantsPicture: () => current?.wantsPicture() === true,
    send: (picture) => current?.send(picture),
    say: (text) => current?.say(text),
    close: () => {
      clearTimeout(patience);
      current?.close();
    },
  };
}

function addVideo(connection: RTCPeerConnection, stream: MediaStream): RTCRtpSender {
  const track = stream.getVideoTracks()[0];
  if (track === undefined) {
    throw new Error('no video');
  }
  return connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] }).sender;
}

/** The relays in a header {@code Link} (RFC 9725, 4.6; RFC 8288). */
export function iceServersOf(link: string): RTCIceServer[] {
  const servers: RTCIceServer[] = [];
  for (const [, urls, rest] of link.matchAll(/<([^>]*)>((?:\s*;\s*[a-z-]+="[^"]*")*)/g)) {
    const said = new Map([...rest!.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    if (said.get('rel') === 'ice-server' && said.get('credential-type') === 'password') {
      servers.push({ urls: urls!, username: said.get('username') ?? '', credential: said.get('credential') ?? '' });
    }
  }
  return servers;
}

/** What a server asks for in its answer: pictures a second, the longer side in pixels, bits a second. */
export interface Wish {
  readonly rate: number;
  readonly side: number;
  readonly bits: number;
}

export function wishOf(sdp: string): Wish {
  const number = (pattern: RegExp, otherwise: number) => Number(pattern.exec(sdp)?.[1] ?? otherwise);
  return {
    rate: number(/^a=framerate:(\d+)/m, 10),
    side: number(/^a=imageattr:\S+ recv \[x=\[\d+:(?:\d+:)?(\d+)\]/m, 1280),
    bits: 1000 * number(/^b=AS:(\d+)/m, 2000),
  };
}

/** A browser that cannot limit what it sends sends more, and the server leaves pictures out. */
function limit(sender: RTCRtpSender, stream: MediaStream, wish: Wish) {
  const parameters = sender.getParameters() as RTCRtpSendParameters | undefined;
  const encoding = parameters?.encodings?.[0];
  if (parameters === undefined || encoding === undefined) {
    return;
  }
  const { width = 0, height = 0 } = stream.getVideoTracks()[0]?.getSettings() ?? {};
  encoding.maxFramerate = wish.rate;
  encoding.maxBitrate = wish.bits;
  encoding.scaleResolutionDownBy = Math.max(1, width / wish.side, height / wish.side);
  sender.setParameters(parameters).catch(() => undefined);
}

function authorization(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

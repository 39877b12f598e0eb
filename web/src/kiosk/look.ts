import { grabFrame, wipe } from '../capture/camera.ts';
import { adviceOn } from '../device/advice.ts';
import { readFace } from '../device/device.ts';
import { DOUBT_MS } from '../device/useDevice.ts';
import type { Answer, Frames, PunchEvent } from './api.ts';
import { showsNobody, type Happening } from './flow.ts';
import type { Server } from './useServer.ts';

/** Three good ones decide; two may be blurred or show a blink. */
const FRAMES = 5;
const BETWEEN_FRAMES_MS = 140;
/** For the person to have read where to look, and the camera to have found its exposure, where the device cannot tell. */
const SETTLE_MS = 350;
/** For the person to follow an advice. */
const BETWEEN_TRIES_MS = 500;
/** Where a movement or a face began it and the device sees none for so long, nobody is there any more. */
const NOBODY_AFTER_MS = 3_000;
const BETWEEN_READINGS_MS = 120;
const TRIES_BY_TOUCH = 6;
const TRIES_BY_MOVEMENT = 3;

/** Takes pictures and asks who it is, until that is known or there were tries enough. */
export async function look(
  video: HTMLVideoElement,
  byTouch: boolean,
  server: Pick<Server, 'link' | 'now' | 'punch' | 'keep'>,
  happen: (happening: Happening) => void,
  signal: AbortSignal,
): Promise<void> {
  const tries = byTouch ? TRIES_BY_TOUCH : TRIES_BY_MOVEMENT;
  for (let turn = 1; turn <= tries; turn++) {
    const worth = await judge(video, byTouch, happen, signal);
    if (worth === 'nobody') {
      happen({ type: 'nobody' });
      return;
    }
    if (worth === 'unknown' && turn === 1) {
      await pause(SETTLE_MS, signal);
    }
    const event: PunchEvent = {
      id: crypto.randomUUID(),
      at: new Date(server.now()).toISOString(),
      evidence: await frames(video, signal),
    };
    happen({ type: 'sent' });
    const answer: Answer = server.link === 'away' ? { kind: 'away', retryAfter: null } : await server.punch(event);
    if (answer.kind === 'away') {
      happen((await server.keep(event)) ? { type: 'kept', at: event.at } : { type: 'full' });
      return;
    }
    if (turn === tries && !byTouch && showsNobody(answer)) {
      signal.throwIfAborted();
      happen({ type: 'nobody' });
      return;
    }
    happen({ type: 'answered', answer, byPin: false, lastTry: turn === tries });
    if (answer.kind !== 'unclear') {
      return;
    }
    await pause(BETWEEN_TRIES_MS, signal);
  }
}

type Worth = 'good' | 'unknown' | 'nobody';

/** Waits until the device finds the picture good, or cannot tell, or nobody is there any more. */
async function judge(
  video: HTMLVideoElement,
  byTouch: boolean,
  happen: (happening: Happening) => void,
  signal: AbortSignal,
): Promise<Worth> {
  const begun = performance.now();
  let seen = begun;
  let before = null;
  for (;;) {
    const reading = await readFace(video);
    signal.throwIfAborted();
    const now = performance.now();
    if (reading === null || now - begun > DOUBT_MS) {
      return 'unknown';
    }
    const code = adviceOn(reading, 'sign-in', before);
    if (code === null) {
      return 'good';
    }
    before = reading;
    seen = reading.faces.length > 0 ? now : seen;
    if (!byTouch && now - seen > NOBODY_AFTER_MS) {
      return 'nobody';
    }
    happen({ type: 'advised', advice: { code, text: '' } });
    await pause(BETWEEN_READINGS_MS, signal);
  }
}

async function frames(video: HTMLVideoElement, signal: AbortSignal): Promise<Frames> {
  const canvas = document.createElement('canvas');
  try {
    const taken: Blob[] = [];
    while (taken.length < FRAMES) {
      const frame = await grabFrame(video, canvas);
      if (frame !== null) {
        taken.push(frame);
      }
      await pause(BETWEEN_FRAMES_MS, signal);
    }
    return { kind: 'frames', frames: taken };
  } finally {
    wipe(canvas);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('left', 'AbortError'));
    });
  });
}

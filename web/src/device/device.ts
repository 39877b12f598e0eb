import runtime from 'virtual:onnx-runtime';
import type { Asked, Reading, Told } from './reading.ts';

/** A device that takes longer for one picture is too slow to help; the server's advice serves then. */
const PATIENCE_MS = 3_000;
/** Opening it may take long on a phone, which meanwhile goes by the server's advice. */
const START_WITHIN_MS = 60_000;

export type DeviceState = 'unused' | 'loading' | 'ready' | 'missing';

let state: DeviceState = 'unused';
let worker: Worker | null = null;
let next = 0;
let waiting: { readonly id: number; readonly tell: (reading: Reading | null) => void; readonly timer: ReturnType<typeof setTimeout> } | null = null;

export function deviceState(): DeviceState {
  return state;
}

/** Begins to load the networks, once. Where anything is missing, it says so by {@link deviceState} and nothing else. */
export function prepareDevice(): void {
  if (state !== 'unused') {
    return;
  }
  const able =
    typeof Worker !== 'undefined' &&
    typeof WebAssembly !== 'undefined' &&
    typeof OffscreenCanvas !== 'undefined' &&
    typeof DecompressionStream !== 'undefined' &&
    typeof createImageBitmap !== 'undefined';
  if (!able) {
    state = 'missing';
    return;
  }
  state = 'loading';
  const impatience = setTimeout(giveUp, START_WITHIN_MS);
  fetch('/models/on-device', { credentials: 'omit' })
    .then(async (answer) => {
      // 204: the server has none that a browser could or may use.
      if (answer.status !== 200) {
        throw new Error('none');
      }
      const models: unknown = await answer.json();
      worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vultus' });
      worker.addEventListener('error', giveUp);
      worker.addEventListener('message', (event: MessageEvent<Told>) => {
        const told = event.data;
        if (told.type === 'failed') {
          giveUp();
        } else if (told.type === 'ready') {
          clearTimeout(impatience);
          state = 'ready';
        } else if (waiting?.id === told.id) {
          finish(told.reading);
        }
      });
      ask({ type: 'start', runtime, models });
    })
    .catch((error: unknown) => {
      giveUp();
      if (error instanceof TypeError) {
        // The server is away: asked again next time.
        clearTimeout(impatience);
        state = 'unused';
      }
    });
}

/** The same when the page has nothing more urgent to do, and not where the person saves data. */
export function prepareDeviceWhenIdle(): () => void {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true) {
    return () => undefined;
  }
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(prepareDevice, 1_500);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(prepareDevice, { timeout: 5_000 });
  return () => cancelIdleCallback(idle);
}

/** What the video shows now; null where the device cannot tell, or is still busy with the picture before. */
export async function readFace(video: HTMLVideoElement): Promise<Reading | null> {
  if (state !== 'ready' || waiting !== null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) {
    return null;
  }
  const id = next++;
  const answer = new Promise<Reading | null>((resolve) => {
    waiting = { id, tell: resolve, timer: setTimeout(giveUp, PATIENCE_MS) };
  });
  try {
    const picture = await createImageBitmap(video);
    ask({ type: 'look', id, picture }, [picture]);
  } catch {
    // The camera went away meanwhile.
    finish(null);
  }
  return answer;
}

function ask(asked: Asked, transfer: Transferable[] = []): void {
  worker?.postMessage(asked, transfer);
}

function finish(reading: Reading | null): void {
  if (waiting !== null) {
    const { tell, timer } = waiting;
    waiting = null;
    clearTimeout(timer);
    tell(reading);
  }
}

function giveUp(): void {
  state = 'missing';
  worker?.terminate();
  worker = null;
  finish(null);
}

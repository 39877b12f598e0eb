import { useEffect, type RefObject } from 'react';
import { nearness } from '../device/advice.ts';
import { deviceState, readFace } from '../device/device.ts';
import { brightness, HEIGHT, moved, WIDTH } from './motion.ts';

const LOOK_EVERY_MS = 250;
/** Whoever was just greeted walks off first: movement counts again after this many still pictures, */
const STILL = 3;
/** or after this time, for a corridor where something always moves. */
const ARMED_AFTER_MS = 6_000;

/** Where the device can tell faces: so near one wakes the kiosk, as its height over the shorter side of the picture. */
const NEAR = 0.13;
/** Without movement the device looks for a face at every fourth picture only. */
const SELDOM = 4;

/**
 * Tells when somebody comes near, from what stays in this page: a face where the device can tell one, else something that moves in
 * pictures of a few cells.
 *
 * @param empty how many looks in a row showed nobody; the more, the longer is waited where it is never still
 */
export function useMovement(
  video: RefObject<HTMLVideoElement | null>,
  watching: boolean,
  empty: number,
  onMovement: (counts: boolean) => void,
): void {
  useEffect(() => {
    if (!watching) {
      return;
    }
    const canvas = document.createElement('canvas');
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const begun = performance.now();
    const armedAfter = ARMED_AFTER_MS * 2 ** Math.min(empty, 4);
    let before: Uint8Array | null = null;
    let still = empty === 0 ? 0 : -STILL;
    let armed = false;
    let ended = false;
    let turn = 0;
    const look = async (element: HTMLVideoElement) => {
      const reading = await readFace(element);
      if (ended || reading === null) {
        return;
      }
      const near = nearness(reading) >= NEAR;
      armed ||= !near || performance.now() - begun > armedAfter;
      if (near) {
        onMovement(armed);
      }
    };
    const timer = setInterval(() => {
      const element = video.current;
      if (context === null || element === null || element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
        return;
      }
      context.drawImage(element, 0, 0, WIDTH, HEIGHT);
      const after = brightness(context.getImageData(0, 0, WIDTH, HEIGHT).data);
      if (before !== null) {
        const movement = moved(before, after);
        still = movement ? 0 : still + 1;
        armed ||= still >= STILL || performance.now() - begun > armedAfter;
        if (deviceState() === 'ready') {
          if (movement || turn++ % SELDOM === 0) {
            void look(element);
          }
        } else if (movement) {
          onMovement(armed);
        }
      }
      before = after;
    }, LOOK_EVERY_MS);
    return () => {
      ended = true;
      clearInterval(timer);
      canvas.width = 0;
    };
  }, [video, watching, empty, onMovement]);
}

import { useEffect, useRef, useState, type RefObject } from 'react';
import { adviceOn, type DeviceAdvice, type Purpose } from './advice.ts';
import { deviceState, prepareDevice, readFace } from './device.ts';
import type { Reading } from './reading.ts';

const BETWEEN_LOOKS_MS = 150;
/** Whoever opened the camera waits so long for the networks to load, and then goes by the server's advice. */
const LOADING_MS = 1_500;
/** Where the device finds nothing to be good for so long the server has the word: it may see what the device does not. */
export const DOUBT_MS = 8_000;

export interface Device {
  /** What to do first; null where the device has no advice. */
  readonly advice: DeviceAdvice | null;
  /** A picture was good, or the device cannot tell: pictures may be sent in this attempt. */
  readonly passed: boolean;
  /** Whether the picture now is of no use. */
  readonly useless: RefObject<boolean>;
}

/** Looks at the video while `watching`. Each `attempt` begins anew. */
export function useDevice(video: RefObject<HTMLVideoElement | null>, watching: boolean, purpose: Purpose, attempt: number): Device {
  const [advice, setAdvice] = useState<DeviceAdvice | null>(null);
  const [passed, setPassed] = useState<number | null>(null);
  const useless = useRef(false);

  useEffect(() => {
    if (!watching) {
      return;
    }
    let left = false;
    let before: Reading | null = null;
    const begun = performance.now();
    prepareDevice();
    const look = async () => {
      while (!left) {
        const since = performance.now() - begun;
        const state = deviceState();
        if (state === 'missing' || state === 'unused' || since > DOUBT_MS) {
          break;
        }
        if (state === 'loading' && since > LOADING_MS) {
          setPassed(attempt);
        }
        const reading = video.current === null ? null : await readFace(video.current);
        if (left) {
          return;
        }
        if (reading !== null) {
          const found = adviceOn(reading, purpose, before);
          before = reading;
          useless.current = found !== null;
          setAdvice(found);
          if (found === null) {
            setPassed(attempt);
          }
        }
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
      }
      if (!left) {
        useless.current = false;
        setAdvice(null);
        setPassed(attempt);
      }
    };
    void look();
    return () => {
      left = true;
      useless.current = false;
      setAdvice(null);
    };
  }, [video, watching, purpose, attempt]);

  return { advice, passed: passed === attempt, useless };
}

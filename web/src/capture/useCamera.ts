import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { CameraError, listCameras, openCamera, type CameraProblem } from './camera.ts';
import { keep, kept } from './kept.ts';

export type CameraState =
  /** Also before and after it is wanted. */
  | { readonly status: 'opening' }
  | { readonly status: 'open' }
  /** Switched off because the page went out of sight. */
  | { readonly status: 'paused' }
  | { readonly status: 'failed'; readonly problem: CameraProblem };

export interface Camera {
  readonly state: CameraState;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly reopen: () => void;
  /** All there are, known once one is open. */
  readonly cameras: readonly MediaDeviceInfo[];
  /** The one that is open. */
  readonly chosen: string | null;
  /** Opens another, now and later: for as long as the page, or as the browser may remember. */
  readonly choose: (deviceId: string) => void;
}

/** Holds the camera open while the component is shown and `wanted`; stops it at the end and whenever the page is hidden. */
export function useCamera(wanted: boolean): Camera {
  const video = useRef<HTMLVideoElement | null>(null);
  const [state, setState] = useState<CameraState>({ status: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);

  useEffect(() => {
    setState({ status: 'opening' });
    if (!wanted) {
      return;
    }
    let ended = false;
    let stream: MediaStream | null = null;

    const stop = () => {
      ended = true;
      stream?.getTracks().forEach((track) => track.stop());
      if (video.current !== null) {
        video.current.srcObject = null;
      }
    };
    const pause = () => {
      if (!ended) {
        stop();
        setState({ status: 'paused' });
      }
    };
    const onVisibility = () => {
      // While the browser asks for permission iOS may hide the page for a moment: only an open camera is switched off.
      if (document.visibilityState === 'hidden' && stream !== null) {
        pause();
      }
    };
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', pause);

    const open = async () => {
      try {
        const opened = await openCamera(kept().camera ?? null);
        if (ended) {
          opened.getTracks().forEach((track) => track.stop());
          return;
        }
        stream = opened;
        opened.getVideoTracks()[0]?.addEventListener('ended', () => {
          if (!ended) {
            stop();
            setState({ status: 'failed', problem: 'failed' });
          }
        });
        const element = video.current;
        if (element !== null) {
          element.srcObject = opened;
          await element.play().catch(() => undefined);
        }
        if (!ended) {
          setState({ status: 'open' });
          setChosen(opened.getVideoTracks()[0]?.getSettings().deviceId ?? null);
          const there = await listCameras();
          if (!ended) {
            setCameras(there);
          }
        }
      } catch (error) {
        if (!ended) {
          stop();
          setState({ status: 'failed', problem: error instanceof CameraError ? error.problem : 'failed' });
        }
      }
    };
    void open();

    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', pause);
      stop();
    };
  }, [wanted, attempt]);

  const reopen = useCallback(() => setAttempt((count) => count + 1), []);
  const choose = useCallback(
    (deviceId: string) => {
      keep({ camera: deviceId });
      setChosen(deviceId);
      reopen();
    },
    [reopen],
  );
  return { state, video, reopen, cameras, chosen, choose };
}

import { Button, Loader } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { grabFrame, wipe } from '../capture/camera.ts';
import { CameraHelp } from '../capture/CameraHelp.tsx';
import { CameraTools } from '../capture/CameraTools.tsx';
import { cue } from '../capture/cues.ts';
import { useCamera } from '../capture/useCamera.ts';
import { useSteady } from '../capture/useSteady.ts';
import { Viewfinder } from '../capture/Viewfinder.tsx';
import { adviceOn } from '../device/advice.ts';
import { prepareDevice, readFace } from '../device/device.ts';
import { DOUBT_MS } from '../device/useDevice.ts';
import { adviceText, type AdviceItem } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { check, type Verdict } from './api.ts';
import classes from './enrol.module.css';
import { useOfficer } from './officer.tsx';
import { SHOTS } from './photos.ts';

/** Time to read a prompt and move before the first picture is looked at. */
const READ_MS = 1800;
const BETWEEN_CHECKS_MS = 350;
const TAKEN_MS = 900;

interface GuidedCameraProps {
  readonly onShot: (jpeg: Blob, verdict: Verdict) => void;
  readonly onDone: () => void;
}

/** Asks for one pose after the other; looks until the server finds a picture good, and takes that one. */
export function GuidedCamera({ onShot, onDone }: GuidedCameraProps) {
  const words = useWords();
  const w = words.enrol;
  const { call } = useOfficer();
  const camera = useCamera(true);
  const [index, setIndex] = useState(0);
  const [phase, setPhase] = useState<'reading' | 'looking' | 'taken'>('reading');
  const [advice, setAdvice] = useState<AdviceItem | null>(null);
  const [error, setError] = useState<unknown>(null);
  const open = camera.state.status === 'open';
  const { video } = camera;
  const stage = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open || error !== null) {
      return;
    }
    if (index >= SHOTS.length) {
      onDone();
      return;
    }
    const leaving = new AbortController();
    const { signal } = leaving;
    const canvas = document.createElement('canvas');
    const look = async () => {
      setPhase('reading');
      setAdvice(null);
      await pause(READ_MS, signal);
      setPhase('looking');
      let before = null;
      let sent = performance.now();
      for (;;) {
        const element = video.current;
        // What is of no use is not sent; after a while the server has the word all the same.
        const reading = element === null ? null : await readFace(element);
        signal.throwIfAborted();
        const found = reading === null ? null : adviceOn(reading, 'enrolment', before);
        before = reading;
        if (found !== null && performance.now() - sent < DOUBT_MS) {
          setAdvice({ code: found, text: '' });
          await pause(BETWEEN_CHECKS_MS, signal);
          continue;
        }
        sent = performance.now();
        const frame = element === null ? null : await grabFrame(element, canvas);
        if (frame !== null) {
          const verdict = await check(call, frame, signal);
          signal.throwIfAborted();
          if (verdict.accepted) {
            onShot(frame, verdict);
            setPhase('taken');
            cue('step');
            setAdvice(null);
            await pause(TAKEN_MS, signal);
            setIndex(index + 1);
            return;
          }
          setAdvice(verdict.advice[0] ?? null);
        }
        await pause(BETWEEN_CHECKS_MS, signal);
      }
    };
    look()
      .catch((thrown: unknown) => {
        if (!signal.aborted) {
          setError(thrown);
        }
      })
      .finally(() => wipe(canvas));
    return () => leaving.abort();
  }, [open, index, error, call, onShot, onDone, video]);

  useEffect(prepareDevice, []);
  useEffect(() => {
    stage.current?.scrollIntoView({ block: 'start' });
  }, [open]);

  const shot = SHOTS[Math.min(index, SHOTS.length - 1)] ?? 'straight';
  const hint = useSteady(
    phase === 'taken' ? w.taken : phase === 'reading' ? w.getReady : advice === null ? '' : adviceText(words, advice),
    600,
  );

  if (camera.state.status === 'failed' || camera.state.status === 'paused' || error !== null) {
    return (
      <div className={`card padded ${classes.invite}`}>
        {error !== null ? (
          <ProblemAlert problem={problemIn(error)} />
        ) : camera.state.status === 'failed' ? (
          <CameraHelp problem={camera.state.problem} />
        ) : (
          words.signIn.paused
        )}
        <div className={`actions ${classes.inviteActions}`}>
          <Button
            size="lg"
            onClick={() => {
              setError(null);
              camera.reopen();
            }}
          >
            {words.tryAgain}
          </Button>
          <Button size="lg" variant="default" onClick={onDone}>
            {w.closeCamera}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={classes.stage} ref={stage}>
      <div className={classes.prompt}>
        <span className={classes.count}>{w.shotOf(Math.min(index + 1, SHOTS.length), SHOTS.length)}</span>
        <p className={classes.pose} role="status">
          {open ? w.shots[shot] : words.camera.opening}
        </p>
        <p className={classes.hint} aria-live="polite">
          {open ? hint || '\u00a0' : words.camera.allow}
        </p>
      </div>
      <Viewfinder
        video={video}
        label={words.signIn.cameraOf}
        good={phase === 'taken' ? index + 1 : index}
        wanted={SHOTS.length}
        mood={phase === 'looking' && advice !== null ? 'advice' : phase === 'taken' ? 'good' : 'waiting'}
        tools={<CameraTools camera={camera} />}
      >
        {camera.state.status === 'opening' && <Loader color="white" aria-label={words.camera.opening} />}
        {open && phase !== 'taken' && <span className={classes.arrow} data-towards={shot} aria-hidden="true" />}
      </Viewfinder>
      <div className="actions">
        <Button size="lg" variant="default" disabled={!open || phase === 'taken'} onClick={() => setIndex(index + 1)}>
          {w.skip}
        </Button>
        <Button size="lg" variant="default" onClick={onDone}>
          {w.closeCamera}
        </Button>
      </div>
    </div>
  );
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('left', 'AbortError'));
    });
  });
}

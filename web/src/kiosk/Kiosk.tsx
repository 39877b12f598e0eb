import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { remember } from '../capture/kept.ts';
import { useCamera } from '../capture/useCamera.ts';
import { prepareDeviceWhenIdle } from '../device/device.ts';
import { useLanguage } from '../words/words.tsx';
import { Administration } from './Administration.tsx';
import type { Answer } from './api.ts';
import { chime } from './chime.ts';
import { Ending } from './Ending.tsx';
import { follow, IDLE, staysFor, type Happening } from './flow.ts';
import { FramesLook } from './FramesLook.tsx';
import { Idle } from './Idle.tsx';
import classes from './kiosk.module.css';
import { look } from './look.ts';
import { PinPad } from './PinPad.tsx';
import { ScriptedLook } from './ScriptedLook.tsx';
import { StatusBar } from './StatusBar.tsx';
import { useBadge } from './useBadge.ts';
import { useMovement } from './useMovement.ts';
import { useServer } from './useServer.ts';
import { useStayHere, useWakeLock } from './useStayHere.ts';
import type { Settings, Vault } from './vault.ts';
import { useKioskWords } from './words.ts';

/** Without anybody for this long the camera goes off and the screen dark. */
const REST_AFTER_MS = 5 * 60_000;
/** A camera that failed may have been plugged in again. */
const REOPEN_AFTER_MS = 20_000;

interface KioskProps {
  readonly vault: Vault;
  readonly settings: Settings;
  readonly onForgotten: () => void;
}

/** The kiosk at work: one stage after another, and back to the first by itself. */
export function Kiosk({ vault, settings, onForgotten }: KioskProps) {
  const w = useKioskWords();
  const { language, speak } = useLanguage();
  const server = useServer(vault, settings);
  const [stage, happen] = useReducer(follow, IDLE);
  const [administering, setAdministering] = useState(false);
  const [touches, setTouches] = useState(0);
  const [empty, setEmpty] = useState(0);
  const [lastMovement, setLastMovement] = useState(0);
  const faces = server.registration.liveness !== null;
  const away = server.link === 'away';
  // A script is evidence of now: without the server there is the PIN.
  const scripted = faces && server.registration.liveness !== 'PASSIVE';
  // With the server away nobody can be told from an empty corridor, so that only a touch begins.
  const camera = useCamera(faces && !administering && stage.name !== 'asleep' && stage.name !== 'void' && !(away && stage.name === 'idle'));
  const open = camera.state.status === 'open';
  const { video, reopen } = camera;

  useStayHere();
  // The administrator who set it up chose for the device, not for a person.
  useEffect(() => remember(true), []);
  useEffect(() => (faces && !away ? prepareDeviceWhenIdle() : undefined), [faces, away]);
  useWakeLock(stage.name !== 'asleep');

  const onMovement = useCallback((counts: boolean) => {
    setLastMovement(performance.now());
    if (counts) {
      happen({ type: 'moved', at: performance.now() });
    }
  }, []);
  useMovement(video, stage.name === 'idle' && open && !away && !administering, empty, onMovement);

  const attempt = stage.name === 'looking' ? stage.attempt : null;
  const byTouch = stage.name === 'looking' && stage.byTouch;
  const latest = useRef(server);
  latest.current = server;
  useEffect(() => {
    const element = video.current;
    if (attempt === null || scripted || !open || element === null) {
      return;
    }
    const leaving = new AbortController();
    look(element, byTouch, latest.current, happen, leaving.signal).catch((error: unknown) => {
      if (!leaving.signal.aborted) {
        console.error(error);
        happen({ type: 'answered', answer: { kind: 'refused', why: 'other', retryAfter: null }, byPin: false, lastTry: true });
      }
    });
    return () => leaving.abort();
  }, [attempt, scripted, byTouch, open, video]);

  // Back to the beginning when the stage has stood long enough; the next person is spoken to in the kiosk's own language.
  const stays = staysFor(stage, scripted);
  useEffect(() => {
    if (stays === null || administering) {
      return;
    }
    const timer = setTimeout(() => happen({ type: 'over' }), stays);
    return () => clearTimeout(timer);
  }, [stage, stays, administering, touches]);
  useEffect(() => {
    if (stage.name === 'idle') {
      const timer = setTimeout(() => speak(settings.language), language === settings.language ? 0 : 15_000);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [stage.name, language, settings.language, speak]);
  const before = useRef(stage.name);
  useEffect(() => {
    if (stage.name === 'idle' && before.current !== 'idle' && before.current !== 'looking') {
      speak(settings.language);
    }
    if (before.current === 'looking' && stage.name !== 'looking') {
      // Somebody who only stands about is looked at less and less often.
      const nothingNew = stage.name === 'idle' || (stage.name === 'greeted' && stage.greeting.repeated);
      setEmpty(nothingNew ? (count) => count + 1 : 0);
    }
    if (before.current !== stage.name) {
      chime(stage.name);
    }
    before.current = stage.name;
  }, [stage, speak, settings.language]);

  useEffect(() => {
    if (stage.name !== 'idle' || administering) {
      return;
    }
    const timer = setTimeout(() => happen({ type: 'rested' }), REST_AFTER_MS);
    return () => clearTimeout(timer);
  }, [stage, administering, lastMovement, language]);

  useEffect(() => {
    if (camera.state.status === 'paused') {
      const onVisible = () => document.visibilityState === 'visible' && reopen();
      document.addEventListener('visibilitychange', onVisible);
      window.addEventListener('pageshow', onVisible);
      return () => {
        document.removeEventListener('visibilitychange', onVisible);
        window.removeEventListener('pageshow', onVisible);
      };
    }
    if (camera.state.status === 'failed') {
      const timer = setTimeout(reopen, REOPEN_AFTER_MS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [camera.state, reopen]);

  // In the fields of the PIN and of the administrator a reader would be taken for somebody who types.
  useBadge(stage.name !== 'pin' && stage.name !== 'badge' && stage.name !== 'void' && !administering, (badge) => {
    happen({ type: 'badge' });
    void byBadge(badge, server, happen);
  });

  const onTouched = useCallback(() => setTouches((count) => count + 1), []);
  // The picture is another element then.
  const scriptedBefore = useRef(scripted);
  useEffect(() => {
    if (scriptedBefore.current !== scripted) {
      scriptedBefore.current = scripted;
      reopen();
    }
  }, [scripted, reopen]);

  const over = useCallback(() => happen({ type: 'over' }), []);
  const begin = useCallback(() => happen({ type: 'touched', at: performance.now() }), []);
  const usePin = useCallback(() => happen({ type: 'pin' }), []);
  const onNobody = useCallback(() => happen({ type: 'nobody' }), []);
  const onAnswer = useCallback((answer: Answer) => {
    if (answer.kind === 'away') {
      latest.current.lost();
    }
    const said: Answer = answer.kind === 'away' ? { kind: 'refused', why: 'away', retryAfter: null } : answer;
    happen({ type: 'answered', answer: said, byPin: false, lastTry: true });
  }, []);
  const cameraWorks = faces && camera.state.status !== 'failed' && !(scripted && away);
  const looking = stage.name === 'looking' ? stage : null;

  return (
    <div className={classes.kiosk} data-stage={stage.name}>
      <main className={classes.main}>
        {scripted ? (
          <ScriptedLook
            credential={settings.credential}
            video={video}
            running={looking !== null && open}
            attempt={attempt ?? 0}
            byTouch={byTouch}
            onAnswer={onAnswer}
            onNobody={onNobody}
            onPin={usePin}
            onCancel={over}
          />
        ) : (
          <FramesLook stage={looking} video={video} open={open} onPin={usePin} onCancel={over} />
        )}
        {stage.name === 'asleep' && (
          <button type="button" className={classes.asleep} onClick={() => happen({ type: 'touched', at: 0 })}>
            {w.asleep}
          </button>
        )}
        {stage.name === 'idle' && (
          <Idle
            zone={server.registration.zone}
            now={server.now}
            way={!cameraWorks ? 'pin' : away ? 'touch' : 'look'}
            cameraFailed={faces && camera.state.status === 'failed'}
            onBegin={begin}
            onPin={usePin}
          />
        )}
        {stage.name === 'badge' && (
          <p role="status" className={classes.come}>
            {w.readingBadge}
          </p>
        )}
        {stage.name === 'pin' && (
          <PinPad
            error={stage.error}
            retryAfter={stage.retryAfter}
            onPunch={(username, pin) => byPin(username, pin, server, happen)}
            onTouched={onTouched}
            onCancel={over}
          />
        )}
        <Ending stage={stage} zone={server.registration.zone} onAgain={begin} onPin={usePin} onOver={over} cameraWorks={cameraWorks} />
      </main>
      {stage.name !== 'asleep' && (
        <StatusBar server={server} onAdministration={() => setAdministering(true)} />
      )}
      {administering && (
        <Administration
          vault={vault}
          settings={settings}
          server={server}
          camera={camera}
          onClose={() => setAdministering(false)}
          onForgotten={onForgotten}
        />
      )}
    </div>
  );
}

async function byPin(
  username: string,
  pin: string,
  server: ReturnType<typeof useServer>,
  happen: (happening: Happening) => void,
): Promise<void> {
  const event = { id: crypto.randomUUID(), at: new Date(server.now()).toISOString(), evidence: { kind: 'pin', username, pin } } as const;
  const answer = server.link === 'away' ? ({ kind: 'away', retryAfter: null } as const) : await server.punch(event);
  if (answer.kind === 'away') {
    happen((await server.keep(event)) ? { type: 'kept', at: event.at } : { type: 'full' });
  } else {
    happen({ type: 'answered', answer, byPin: true, lastTry: true });
  }
}

async function byBadge(badge: string, server: ReturnType<typeof useServer>, happen: (happening: Happening) => void): Promise<void> {
  const event = { id: crypto.randomUUID(), at: new Date(server.now()).toISOString(), evidence: { kind: 'badge', badge } } as const;
  const answer = server.link === 'away' ? ({ kind: 'away', retryAfter: null } as const) : await server.punch(event);
  if (answer.kind === 'away') {
    happen((await server.keep(event)) ? { type: 'kept', at: event.at } : { type: 'full' });
  } else {
    happen({ type: 'answered', answer, byPin: false, byBadge: true, lastTry: true });
  }
}

import { Loader } from '@mantine/core';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useCamera } from '../capture/useCamera.ts';
import { useSteady } from '../capture/useSteady.ts';
import { Viewfinder } from '../capture/Viewfinder.tsx';
import { adviceText } from '../words/advice.ts';
import { useLanguage, useWords } from '../words/words.tsx';
import { Administration } from './Administration.tsx';
import { chime } from './chime.ts';
import { Ending } from './Ending.tsx';
import { follow, IDLE, staysFor, type Happening } from './flow.ts';
import { Idle } from './Idle.tsx';
import classes from './kiosk.module.css';
import { look } from './look.ts';
import { PinPad } from './PinPad.tsx';
import { StatusBar } from './StatusBar.tsx';
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
  const words = useWords();
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
  // With the server away nobody can be told from an empty corridor, so that only a touch begins.
  const camera = useCamera(faces && !administering && stage.name !== 'asleep' && stage.name !== 'void' && !(away && stage.name === 'idle'));
  const open = camera.state.status === 'open';
  const { video, reopen } = camera;

  useStayHere();
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
    if (attempt === null || !open || element === null) {
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
  }, [attempt, byTouch, open, video]);

  // Back to the beginning when the stage has stood long enough; the next person is spoken to in the kiosk's own language.
  const stays = staysFor(stage);
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
      setEmpty(stage.name === 'idle' ? (count) => count + 1 : 0);
    }
    if (before.current !== stage.name) {
      chime(stage.name);
    }
    before.current = stage.name;
  }, [stage.name, speak, settings.language]);

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

  const onTouched = useCallback(() => setTouches((count) => count + 1), []);
  const over = useCallback(() => happen({ type: 'over' }), []);
  const begin = useCallback(() => happen({ type: 'touched', at: performance.now() }), []);
  const usePin = useCallback(() => happen({ type: 'pin' }), []);
  const cameraWorks = faces && camera.state.status !== 'failed';
  const looking = stage.name === 'looking' ? stage : null;
  const saying = useSteady(
    looking === null ? w.look : looking.advice !== null ? adviceText(words, looking.advice) : looking.sent ? w.holdStill : w.look,
    500,
  );

  return (
    <div className={classes.kiosk} data-stage={stage.name}>
      <main className={classes.main}>
        {/* Out of sight, but not taken out: browsers stop a picture that is nowhere, and movement is looked for in it. */}
        <div className={classes.looking} data-off={looking === null} aria-hidden={looking === null} inert={looking === null}>
          <p className={classes.saying} role="status">
            {saying}
          </p>
          <div className={classes.view}>
            <Viewfinder
              video={video}
              label={w.camera}
              good={looking?.sent === true ? 1 : 0}
              wanted={1}
              mood={looking?.advice != null ? 'advice' : looking?.sent === true ? 'good' : 'waiting'}
            >
              {!open && <Loader color="white" aria-label={words.camera.opening} />}
            </Viewfinder>
          </div>
          <div className={classes.choices}>
            <button type="button" className={classes.button} onClick={over}>
              {w.cancel}
            </button>
            <button type="button" className={classes.button} onClick={usePin}>
              {w.usePin}
            </button>
          </div>
        </div>
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
            cameraFailed={faces && !cameraWorks}
            onBegin={begin}
            onPin={usePin}
          />
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

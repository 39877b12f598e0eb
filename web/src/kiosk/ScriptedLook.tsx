import { useEffect, useRef, useState, type RefObject } from 'react';
import { cue } from '../capture/cues.ts';
import { useSteady } from '../capture/useSteady.ts';
import { Viewfinder } from '../capture/Viewfinder.tsx';
import { useDevice } from '../device/useDevice.ts';
import type { FaceSession } from '../sign-in/faceSession.ts';
import { cannot } from '../sign-in/protocol.ts';
import { ColourFlash, ScriptPrompt } from '../sign-in/ScriptPrompt.tsx';
import { useFaceSession } from '../sign-in/useFaceSession.ts';
import { adviceText, lookUp } from '../words/advice.ts';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/words.tsx';
import { answerIn, type Answer } from './api.ts';
import classes from './kiosk.module.css';
import type { KioskWords } from './words.en.ts';
import { useKioskWords } from './words.ts';

/** Where a movement began it and no face has been seen for so long, nobody stands there. */
const NOBODY_AFTER_MS = 6_000;

interface ScriptedLookProps {
  readonly credential: string;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly running: boolean;
  readonly attempt: number;
  readonly byTouch: boolean;
  readonly onAnswer: (answer: Answer) => void;
  readonly onNobody: () => void;
  readonly onPin: () => void;
  readonly onCancel: () => void;
}

/** Looks at somebody by a session over a socket, where a department asks for a script of small movements. */
export function ScriptedLook(props: ScriptedLookProps) {
  const { credential, video, running, attempt, byTouch, onAnswer, onNobody, onPin, onCancel } = props;
  const words = useWords();
  const w = useKioskWords();
  const outbox = useRef<string[]>([]);
  const [begins, setBegins] = useState<number | null>(null);
  const device = useDevice(video, running && begins !== attempt, 'sign-in', attempt);
  const { passed } = device;
  useEffect(() => setBegins(passed ? attempt : null), [passed, attempt]);
  const { session } = useFaceSession({ department: '', username: '', kiosk: credential }, video, running && passed, attempt, outbox);
  const hint = running && !passed && device.advice !== null ? adviceText(words, { code: device.advice, text: '' }) : null;
  const saying = useSteady(hint ?? guidance(session, words, w), 700);
  const step = session.stage === 'looking' && session.step?.begun === true ? session.step.index : null;
  useEffect(() => {
    if (step !== null) {
      cue('step');
    }
  }, [step]);

  // When another person comes, the session before is shown until the new one connects: its answer is not theirs.
  const begun = useRef<number | null>(null);
  useEffect(() => {
    if (session.stage === 'connecting' || session.stage === 'looking') {
      begun.current = attempt;
    }
    const answer = running && begun.current === attempt ? answerIn(session) : null;
    if (answer !== null) {
      onAnswer(answer);
    }
  }, [running, attempt, session, onAnswer]);

  const seen = session.stage !== 'connecting' && (session.stage !== 'looking' || session.good > 0 || session.step?.begun === true);
  useEffect(() => {
    if (!running || byTouch || seen) {
      return;
    }
    const timer = setTimeout(onNobody, NOBODY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [running, byTouch, seen, onNobody]);

  const looking = session.stage === 'looking' ? session : null;
  const done = session.stage === 'accepted' || session.stage === 'greeted';
  const asks = looking?.step?.begun === true ? looking.step : null;
  return (
    <div className={classes.looking} data-off={!running} aria-hidden={!running} inert={!running}>
      <p className={classes.saying} role="status">
        {saying}
      </p>
      <div className={classes.view}>
        <Viewfinder
          video={video}
          label={w.camera}
          good={done ? 1 : asks !== null ? asks.index : 0}
          wanted={done ? 1 : Math.max(1, looking?.script.length ?? 1)}
          mood={done ? 'done' : hint !== null || looking?.advice != null ? 'advice' : asks !== null ? 'good' : 'waiting'}
        >
          {asks !== null && looking?.advice == null && <ScriptPrompt step={asks} />}
        </Viewfinder>
      </div>
      {running && looking !== null && <ColourFlash script={looking.script} step={looking.step} />}
      <div className={classes.choices}>
        <button type="button" className={classes.button} onClick={onCancel}>
          {w.cancel}
        </button>
        {asks !== null && asks.action !== 'COLOUR_FLASH' && (
          <button type="button" className={classes.button} onClick={() => outbox.current.push(cannot(asks.action))}>
            {words.signIn.cannot}
          </button>
        )}
        <button type="button" className={classes.button} onClick={onPin}>
          {w.usePin}
        </button>
      </div>
    </div>
  );
}

/** The one thing to say now. */
function guidance(session: FaceSession, words: Words, w: KioskWords): string {
  if (session.stage !== 'looking') {
    return session.stage === 'connecting' ? w.look : w.holdStill;
  }
  if (session.place !== null) {
    return w.holdStill;
  }
  if (session.advice !== null) {
    return adviceText(words, session.advice);
  }
  if (session.step?.begun === true) {
    return lookUp(words.gestures, session.step.action) ?? w.holdStill;
  }
  return session.again ? words.signIn.somethingElse : w.look;
}

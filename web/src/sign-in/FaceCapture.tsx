import { Button, Loader, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { IconAlert, IconClock, IconKey } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { useCountdown } from '../app/useCountdown.ts';
import { CameraHelp } from '../capture/CameraHelp.tsx';
import { CameraTools } from '../capture/CameraTools.tsx';
import { cue } from '../capture/cues.ts';
import { useCamera } from '../capture/useCamera.ts';
import { useSteady } from '../capture/useSteady.ts';
import { Viewfinder } from '../capture/Viewfinder.tsx';
import { useCaptureWords } from '../capture/words.ts';
import { useDevice } from '../device/useDevice.ts';
import { ProblemError } from '../http/problem.ts';
import { adviceText, lookUp } from '../words/advice.ts';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/words.tsx';
import { withFace } from './api.ts';
import { isOver, type FaceSession } from './faceSession.ts';
import { cannot, type Person } from './protocol.ts';
import { ColourFlash, ScriptPrompt } from './ScriptPrompt.tsx';
import classes from './sign-in.module.css';
import { useFaceSession } from './useFaceSession.ts';

/** A connection that broke is opened again by itself so often, after so long each time. */
const DROPS = 2;
const AFTER_DROP_MS = 1_500;

interface FaceCaptureProps {
  readonly department: string;
  readonly username: string;
  readonly onFinish: (redirect: string | null, person: Person) => Promise<void>;
  readonly onCancel: () => void;
  readonly onPassword: () => void;
}

/** The camera, what to do in front of it, and how it ended. The password is offered all the while. */
export function FaceCapture({ department, username, onFinish, onCancel, onPassword }: FaceCaptureProps) {
  const words = useWords();
  const w = words.signIn;
  const c = useCaptureWords();
  const [attempt, setAttempt] = useState(0);
  const [drops, setDrops] = useState(0);
  const [over, setOver] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const camera = useCamera(!over);
  const outbox = useRef<string[]>([]);
  const open = camera.state.status === 'open' && !over;
  const [served, setServed] = useState(false);
  // Once the session runs the device goes on looking only where it can spare pictures: live video takes what it takes.
  const device = useDevice(camera.video, open && !served, 'sign-in', attempt);
  const { session, way } = useFaceSession(
    { department, username },
    camera.video,
    open && device.passed,
    attempt,
    outbox,
    device.useless,
  );
  const hint = open && !served && device.advice !== null ? { code: device.advice, text: '' } : null;

  useEffect(() => {
    const scripted = session.stage === 'looking' && session.script.length > 0;
    setServed(way === 'video' || scripted || session.stage === 'accepted' || isOver(session));
  }, [way, session]);
  const step = session.stage === 'looking' && session.step?.begun === true ? session.step.index : null;
  useEffect(() => {
    if (step !== null) {
      cue('step');
    }
  }, [step]);
  const done = session.stage === 'accepted' || session.stage === 'authenticated';
  const refused = session.stage === 'refused';
  useEffect(() => {
    // Also where the token comes so soon that the acceptance before it was never shown.
    if (done) {
      cue('good');
    } else if (refused) {
      cue('bad');
    }
  }, [done, refused]);

  useEffect(() => {
    if (session.stage === 'lost' && drops < DROPS) {
      const timer = setTimeout(() => {
        setDrops(drops + 1);
        setAttempt(attempt + 1);
      }, AFTER_DROP_MS);
      return () => clearTimeout(timer);
    }
    if (isOver(session)) {
      setOver(true);
    }
    if (session.stage === 'authenticated') {
      const { token, person } = session;
      withFace(token)
        .then((redirect) => onFinish(redirect, person))
        .catch(setFailure);
    }
    return undefined;
    // A session is handed on once, whatever is drawn anew meanwhile.
  }, [session]);

  const again = () => {
    setFailure(null);
    setDrops(0);
    setOver(false);
    setAttempt(attempt + 1);
    camera.reopen();
  };
  const opening = camera.state.status === 'opening' && !over;
  const saying = useSteady(
    opening
      ? words.camera.opening
      : session.stage === 'lost'
        ? c.again
        : hint !== null
          ? adviceText(words, hint)
          : session.stage === 'connecting' && !device.passed
            ? w.lookHere
            : guidance(session, words),
    900,
  );
  const failed = camera.state.status === 'failed' ? camera.state.problem : null;

  if (failure !== null) {
    return (
      <Ending onAgain={again} onPassword={onPassword}>
        {failure instanceof ProblemError ? (
          <ProblemAlert problem={failure.problem} />
        ) : (
          <ProblemAlert problem={{ ...problemIn(failure), title: failure instanceof Error ? failure.message : '' }} />
        )}
      </Ending>
    );
  }
  if (session.stage === 'refused' && over) {
    return (
      <Ending onAgain={again} onPassword={onPassword} wait={session.retryAfter ?? 0} insist={!faceMayHelp(session.reason)}>
        <Message
          icon={session.reason === 'BUSY' || session.reason === 'EXPIRED' ? <IconClock size={52} /> : <IconAlert size={52} />}
          title={w.refusedTitle}
          text={lookUp(words.reasons, session.reason) ?? (session.text || words.problems.faultDetail)}
        />
      </Ending>
    );
  }
  if (session.stage === 'lost' && over) {
    return (
      <Ending onAgain={again} onPassword={onPassword}>
        <Message icon={<IconAlert size={52} />} title={w.lostTitle} text={w.lost} />
      </Ending>
    );
  }
  if (camera.state.status === 'paused') {
    return (
      <Ending onAgain={again} again={w.resume} onPassword={onPassword}>
        <Message icon={<IconClock size={52} />} title={w.pausedTitle} text={w.paused} />
      </Ending>
    );
  }
  if (failed !== null) {
    return (
      <Ending onAgain={again} onPassword={onPassword}>
        <CameraHelp problem={failed} />
      </Ending>
    );
  }

  const looking = session.stage === 'looking' ? session : null;
  return (
    <div className={`column ${classes.capture}`}>
      <Title order={1} className="visually-hidden">
        {w.title}
      </Title>
      <Viewfinder
        video={camera.video}
        label={w.cameraOf}
        good={done ? 1 : (looking?.good ?? 0)}
        wanted={done ? 1 : (looking?.wanted ?? 3)}
        mood={done ? 'done' : hint !== null ? 'advice' : looking === null ? 'waiting' : looking.advice !== null ? 'advice' : 'good'}
        tools={<CameraTools camera={camera} />}
      >
        {opening && <Loader color="white" aria-label={words.camera.opening} />}
        {looking?.step?.begun === true && looking.advice === null && <ScriptPrompt step={looking.step} />}
      </Viewfinder>
      {looking !== null && <ColourFlash script={looking.script} step={looking.step} />}
      <div className={classes.saying}>
        <p className={classes.advice} role="status" aria-live="polite" aria-atomic="true">
          {saying}
        </p>
        <p className={classes.progress}>
          {opening
            ? words.camera.allow
            : looking?.step?.begun === true
              ? w.stepOf(looking.step.index + 1, looking.step.of)
              : looking !== null && looking.place === null
              ? w.goodPictures(looking.good, looking.wanted)
              : '\u00a0'}
        </p>
        <p className={classes.way}>{way === null ? '\u00a0' : w.ways[way]}</p>
      </div>
      <div className="actions">
        <Button variant="default" size="lg" onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button variant="default" size="lg" leftSection={<IconKey />} onClick={onPassword}>
          {w.usePassword}
        </Button>
        {looking?.step != null && looking.step.action !== 'COLOUR_FLASH' && (
          <Button variant="default" size="lg" onClick={() => outbox.current.push(cannot(looking.step?.action ?? ''))}>
            {w.cannot}
          </Button>
        )}
      </div>
    </div>
  );
}

function faceMayHelp(reason: string): boolean {
  return reason !== 'LOCKED' && reason !== 'POLICY';
}

/** The one thing to say now, in large type. */
function guidance(session: FaceSession, words: Words): string {
  switch (session.stage) {
    case 'connecting':
      return words.signIn.connecting;
    case 'looking':
      if (session.place !== null) {
        return words.signIn.busy(session.place);
      }
      if (session.advice !== null) {
        return adviceText(words, session.advice);
      }
      if (session.step?.begun === true) {
        return lookUp(words.gestures, session.step.action) ?? words.signIn.keepLooking;
      }
      if (session.again) {
        return words.signIn.somethingElse;
      }
      return session.good > 0 ? words.signIn.keepLooking : words.signIn.lookHere;
    case 'accepted':
    case 'authenticated':
      return words.signIn.checking;
    default:
      return '';
  }
}

interface EndingProps {
  readonly children: ReactNode;
  readonly wait?: number;
  readonly again?: string;
  /** The password is the way now. */
  readonly insist?: boolean;
  readonly onAgain: () => void;
  readonly onPassword: () => void;
}

function Ending({ children, wait = 0, again, insist = false, onAgain, onPassword }: EndingProps) {
  const words = useWords();
  const left = useCountdown(wait);
  const password = (
    <Button
      key="password"
      variant={insist ? 'filled' : 'default'}
      size={insist ? 'xl' : 'lg'}
      fullWidth
      leftSection={<IconKey />}
      onClick={onPassword}
    >
      {words.signIn.usePassword}
    </Button>
  );
  const retry = (
    <Button
      key="retry"
      variant={insist ? 'default' : 'filled'}
      size={insist ? 'lg' : 'xl'}
      fullWidth
      disabled={left > 0}
      onClick={onAgain}
    >
      {left > 0 ? words.tryAgainIn(left) : (again ?? words.tryAgain)}
    </Button>
  );
  return (
    <div className="column">
      <div className="card padded">
        <Stack gap="xl">
          {children}
          <Stack gap="sm">
            {insist ? [password, retry] : [retry, password]}
          </Stack>
        </Stack>
      </div>
    </div>
  );
}

function Message({ icon, title, text }: { icon: ReactNode; title: string; text: string }) {
  return (
    <Stack gap="xs" align="center" ta="center" role="alert" className={classes.message}>
      {icon}
      <Title order={1} size="h2">
        {title}
      </Title>
      <Text size="lg" c="dimmed">
        {text}
      </Text>
    </Stack>
  );
}

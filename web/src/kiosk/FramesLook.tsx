import { Loader } from '@mantine/core';
import type { RefObject } from 'react';
import { useSteady } from '../capture/useSteady.ts';
import { Viewfinder } from '../capture/Viewfinder.tsx';
import { adviceText } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import type { Stage } from './flow.ts';
import classes from './kiosk.module.css';
import { useKioskWords } from './words.ts';

interface FramesLookProps {
  /** Null while nobody is looked at. */
  readonly stage: Extract<Stage, { name: 'looking' }> | null;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly open: boolean;
  readonly onPin: () => void;
  readonly onCancel: () => void;
}

/** The camera's picture while a few frames are taken, and what to do better. */
export function FramesLook({ stage, video, open, onPin, onCancel }: FramesLookProps) {
  const words = useWords();
  const w = useKioskWords();
  const saying = useSteady(
    stage === null ? w.look : stage.advice !== null ? adviceText(words, stage.advice) : stage.sent ? w.holdStill : w.look,
    500,
  );
  return (
    <div className={classes.looking} data-off={stage === null} aria-hidden={stage === null} inert={stage === null}>
      <p className={classes.saying} role="status">
        {saying}
      </p>
      <div className={classes.view}>
        <Viewfinder
          video={video}
          label={w.camera}
          good={stage?.sent === true ? 1 : 0}
          wanted={1}
          mood={stage?.advice != null ? 'advice' : stage?.sent === true ? 'good' : 'waiting'}
        >
          {!open && <Loader color="white" aria-label={words.camera.opening} />}
        </Viewfinder>
      </div>
      <div className={classes.choices}>
        <button type="button" className={classes.button} onClick={onCancel}>
          {w.cancel}
        </button>
        <button type="button" className={classes.button} onClick={onPin}>
          {w.usePin}
        </button>
      </div>
    </div>
  );
}

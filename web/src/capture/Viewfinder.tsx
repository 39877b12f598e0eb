import type { ReactNode, RefObject } from 'react';
import classes from './Viewfinder.module.css';

/** From the top of the oval, clockwise. The view box is 300 × 400. */
const OVAL = 'M150 58 A106 142 0 0 1 150 342 A106 142 0 0 1 150 58';

interface ViewfinderProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly label: string;
  readonly good: number;
  readonly wanted: number;
  readonly mood: 'waiting' | 'advice' | 'good' | 'done';
  /** What can be set, in a corner of the picture. */
  readonly tools?: ReactNode;
  /** Shown over the picture, for example while the camera opens. */
  readonly children?: ReactNode;
}

/** The camera's picture, mirrored as people expect of themselves, with the oval to look through and its ring of progress. */
export function Viewfinder({ video, label, good, wanted, mood, tools, children }: ViewfinderProps) {
  const parts = Math.max(1, Math.min(wanted, 12));
  const filled = wanted > 0 ? Math.min(parts, Math.floor((good / wanted) * parts)) : 0;
  const gap = parts > 1 ? 0.07 : 0;
  return (
    <div className={classes.frame} data-mood={mood}>
      <video ref={video} className={classes.video} aria-label={label} playsInline muted autoPlay disablePictureInPicture />
      <svg className={classes.guide} viewBox="0 0 300 400" aria-hidden="true">
        <path className={classes.shade} fillRule="evenodd" d={`M-3000 -3000 H3300 V3400 H-3000 Z ${OVAL} Z`} />
        {Array.from({ length: parts }, (_, part) => (
          <path
            key={part}
            className={part < filled ? classes.partDone : classes.part}
            d={OVAL}
            pathLength={parts}
            strokeDasharray={`${1 - gap} ${parts - 1 + gap}`}
            strokeDashoffset={-(part + gap / 2)}
          />
        ))}
      </svg>
      {children !== undefined && <div className={classes.over}>{children}</div>}
      {tools}
    </div>
  );
}

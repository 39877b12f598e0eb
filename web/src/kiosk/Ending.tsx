import { useEffect, useRef } from 'react';
import { IconAlert, IconClock } from '../app/icons.tsx';
import { useCountdown } from '../app/useCountdown.ts';
import { useLanguage } from '../words/words.tsx';
import type { Greeting } from './api.ts';
import { staysFor, type Stage } from './flow.ts';
import { IconIn, IconKeypad, IconOut, IconTray } from './icons.tsx';
import classes from './kiosk.module.css';
import { inZone } from './time.ts';
import type { KioskWords } from './words.en.ts';
import { LOCALES, useKioskWords } from './words.ts';

interface EndingProps {
  readonly stage: Stage;
  readonly zone: string;
  readonly cameraWorks: boolean;
  readonly onAgain: () => void;
  readonly onPin: () => void;
  readonly onOver: () => void;
}

/** How it ended: whom the kiosk greets, or what to do. Large, for somebody who walks on. */
export function Ending({ stage, zone, cameraWorks, onAgain, onPin, onOver }: EndingProps) {
  const w = useKioskWords();
  const { language } = useLanguage();
  const tone = toneOf(stage);
  const stays = staysFor(stage);
  if (tone === null || stays === null) {
    return null;
  }
  const left = <TimeLeft stays={stays} />;
  switch (stage.name) {
    case 'greeted':
      return (
        <div className={classes.ending} data-tone={tone}>
          <Greeted greeting={stage.greeting} />
          <Done onOver={onOver} />
          {left}
        </div>
      );
    case 'kept': {
      const clock = inZone(LOCALES[language], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone);
      return (
        <div className={classes.ending} data-tone={tone}>
          <div role="status" className={classes.result}>
            <IconTray size={72} />
            <h1 className={classes.headline}>{w.keptTitle}</h1>
            <p className={classes.time}>{clock(Date.parse(stage.at))}</p>
            <p className={classes.what}>{w.keptText}</p>
          </div>
          <Done onOver={onOver} />
          {left}
        </div>
      );
    }
    case 'full':
    case 'void':
    case 'refused': {
      const [title, text] = said(stage, w);
      const face = stage.name === 'refused' && stage.why !== 'face-not-available' && stage.why !== 'unknown-badge' && cameraWorks;
      return (
        <div className={classes.ending} data-tone={tone}>
          <div role="alert" className={classes.result}>
            {stage.name === 'refused' && stage.why === 'locked' ? <IconClock size={72} /> : <IconAlert size={72} />}
            <h1 className={classes.headline}>{title}</h1>
            <p className={classes.what}>{text}</p>
          </div>
          <div className={classes.choices}>
            {face && <Again wait={stage.retryAfter} onAgain={onAgain} />}
            {stage.name === 'refused' && (
              <button type="button" className={classes.button} onClick={onPin}>
                <IconKeypad size={28} />
                {w.usePin}
              </button>
            )}
            <button type="button" className={classes.button} onClick={onOver}>
              {w.done}
            </button>
          </div>
          {left}
        </div>
      );
    }
    default:
      return null;
  }
}

type Tone = 'in' | 'out' | 'kept' | 'bad';

function toneOf(stage: Stage): Tone | null {
  switch (stage.name) {
    case 'greeted':
      return stage.greeting.direction === 'IN' ? 'in' : 'out';
    case 'kept':
      return 'kept';
    case 'refused':
    case 'full':
    case 'void':
      return 'bad';
    default:
      return null;
  }
}

function said(stage: Stage, w: KioskWords): [string, string] {
  if (stage.name === 'full') {
    return [w.fullTitle, w.fullText];
  }
  if (stage.name === 'void') {
    return [w.voidTitle, w.voidText];
  }
  switch (stage.name === 'refused' ? stage.why : 'other') {
    case 'not-recognised':
      return [w.notRecognised, w.notRecognisedText];
    case 'unknown-badge':
      return [w.unknownBadge, w.unknownBadgeText];
    case 'unclear':
      return [w.unclear, w.unclearText];
    case 'face-not-available':
      return [w.noFaces, w.noFacesText];
    case 'away':
      return [w.away, w.awayPin];
    case 'locked':
      return [w.locked, w.lockedText];
    case 'other':
      return [w.fault, w.faultText];
  }
}

function Greeted({ greeting }: { readonly greeting: Greeting }) {
  const w = useKioskWords();
  const { direction, status } = greeting;
  return (
    <div role="status" className={classes.result}>
      <p className={classes.direction}>
        {direction === 'IN' ? <IconIn size={56} /> : <IconOut size={56} />}
        {w.direction[direction]}
      </p>
      <h1 className={classes.headline}>
        <span className={classes.hello}>{direction === 'IN' ? w.welcome : w.goodbye}</span> {greeting.name}
      </h1>
      {/* On the kiosk's clock, as the server wrote it. */}
      <p className={classes.time}>{greeting.time.slice(11, 16)}</p>
      <p className={classes.status} data-status={status}>
        {greeting.repeated ? w.repeated : w.status[status]}
      </p>
      {greeting.picture_kept === true && <p className={classes.note}>{w.pictureKept}</p>}
    </div>
  );
}

function Done({ onOver }: { readonly onOver: () => void }) {
  const w = useKioskWords();
  return (
    <div className={classes.choices}>
      <button type="button" className={classes.button} onClick={onOver}>
        {w.done}
      </button>
    </div>
  );
}

function Again({ wait, onAgain }: { readonly wait: number; readonly onAgain: () => void }) {
  const w = useKioskWords();
  const left = useCountdown(wait);
  return (
    <button type="button" className={classes.primary} disabled={left > 0} onClick={onAgain}>
      {left > 0 ? w.tryAgainIn(left) : w.tryAgain}
    </button>
  );
}

/** A line that runs out, so that nobody is surprised when the kiosk goes back. */
function TimeLeft({ stays }: { readonly stays: number }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const run = line.current?.animate([{ transform: 'scaleX(1)' }, { transform: 'scaleX(0)' }], { duration: stays, fill: 'forwards' });
    return () => run?.cancel();
  }, [stays]);
  return <div ref={line} className={classes.left} aria-hidden="true" />;
}

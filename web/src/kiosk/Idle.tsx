import { useEffect, useState } from 'react';
import { useLanguage } from '../words/words.tsx';
import { IconKeypad } from './icons.tsx';
import classes from './kiosk.module.css';
import { inZone } from './time.ts';
import { LOCALES, useKioskWords } from './words.ts';

interface IdleProps {
  readonly zone: string;
  readonly now: () => number;
  readonly way: 'look' | 'touch' | 'pin';
  readonly cameraFailed: boolean;
  readonly onBegin: () => void;
  readonly onPin: () => void;
}

/** What people see from afar: the time, and that one can clock in here. */
export function Idle({ zone, now, way, cameraFailed, onBegin, onPin }: IdleProps) {
  const w = useKioskWords();
  const { language } = useLanguage();
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 1000);
    return () => clearInterval(timer);
  }, [now]);
  const clock = inZone(LOCALES[language], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone);
  const day = inZone(LOCALES[language], { weekday: 'long', day: 'numeric', month: 'long' }, zone);
  return (
    <div className={classes.idle}>
      <div className={classes.now}>
        <p className={classes.clock}>
          <time>{clock(time)}</time>
        </p>
        <p className={classes.day}>{day(time)}</p>
      </div>
      <div className={classes.invitation}>
        {way !== 'pin' && (
          <svg className={classes.oval} data-way={way} viewBox="0 0 120 150" aria-hidden="true">
            <ellipse cx="60" cy="75" rx="48" ry="64" />
            <path d="M44 62v7M76 62v7M42 96c9 9 27 9 36 0" />
          </svg>
        )}
        <h1 className={classes.come}>{way === 'look' ? w.come : way === 'touch' ? w.comeByTouch : w.comeByPin}</h1>
        {cameraFailed && <p className={classes.note}>{w.cameraOff}</p>}
        <div className={classes.choices}>
          {way !== 'pin' && (
            <button type="button" className={classes.primary} onClick={onBegin}>
              {w.begin}
            </button>
          )}
          <button type="button" className={way === 'pin' ? classes.primary : classes.button} onClick={onPin}>
            <IconKeypad size={28} />
            {w.usePin}
          </button>
        </div>
      </div>
    </div>
  );
}

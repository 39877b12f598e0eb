import { LANGUAGES, useLanguage, type Language } from '../words/words.tsx';
import { IconGear } from './icons.tsx';
import classes from './kiosk.module.css';
import type { Server } from './useServer.ts';
import { useKioskWords } from './words.ts';

interface StatusBarProps {
  readonly server: Server;
  readonly onAdministration: () => void;
}

/** Languages for whoever stands here, what waits for the server, and the way in for administrators. */
export function StatusBar({ server, onAdministration }: StatusBarProps) {
  const w = useKioskWords();
  const { language, speak } = useLanguage();
  const { link, waiting, losses, registration } = server;
  return (
    <footer className={classes.bar}>
      <div className={classes.languages} role="group" aria-label={w.chooseLanguage}>
        {(Object.keys(LANGUAGES) as Language[]).map((one) => (
          <button key={one} type="button" lang={one} aria-pressed={one === language} onClick={() => speak(one)}>
            {LANGUAGES[one].name}
          </button>
        ))}
      </div>
      <p className={classes.state} role="status">
        {link === 'void' && <span data-tone="bad">{w.voidTitle}</span>}
        {link === 'away' && <span data-tone="away">{w.away}</span>}
        {waiting > 0 && <span data-tone="away">{w.waiting(waiting)}</span>}
        {losses.length > 0 && <span data-tone="bad">{w.lost(losses.length)}</span>}
      </p>
      <span className={classes.place}>{registration.name}</span>
      <button type="button" className={classes.gear} aria-label={w.administration} onClick={onAdministration}>
        <IconGear size={26} />
      </button>
    </footer>
  );
}

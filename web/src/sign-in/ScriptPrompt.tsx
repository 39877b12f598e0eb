import { useEffect, useState } from 'react';
import type { Prompt, ScriptStep } from './protocol.ts';
import classes from './ScriptPrompt.module.css';

/** A moving picture of what is asked, over the camera's picture, which is mirrored: left is left. The words stand below it. */
export function ScriptPrompt({ step }: { readonly step: Prompt }) {
  return (
    <svg key={step.index} className={classes.prompt} viewBox="0 0 200 200" data-action={step.action} aria-hidden="true">
      <circle className={classes.head} cx="100" cy="100" r="62" />
      <g className={classes.face}>
        <ellipse className={classes.eye} cx="78" cy="84" rx="9" ry="7" />
        <ellipse className={classes.eye} cx="122" cy="84" rx="9" ry="7" />
        <ellipse className={classes.mouth} cx="100" cy="128" rx="18" ry="4" />
      </g>
    </svg>
  );
}

/** Fills the window with the colours that a script asks for, one after the other, from the moment the server asks. */
export function ColourFlash({ script, step }: { readonly script: readonly ScriptStep[]; readonly step: Prompt | null }) {
  const flash = step?.begun === true && step.action === 'COLOUR_FLASH' ? script[step.index] : undefined;
  const running = flash !== undefined;
  const each = flash?.colourMs ?? 0;
  const [shown, setShown] = useState(0);

  useEffect(() => {
    setShown(0);
    if (!running || each <= 0) {
      return;
    }
    const timer = setInterval(() => setShown((before) => before + 1), each);
    return () => clearInterval(timer);
  }, [running, each]);

  const colour = flash?.colours[shown];
  return colour === undefined ? null : <div className={classes.flash} data-colour={colour} aria-hidden="true" />;
}

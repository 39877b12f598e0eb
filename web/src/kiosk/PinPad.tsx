import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useCountdown } from '../app/useCountdown.ts';
import { IconErase } from './icons.tsx';
import classes from './kiosk.module.css';
import { useKioskWords } from './words.ts';

const LETTERS = ['1234567890', 'qwertyuiop', 'asdfghjkl_', 'zxcvbnm.-'];
const DIGITS = ['123', '456', '789', '0'];
const LONGEST_NAME = 100;
const LONGEST_PIN = 12;
const SHORTEST_PIN = 6;

interface PinPadProps {
  readonly error: 'wrong' | 'locked' | null;
  readonly retryAfter: number;
  readonly onPunch: (username: string, pin: string) => Promise<void>;
  /** Somebody still types. */
  readonly onTouched: () => void;
  readonly onCancel: () => void;
}

/** The way without a camera: user name, then PIN, on keys of its own, because a kiosk may have no keyboard. */
export function PinPad({ error, retryAfter, onPunch, onTouched, onCancel }: PinPadProps) {
  const w = useKioskWords();
  const [step, setStep] = useState<'username' | 'pin'>('username');
  const [username, setUsername] = useState('');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [edited, setEdited] = useState(false);
  const left = useCountdown(error === 'locked' ? retryAfter : 0);
  const atPin = step === 'pin';
  const value = atPin ? pin : username;
  const complete = atPin ? pin.length >= SHORTEST_PIN : username.trim() !== '';

  const change = (text: string) => {
    onTouched();
    setEdited(true);
    if (atPin) {
      setPin(text.replace(/\D/g, '').slice(0, LONGEST_PIN));
    } else {
      setUsername(text.slice(0, LONGEST_NAME));
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    onTouched();
    if (!complete || busy || left > 0) {
      return;
    }
    if (!atPin) {
      setStep('pin');
      return;
    }
    setBusy(true);
    setEdited(false);
    setPin('');
    await onPunch(username.trim(), pin);
    setBusy(false);
  };
  // A wrong user name is as likely as a wrong PIN.
  useEffect(() => {
    if (error === 'wrong') {
      setStep('username');
    }
  }, [error]);

  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), [step]);

  const wrong = error !== null && !edited ? error : null;
  return (
    <form className={classes.pin} onSubmit={(event) => void submit(event)} autoComplete="off">
      <h1 className={classes.pinTitle}>{atPin ? w.yourPin : w.yourName}</h1>
      {wrong !== null && (
        <p className={classes.pinError} role="alert">
          <strong>{wrong === 'wrong' ? w.wrongPin : w.locked}.</strong> {wrong === 'wrong' ? w.wrongPinText : w.lockedText}
        </p>
      )}
      <label className={classes.field}>
        <span>{atPin ? w.pin : w.username}</span>
        {/* No keyboard of the device comes up; one that is plugged in works. */}
        <input
          key={step}
          ref={field}
          type={atPin ? 'password' : 'text'}
          inputMode="none"
          autoComplete={atPin ? 'one-time-code' : 'off'}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          value={value}
          onChange={(event) => change(event.currentTarget.value)}
        />
      </label>
      <div className={atPin ? classes.digits : classes.letters}>
        {(atPin ? DIGITS : LETTERS).map((row, index, rows) => (
          <div key={row} className={classes.row}>
            {[...row].map((key) => (
              <button
                key={key}
                type="button"
                className={classes.key}
                aria-label={w.key(key)}
                disabled={busy}
                onClick={() => change(value + key)}
              >
                {key}
              </button>
            ))}
            {index === rows.length - 1 && (
              <button
                type="button"
                className={classes.key}
                data-wide="true"
                aria-label={w.erase}
                disabled={busy}
                onClick={() => change(value.slice(0, -1))}
              >
                <IconErase size={28} />
              </button>
            )}
          </div>
        ))}
      </div>
      <div className={classes.choices}>
        <button type="button" className={classes.button} onClick={() => (atPin ? setStep('username') : onCancel())}>
          {atPin ? w.back : w.cancel}
        </button>
        <button type="submit" className={classes.primary} aria-disabled={!complete || busy || left > 0}>
          {left > 0 ? w.tryAgainIn(left) : atPin ? w.clockIn : w.next}
        </button>
      </div>
    </form>
  );
}

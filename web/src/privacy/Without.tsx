import { Alert, Button, PasswordInput, Text } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { IconCheck } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import classes from '../console/console.module.css';
import { Card, Head, Show } from '../console/parts.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { changePassword } from '../sign-in/api.ts';
import { useWords } from '../words/words.tsx';
import { choosePin, pin } from './api.ts';
import { isPin } from './pin.ts';
import own from './privacy.module.css';
import type { SectionProps } from './PrivacyPage.tsx';
import { usePrivacyWords } from './words.ts';

export function Without({ me }: SectionProps) {
  const w = usePrivacyWords();
  return (
    <>
      <Head title={w.section.without} lead={w.without.lead} />
      <div className={classes.cards}>
        <Password username={me.username} />
        <Pin />
      </div>
      <p className={own.foot}>{w.without.never}</p>
    </>
  );
}

function Password({ username }: { username: string }) {
  const words = useWords();
  const w = usePrivacyWords();
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState('');
  const [repeated, setRepeated] = useState('');
  const [different, setDifferent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    setDone(false);
    setDifferent(chosen !== repeated);
    if (chosen !== repeated) {
      return;
    }
    setBusy(true);
    try {
      await changePassword(username, current, chosen);
      setCurrent('');
      setChosen('');
      setRepeated('');
      setDone(true);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <Card title={w.without.password}>
      <Text>{w.without.passwordText}</Text>
      <form className={own.form} onSubmit={(event) => void submit(event)}>
        {error !== null && <ProblemAlert problem={problemIn(error)} />}
        {/* Tells password managers whose password this is. */}
        <input
          className="visually-hidden"
          name="username"
          autoComplete="username"
          value={username}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordInput
          size="md"
          required
          label={w.without.current}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words.signIn.showPassword }}
        />
        <PasswordInput
          size="md"
          required
          label={words.signIn.newPassword}
          autoComplete="new-password"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words.signIn.showPassword }}
        />
        <PasswordInput
          size="md"
          required
          label={words.signIn.repeatPassword}
          autoComplete="new-password"
          value={repeated}
          error={different ? words.signIn.different : null}
          onChange={(event) => setRepeated(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words.signIn.showPassword }}
        />
        <div>
          <Button type="submit" size="md" variant="default" loading={busy}>
            {w.without.changeAct}
          </Button>
        </div>
        <Done shown={done} text={w.without.changed} />
      </form>
    </Card>
  );
}

function Pin() {
  const words = useWords();
  const w = usePrivacyWords();
  const state = useLoaded(useCallback(() => pin(), []));
  const [digits, setDigits] = useState('');
  const [bad, setBad] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    setDone(false);
    setBad(!isPin(digits));
    if (!isPin(digits)) {
      return;
    }
    setBusy(true);
    try {
      await choosePin(digits);
      setDigits('');
      setDone(true);
      state.reload();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <Card title={w.without.pin}>
      <Text>{w.without.pinText}</Text>
      <Show loaded={state}>
        {({ chosen }) => (
          <Text c="dimmed">{chosen ? w.without.pinThere : w.without.pinMissing}</Text>
        )}
      </Show>
      <form className={own.form} noValidate onSubmit={(event) => void submit(event)}>
        {error !== null && <ProblemAlert problem={problemIn(error)} />}
        <PasswordInput
          size="md"
          label={w.without.newPin}
          description={w.without.pinHint}
          inputMode="numeric"
          autoComplete="off"
          value={digits}
          error={bad ? w.without.pinBad : null}
          onChange={(event) => setDigits(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words.signIn.showPassword }}
        />
        <div>
          <Button type="submit" size="md" variant="default" loading={busy}>
            {w.without.pinAct}
          </Button>
        </div>
        <Done shown={done} text={w.without.pinSaved} />
      </form>
    </Card>
  );
}

function Done({ shown, text }: { shown: boolean; text: string }) {
  return (
    <div role="status">
      {shown && (
        <Alert color="petrol" radius="lg" icon={<IconCheck />}>
          {text}
        </Alert>
      )}
    </div>
  );
}

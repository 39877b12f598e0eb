import { Alert, Button, NativeSelect, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { LANGUAGES, useLanguage, type Language } from '../words/words.tsx';
import { bind, registration } from './api.ts';
import classes from './kiosk.module.css';
import { publicKey } from './signature.ts';
import type { Settings, Vault } from './vault.ts';
import { useKioskWords } from './words.ts';

interface SetupProps {
  /** Absent where the browser keeps nothing. */
  readonly vault: Vault | null;
  readonly onSetUp: (vault: Vault, settings: Settings) => void;
}

/** Makes this browser a kiosk. */
export function Setup({ vault, onSetUp }: SetupProps) {
  const { language, speak } = useLanguage();
  const w = useKioskWords();
  const [credential, setCredential] = useState('');
  const [problem, setProblem] = useState<'missing' | 'wrong' | 'taken' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const secret = credential.trim();
    setError(null);
    setProblem(secret === '' ? 'missing' : null);
    if (vault === null || secret === '') {
      return;
    }
    setBusy(true);
    try {
      const asked = Date.now();
      const known = await registration(secret);
      const ahead = Math.round(Date.parse(known.time) - (asked + Date.now()) / 2);
      const settings: Settings = { credential: secret, language, registration: known, ahead };
      await bind(secret, await publicKey(await vault.signingKey()));
      await vault.keepSettings(settings);
      // Otherwise a browser that runs out of room may delete what waits.
      await navigator.storage?.persist?.().catch(() => false);
      onSetUp(vault, settings);
    } catch (thrown) {
      setBusy(false);
      const { kind } = problemIn(thrown);
      if (kind === 'not-signed-in') {
        setProblem('wrong');
      } else if (kind === 'already-exists') {
        setProblem('taken');
      } else {
        setError(thrown);
      }
    }
  };

  return (
    <main className={classes.setup}>
      <form className="card padded" onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="lg">
          <img src="/favicon.svg" alt="" width={52} height={52} />
          <Title order={1} size="h2">
            {w.setUp}
          </Title>
          {vault === null ? (
            <Alert color="red" radius="lg" role="alert">
              {window.isSecureContext ? w.noStorage : `${w.insecure} https://${window.location.host}/kiosk`}
            </Alert>
          ) : (
            <>
              <Text>{w.setUpLead}</Text>
              {error !== null && <ProblemAlert problem={problemIn(error)} />}
              <PasswordInput
                size="lg"
                label={w.credential}
                autoComplete="off"
                value={credential}
                error={problem === null ? null : { missing: w.credentialMissing, wrong: w.credentialWrong, taken: w.credentialTaken }[problem]}
                onChange={(event) => setCredential(event.currentTarget.value)}
                visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': w.showCredential }}
              />
              <NativeSelect
                size="lg"
                label={w.defaultLanguage}
                value={language}
                onChange={(event) => speak(event.currentTarget.value as Language)}
                data={Object.entries(LANGUAGES).map(([value, { name }]) => ({ value, label: name }))}
              />
              <Button type="submit" size="xl" fullWidth loading={busy}>
                {w.start}
              </Button>
              <Text size="sm" c="dimmed">
                {w.lock}
              </Text>
            </>
          )}
        </Stack>
      </form>
    </main>
  );
}

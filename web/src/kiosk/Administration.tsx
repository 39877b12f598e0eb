import { Alert, Button, PasswordInput, SegmentedControl, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { CameraChoice, useSound } from '../capture/CameraTools.tsx';
import { remember } from '../capture/kept.ts';
import type { Camera } from '../capture/useCamera.ts';
import { useCaptureWords } from '../capture/words.ts';
import { useLanguage } from '../words/words.tsx';
import { isAdministrator } from './api.ts';
import classes from './kiosk.module.css';
import { inZone } from './time.ts';
import type { Server } from './useServer.ts';
import type { Settings, Vault } from './vault.ts';
import { LOCALES, useKioskWords } from './words.ts';

interface AdministrationProps {
  readonly vault: Vault;
  readonly settings: Settings;
  readonly server: Server;
  readonly camera: Camera;
  readonly onClose: () => void;
  readonly onForgotten: () => void;
}

/** How the kiosk is, and the way out of service, for those who may. */
export function Administration({ vault, settings, server, camera, onClose, onForgotten }: AdministrationProps) {
  const w = useKioskWords();
  const c = useCaptureWords();
  const sound = useSound();
  const { language } = useLanguage();
  const { registration, link, waiting, losses } = server;
  const [forgetting, setForgetting] = useState(false);
  const when = inZone(LOCALES[language], { dateStyle: 'short', timeStyle: 'short' }, registration.zone);
  const facts: [string, string][] = [
    [w.kiosk, registration.name],
    [w.site, registration.site],
    [w.zone, registration.zone],
    [w.departments, registration.departments.join(', ')],
    [w.faces, registration.liveness === null ? w.facesNo : w.facesYes],
    [w.server, link === 'away' ? w.serverAway : w.serverHere],
    [w.queue, String(waiting)],
  ];
  return (
    <Dialog label={w.administration} onClose={onClose}>
      <Stack gap="lg">
        <Title order={2}>{w.administration}</Title>
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <CameraChoice camera={camera} />
        <Switch size="md" label={c.sound} checked={!sound.muted} onChange={sound.toggle} />
        {losses.length > 0 && (
          <section aria-label={w.lostTitle}>
            <Title order={3} size="h4">
              {w.lostTitle}
            </Title>
            <Text c="dimmed">{w.lostText}</Text>
            <ul className={classes.losses}>
              {losses.map(({ at, why }) => (
                <li key={at + why}>
                  <strong>{when(Date.parse(at))}</strong>: {w.why[why]}
                </li>
              ))}
            </ul>
            <Button variant="default" size="md" onClick={server.clearLosses}>
              {w.seen}
            </Button>
          </section>
        )}
        {forgetting ? (
          <Forget vault={vault} settings={settings} waiting={waiting} onForgotten={onForgotten} />
        ) : (
          <Button variant="default" size="lg" onClick={() => setForgetting(true)}>
            {w.forget}
          </Button>
        )}
        <Button size="lg" onClick={onClose}>
          {w.close}
        </Button>
      </Stack>
    </Dialog>
  );
}

type ForgetProps = Pick<AdministrationProps, 'vault' | 'settings' | 'onForgotten'> & { readonly waiting: number };

function Forget({ vault, settings, waiting, onForgotten }: ForgetProps) {
  const w = useKioskWords();
  const [way, setWay] = useState<'credential' | 'password'>('credential');
  const [username, setUsername] = useState('');
  const [secret, setSecret] = useState('');
  const [wrong, setWrong] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWrong(false);
    setError(null);
    setBusy(true);
    try {
      const allowed = way === 'credential' ? secret.trim() === settings.credential : await isAdministrator(username.trim(), secret);
      if (allowed) {
        await vault.forget();
        remember(false);
        onForgotten();
        return;
      }
      setWrong(true);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Title order={3} size="h4">
          {w.forget}
        </Title>
        <Text>{w.forgetText}</Text>
        {waiting > 0 && (
          <Alert color="red" radius="lg">
            {w.forgetWaiting(waiting)}
          </Alert>
        )}
        {wrong && (
          <Alert color="red" radius="lg" role="alert">
            {w.notAllowed}
          </Alert>
        )}
        {error !== null && <ProblemAlert problem={problemIn(error)} />}
        <SegmentedControl
          fullWidth
          size="md"
          value={way}
          onChange={(chosen) => {
            setWay(chosen as typeof way);
            setSecret('');
          }}
          data={[
            { value: 'credential', label: w.byCredential },
            { value: 'password', label: w.byPassword },
          ]}
        />
        {way === 'password' && (
          <TextInput
            size="md"
            label={w.username}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          size="md"
          label={way === 'credential' ? w.credential : w.password}
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': way === 'credential' ? w.showCredential : w.showPassword }}
        />
        <Button type="submit" size="lg" color="red.9" loading={busy}>
          {w.forgetNow}
        </Button>
      </Stack>
    </form>
  );
}

import { Alert, Button, Divider, Loader, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useId, useState, type FormEvent } from 'react';
import { IconFace, IconKey, IconShield } from '../app/icons.tsx';
import { describe, problemIn } from '../app/ProblemAlert.tsx';
import { keep, kept } from '../capture/kept.ts';
import { RememberChoice } from '../capture/RememberChoice.tsx';
import { prepareDeviceWhenIdle } from '../device/device.ts';
import { useWords } from '../words/words.tsx';
import { departments, type Department } from './api.ts';
import classes from './sign-in.module.css';

interface StartProps {
  readonly username: string;
  readonly onUsername: (username: string) => void;
  readonly onFace: (department: string) => void;
  readonly onPassword: () => void;
}

/** Who wants to sign in and where, and what happens to their pictures, before any camera opens. */
export function Start({ username, onUsername, onFace, onPassword }: StartProps) {
  const words = useWords();
  const w = words.signIn;
  const asked = new URLSearchParams(window.location.search).get('department');
  const [known, setKnown] = useState<Department[] | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const [chosen, setChosen] = useState(asked ?? kept().department ?? '');
  const [missing, setMissing] = useState<'department' | 'username' | null>(null);
  const noticeId = useId();

  // The networks load while people read.
  useEffect(prepareDeviceWhenIdle, []);

  useEffect(() => {
    let ended = false;
    setFailed(null);
    departments()
      .then((list) => {
        if (!ended) {
          setKnown(list);
          setChosen((now) => (list.some((one) => one.code === now) ? now : list.length === 1 ? (list[0]?.code ?? '') : ''));
        }
      })
      .catch((error: unknown) => {
        if (!ended) {
          setFailed(error);
        }
      });
    return () => {
      ended = true;
    };
  }, [attempt]);

  const department = known?.find((one) => one.code === chosen);
  const needsUsername = department !== undefined && !department.identification;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (department === undefined) {
      setMissing('department');
    } else if (needsUsername && username.trim() === '') {
      setMissing('username');
    } else {
      keep({ department: department.code });
      onFace(department.code);
    }
  };

  return (
    <div className="column">
      <form className="card padded" onSubmit={submit} noValidate>
        <Stack gap="lg">
          <Title order={1} size="h2">
            {w.title}
          </Title>
          {failed !== null ? (
            <Alert color="red" radius="lg" title={w.departmentsFailed} role="alert">
              <Text mb="sm">{describe(problemIn(failed), words).detail}</Text>
              <Button variant="default" onClick={() => setAttempt(attempt + 1)}>
                {words.tryAgain}
              </Button>
            </Alert>
          ) : known === null ? (
            <Loader aria-label={words.loading} mx="auto" my="xl" />
          ) : known.length === 0 ? (
            <Alert color="gray" radius="lg">
              {w.noDepartments}
            </Alert>
          ) : (
            <>
              <NativeSelect
                size="lg"
                label={w.department}
                value={chosen}
                error={missing === 'department' ? w.departmentMissing : null}
                onChange={(event) => {
                  setChosen(event.currentTarget.value);
                  setMissing(null);
                }}
                data={[
                  ...(chosen === '' ? [{ value: '', label: w.chooseDepartment }] : []),
                  ...known.map((one) => ({ value: one.code, label: one.name })),
                ]}
              />
              <TextInput
                size="lg"
                label={
                  needsUsername ? (
                    w.username
                  ) : (
                    <>
                      {w.username} <span className={classes.optional}>{w.optional}</span>
                    </>
                  )
                }
                description={needsUsername ? w.usernameNeeded : null}
                error={missing === 'username' ? w.usernameNeeded : null}
                value={username}
                autoComplete="username"
                autoCapitalize="none"
                autoCorrect="off"
                spellCheck={false}
                required={needsUsername}
                onChange={(event) => {
                  onUsername(event.currentTarget.value);
                  setMissing(null);
                }}
              />
              <RememberChoice />
              <section className={classes.notice} id={noticeId}>
                <IconShield />
                <div>
                  <strong>{w.noticeTitle}</strong>
                  <p>{w.notice}</p>
                </div>
              </section>
              <Button type="submit" size="xl" fullWidth leftSection={<IconFace />} aria-describedby={noticeId}>
                {w.open}
              </Button>
            </>
          )}
          <Divider />
          <Button variant="default" size="lg" fullWidth leftSection={<IconKey />} onClick={onPassword}>
            {w.usePassword}
          </Button>
        </Stack>
      </form>
    </div>
  );
}

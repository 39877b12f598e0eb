import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useWords } from '../words/words.tsx';
import { changePassword, withPassword } from './api.ts';
import { SignInProblem } from './Password.tsx';

interface ChangePasswordProps {
  readonly username: string;
  readonly current: string;
  /** Signed in with the new password. */
  readonly onFinish: (redirect: string | null) => Promise<void>;
  readonly onCancel: () => void;
}

/** For the first, one-time password: choose one's own, and sign in with it. */
export function ChangePassword({ username, current, onFinish, onCancel }: ChangePasswordProps) {
  return (
    <div className="column">
      <div className="card padded">
        <NewPassword
          username={username}
          current={current}
          onCancel={onCancel}
          onChanged={async (chosen) => onFinish(await withPassword(username, chosen))}
        />
      </div>
    </div>
  );
}

interface NewPasswordProps {
  readonly username: string;
  readonly current: string;
  /** The server has taken the new password: sign in with it. */
  readonly onChanged: (password: string) => Promise<void>;
  readonly onCancel: () => void;
}

export function NewPassword({ username, current, onChanged, onCancel }: NewPasswordProps) {
  const words = useWords();
  const w = words.signIn;
  const valid = useRef(current);
  const [chosen, setChosen] = useState('');
  const [repeated, setRepeated] = useState('');
  const [different, setDifferent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    setDifferent(chosen !== repeated);
    if (chosen === '' || chosen !== repeated) {
      return;
    }
    setBusy(true);
    try {
      // When signing in fails after the change, trying again starts from the password that now holds.
      if (chosen !== valid.current) {
        await changePassword(username, valid.current, chosen);
        valid.current = chosen;
      }
      await onChanged(chosen);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="lg">
        <div>
          <Title order={1} size="h2" mb="xs">
            {w.changeTitle}
          </Title>
          <Text c="dimmed">{w.changeLead}</Text>
        </div>
        {error !== null && <SignInProblem error={error} />}
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
          size="lg"
          label={w.newPassword}
          autoComplete="new-password"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': w.showPassword }}
        />
        <PasswordInput
          size="lg"
          label={w.repeatPassword}
          autoComplete="new-password"
          value={repeated}
          error={different ? w.different : null}
          onChange={(event) => setRepeated(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': w.showPassword }}
        />
        <Stack gap="sm">
          <Button type="submit" size="xl" fullWidth loading={busy}>
            {w.change}
          </Button>
          <Button variant="default" size="lg" fullWidth onClick={onCancel}>
            {words.cancel}
          </Button>
        </Stack>
      </Stack>
    </form>
  );
}

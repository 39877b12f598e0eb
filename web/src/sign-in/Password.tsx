import { Alert, Button, Divider, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { IconFace } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { useWords } from '../words/words.tsx';
import { withPassword } from './api.ts';

interface PasswordProps {
  readonly username: string;
  readonly onUsername: (username: string) => void;
  readonly onFinish: (redirect: string | null) => Promise<void>;
  /** The password was right but may not be kept. */
  readonly onChange: (password: string) => void;
  readonly onFace: () => void;
}

export function Password({ username, onUsername, onFinish, onChange, onFace }: PasswordProps) {
  const words = useWords();
  const w = words.signIn;
  const [password, setPassword] = useState('');
  const [empty, setEmpty] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setEmpty(username.trim() === '' || password === '');
    setError(null);
    if (username.trim() === '' || password === '') {
      return;
    }
    setBusy(true);
    try {
      await onFinish(await withPassword(username.trim(), password));
    } catch (thrown) {
      if (problemIn(thrown).kind === 'password-change-required') {
        onChange(password);
        return;
      }
      setError(thrown);
      setBusy(false);
    }
  };

  return (
    <div className="column">
      <form className="card padded" onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="lg">
          <Title order={1} size="h2">
            {w.passwordTitle}
          </Title>
          {error !== null && <SignInProblem error={error} />}
          {empty && (
            <Alert color="red" radius="lg" role="alert">
              {w.fillBoth}
            </Alert>
          )}
          <TextInput
            size="lg"
            label={w.username}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            value={username}
            onChange={(event) => onUsername(event.currentTarget.value)}
          />
          <PasswordInput
            size="lg"
            label={w.password}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': w.showPassword }}
          />
          <Button type="submit" size="xl" fullWidth loading={busy}>
            {w.submit}
          </Button>
          <Divider />
          <Button variant="default" size="lg" fullWidth leftSection={<IconFace />} onClick={onFace}>
            {w.useFace}
          </Button>
        </Stack>
      </form>
    </div>
  );
}

/** What the server said to a password, in the person's language where the status alone says it. */
export function SignInProblem({ error }: { error: unknown }) {
  const w = useWords().signIn;
  const problem = problemIn(error);
  if (problem.status === 401) {
    return (
      <Alert color="red" radius="lg" role="alert">
        {w.wrongPassword}
      </Alert>
    );
  }
  if (problem.status === 429) {
    return (
      <Alert color="orange" radius="lg" role="alert">
        {problem.retryAfter === null ? w.tooManySoon : w.tooMany(problem.retryAfter)}
      </Alert>
    );
  }
  return <ProblemAlert problem={problem} />;
}

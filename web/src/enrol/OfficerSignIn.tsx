import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { problemIn } from '../app/ProblemAlert.tsx';
import { request } from '../http/request.ts';
import { NewPassword } from '../sign-in/ChangePassword.tsx';
import { SignInProblem } from '../sign-in/Password.tsx';
import { useWords } from '../words/words.tsx';

interface OfficerSignInProps {
  readonly title: string;
  readonly lead: string;
  /** In a dialog over the page, which has its own first heading. */
  readonly again?: boolean;
  readonly onToken: (token: string) => void;
}

export function OfficerSignIn({ title, lead, again = false, onToken }: OfficerSignInProps) {
  const w = useWords().signIn;
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [changing, setChanging] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const token = async (secret: string) => {
    const form = { grant_type: 'password', username: username.trim(), password: secret };
    return (await request<{ access_token: string }>('POST', '/token', { form })).access_token;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onToken(await token(password));
    } catch (thrown) {
      if (problemIn(thrown).kind === 'password-change-required') {
        setChanging(true);
      } else {
        setError(thrown);
      }
      setBusy(false);
    }
  };

  if (changing) {
    return (
      <NewPassword
        username={username.trim()}
        current={password}
        onCancel={() => setChanging(false)}
        onChanged={async (chosen) => onToken(await token(chosen))}
      />
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="lg">
        <div>
          <Title order={again ? 2 : 1} size="h2" mb={4}>
            {title}
          </Title>
          <Text c="dimmed">{lead}</Text>
        </div>
        {error !== null && <SignInProblem error={error} />}
        <TextInput
          size="lg"
          label={w.username}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          size="lg"
          label={w.password}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': w.showPassword }}
        />
        <Button type="submit" size="xl" fullWidth loading={busy}>
          {w.submit}
        </Button>
      </Stack>
    </form>
  );
}

import { useState } from 'react';
import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useWords } from '../words/words.tsx';
import { signOut } from './api.ts';
import type { Person } from './protocol.ts';
import classes from './sign-in.module.css';

interface WelcomeProps {
  readonly person: Person;
  readonly leaving: boolean;
  readonly onOther: () => void;
  readonly onSignedOut: () => void;
}

/** Signed in: on the way back to the application that asked, or at the end. */
export function Welcome({ person, leaving, onOther, onSignedOut }: WelcomeProps) {
  const words = useWords();
  const w = words.signIn;
  const [state, setState] = useState<'in' | 'leaving' | 'failed'>('in');

  const leave = () => {
    setState('leaving');
    signOut().then(onSignedOut, () => setState('failed'));
  };

  return (
    <div className="column">
      <div className={`card padded ${classes.welcome}`}>
        <Stack align="center" ta="center" gap="md" role="status">
          <svg className={classes.tick} viewBox="0 0 96 96" aria-hidden="true">
            <circle cx="48" cy="48" r="42" pathLength="1" />
            <path d="M30 49.5l12.5 12.5L67 36.5" pathLength="1" />
          </svg>
          <Title order={1} size="h2">
            {leaving ? w.welcome(person.displayName) : w.signedInAs(person.displayName)}
          </Title>
          <Text size="lg" c="dimmed">
            {leaving ? w.takingBack : [person.username, person.department].filter((part) => part !== '').join(' · ')}
          </Text>
        </Stack>
        {!leaving && (
          <Stack gap="sm" mt="xl">
            {state === 'failed' && (
              <Alert color="red" role="alert">
                {w.notSignedOut}
              </Alert>
            )}
            <Button size="lg" fullWidth onClick={leave} disabled={state === 'leaving'}>
              {state === 'leaving' ? w.signingOut : w.signOut}
            </Button>
            <Button component="a" href="/privacy" variant="default" size="lg" fullWidth>
              {words.home.privacy}
            </Button>
            <Button variant="default" size="lg" fullWidth onClick={onOther}>
              {w.otherAccount}
            </Button>
          </Stack>
        )}
      </div>
    </div>
  );
}

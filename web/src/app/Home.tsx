import { Stack, Text, Title } from '@mantine/core';
import { useWords } from '../words/words.tsx';
import classes from './Home.module.css';
import { IconConsole, IconFace, IconPeople, IconShield } from './icons.tsx';
import { useTitle } from './useTitle.ts';

export function Home() {
  const { home } = useWords();
  useTitle(home.title);
  return (
    <Stack className={classes.home} gap="xl">
      <Stack gap="xs">
        <Title order={1}>{home.title}</Title>
        <Text size="lg" c="dimmed">
          {home.lead}
        </Text>
      </Stack>
      <div className={classes.doors}>
        <a className={classes.door} href="/sign-in">
          <IconFace size={40} />
          <strong>{home.signIn}</strong>
          <span>{home.signInText}</span>
        </a>
        <a className={classes.door} href="/enrol">
          <IconPeople size={40} />
          <strong>{home.enrol}</strong>
          <span>{home.enrolText}</span>
        </a>
        <a className={classes.door} href="/console">
          <IconConsole size={40} />
          <strong>{home.console}</strong>
          <span>{home.consoleText}</span>
        </a>
        <a className={classes.door} href="/privacy">
          <IconShield size={40} />
          <strong>{home.privacy}</strong>
          <span>{home.privacyText}</span>
        </a>
      </div>
    </Stack>
  );
}

import { Anchor, Stack, Text, Title } from '@mantine/core';
import { IconCameraOff } from '../app/icons.tsx';
import { useWords } from '../words/words.tsx';
import { browserOf, type CameraProblem } from './camera.ts';

/** What a person can do when the camera does not open. */
export function CameraHelp({ problem }: { problem: CameraProblem }) {
  const { camera } = useWords();
  const { title, text } = camera[problem];
  const secure = `https://${window.location.host}${window.location.pathname}${window.location.search}`;
  return (
    <Stack gap="xs" align="center" ta="center" role="alert">
      <IconCameraOff size={44} />
      <Title order={1} size="h3">
        {title}
      </Title>
      <Text c="dimmed">{text}</Text>
      {problem === 'insecure' && (
        <Anchor href={secure} fw={600} className="break-anywhere">
          {secure}
        </Anchor>
      )}
      {problem === 'denied' && (
        <Text fw={600}>{camera.permission[browserOf(navigator.userAgent, navigator.maxTouchPoints > 1)]}</Text>
      )}
    </Stack>
  );
}

import { Alert, Button, Checkbox, Text } from '@mantine/core';
import { lazy, Suspense, useCallback, useState } from 'react';
import { IconAlert, IconCheck } from '../app/icons.tsx';
import { useOfficer } from '../enrol/officer.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { useWords } from '../words/words.tsx';
import { keys, type Keys as KeysInUse } from './api.ts';
import classes from './console.module.css';
import { Card, Confirm, Head, Loading, PageLink, Show } from './parts.tsx';
import { address, useConsole } from './useConsole.ts';
import { useConsoleWords } from './words.ts';

const Det = lazy(() => import('./security/Det.tsx'));

export function Keys() {
  const { locale } = useWords();
  const w = useConsoleWords();
  const { call } = useOfficer();
  const { go } = useConsole();
  const inUse = useLoaded(useCallback(() => keys(call), [call]));
  const [asking, setAsking] = useState(false);
  const [understood, setUnderstood] = useState(false);
  const [rotated, setRotated] = useState<KeysInUse | null>(null);
  const close = () => {
    setAsking(false);
    setUnderstood(false);
  };
  return (
    <>
      <Head title={w.section.keys} lead={w.keys.lead} />
      <div role="status">
        {rotated !== null && (
          <Alert color="petrol" radius="lg" icon={<IconCheck />} mb="md">
            {w.keys.rotated((rotated.rewrapped_subjects ?? 0).toLocaleString(locale))} {w.keys.backup}
          </Alert>
        )}
      </div>
      <Show loaded={inUse}>
        {(known) => (
          <div className={classes.cards}>
            <Card title={w.keys.site}>
              <Text c="dimmed">{w.keys.siteText}</Text>
              <code className={classes.code}>{known.site_key}</code>
            </Card>
            <Card title={w.keys.signing}>
              <Text c="dimmed">{w.keys.signingText}</Text>
              <code className={classes.code}>{known.signing_key}</code>
            </Card>
          </div>
        )}
      </Show>
      <Card title={w.keys.rotate}>
        <Text>{w.keys.rotateText}</Text>
        <Text className={classes.hint}>
          <IconAlert size={18} /> {w.keys.backup}
        </Text>
        <div className={classes.row}>
          <Button size="md" onClick={() => setAsking(true)}>
            {w.keys.rotate}
          </Button>
          <PageLink
            to={address('audit', { action: 'KEYS_ROTATED' })}
            className={classes.link}
            onGo={() => go('audit', { action: 'KEYS_ROTATED' })}
          >
            {w.keys.history}
          </PageLink>
        </div>
      </Card>
      <Suspense fallback={<Loading />}>
        <Det />
      </Suspense>
      {asking && (
        <Confirm
          title={w.keys.rotateTitle}
          text={w.keys.rotateText}
          act={w.keys.rotate}
          ready={understood}
          onClose={close}
          onConfirm={async () => {
            setRotated(await call<KeysInUse>('POST', '/api/keys/rotate'));
            inUse.reload();
            close();
          }}
        >
          <Checkbox
            size="md"
            mb="lg"
            label={w.keys.confirm}
            checked={understood}
            onChange={(event) => setUnderstood(event.currentTarget.checked)}
          />
        </Confirm>
      )}
    </>
  );
}

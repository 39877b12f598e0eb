import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { Card, Confirm, Show, useMoment } from '../console/parts.tsx';
import { useOfficer } from '../enrol/officer.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { isPin } from '../privacy/pin.ts';
import { useWords } from '../words/words.tsx';
import classes from './presence.module.css';
import { usePresenceWords } from './words.ts';

interface State {
  readonly pin: boolean;
  readonly badge_given_at?: string | null;
}

type Asking = 'pin' | 'badge' | 'take';

/** The PIN and the badge of somebody who declines the camera, set by an officer. Neither can be read back. */
export function WithoutCamera({ person }: { person: string }) {
  const words = useWords();
  const w = usePresenceWords();
  const moment = useMoment();
  const { call } = useOfficer();
  const base = `/api/attendance/people/${encodeURIComponent(person)}`;
  const state = useLoaded(useCallback(() => call<State>('GET', `${base}/without-camera`), [call, base]));
  const [asking, setAsking] = useState<Asking | null>(null);
  const [value, setValue] = useState('');
  const [said, setSaid] = useState('');
  const ask = (what: Asking) => {
    setValue('');
    setSaid('');
    setAsking(what);
  };
  const done = (text: string) => {
    setAsking(null);
    setValue('');
    setSaid(text);
    state.reload();
  };
  return (
    <Card title={w.withoutTitle}>
      <Text>{w.withoutText}</Text>
      <Show loaded={state}>
        {({ pin, badge_given_at }) => (
          <>
            <Text c="dimmed">{pin ? w.pinThere : w.pinMissing}</Text>
            <Text c="dimmed">{badge_given_at == null ? w.badgeMissing : w.badgeThere(moment(badge_given_at))}</Text>
            <div className={classes.acts}>
              <Button variant="default" onClick={() => ask('pin')}>
                {w.pinSet}
              </Button>
              <Button variant="default" onClick={() => ask('badge')}>
                {w.badgeGive}
              </Button>
              {badge_given_at != null && (
                <Button variant="default" c="var(--mantine-color-error)" onClick={() => ask('take')}>
                  {w.badgeTake}
                </Button>
              )}
            </div>
          </>
        )}
      </Show>
      <Text role="status" className={said === '' ? 'visually-hidden' : undefined}>
        {said}
      </Text>
      {asking === 'pin' && (
        <Confirm
          title={w.pinSet}
          text={w.pinSetText}
          act={w.save}
          ready={isPin(value)}
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            await call('PUT', `${base}/pin`, { json: { pin: value } });
            done(w.pinSaved);
          }}
        >
          <Stack mb="lg">
            <PasswordInput
              size="md"
              label={w.pinField}
              description={w.pinHint}
              inputMode="numeric"
              autoComplete="off"
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
              visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words.signIn.showPassword }}
            />
          </Stack>
        </Confirm>
      )}
      {asking === 'badge' && (
        <Confirm
          title={w.badgeGive}
          text={w.badgeGiveText}
          act={w.save}
          ready={value.replace(/[^0-9a-z]/gi, '').length >= 4}
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            await call('PUT', `${base}/badge`, { json: { number: value } });
            done(w.badgeSaved);
          }}
        >
          <Stack mb="lg">
            <TextInput
              size="md"
              data-autofocus
              label={w.badgeField}
              description={w.badgeHint}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={100}
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
          </Stack>
        </Confirm>
      )}
      {asking === 'take' && (
        <Confirm
          title={w.badgeTake}
          text={w.badgeTakeText}
          act={w.badgeTake}
          danger
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            await call('DELETE', `${base}/badge`);
            done(w.badgeTaken);
          }}
        />
      )}
    </Card>
  );
}

import { Button, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { Card, Confirm, Show, useMoment } from '../console/parts.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { useWords } from '../words/words.tsx';
import { usePresenceWords } from './words.ts';

/** The notice whose text is `consentMissingOwn` in the dictionaries. A new text is a new version. */
export const PICTURE_NOTICE = '2026-11';

interface State {
  /** Whether the department keeps pictures. */
  readonly kept: boolean;
  readonly days: number;
  readonly consented_at?: string | null;
  readonly notice_version?: string | null;
}

interface ConsentProps {
  /** Whose it is: one's own, or somebody else's, recorded by an officer. */
  readonly own: boolean;
  readonly may: boolean;
  readonly request: <T>(method: 'GET' | 'PUT' | 'DELETE', json?: unknown) => Promise<T>;
}

/** Whether somebody consents to pictures of their punches. A purpose of its own: it is given and ended without touching the face. */
export function Consent({ own, may, request }: ConsentProps) {
  const w = usePresenceWords();
  const { locale } = useWords();
  const moment = useMoment();
  const state = useLoaded(useCallback(() => request<State>('GET'), [request]));
  const [asking, setAsking] = useState<'give' | 'end' | null>(null);
  const [said, setSaid] = useState('');
  const done = (text: string) => {
    setAsking(null);
    setSaid(text);
    state.reload();
  };
  return (
    <Card title={w.consentTitle}>
      <Show loaded={state}>
        {({ kept, days, consented_at, notice_version }) => {
          const consents = consented_at != null;
          const number = days.toLocaleString(locale);
          return (
            <>
              {!kept && <Text>{own ? w.consentOffOwn : w.consentOff}</Text>}
              {kept && !consents && <Text>{own ? w.consentMissingOwn(number) : w.consentMissing(number)}</Text>}
              {consents && <Text>{w.consentThere(moment(consented_at), notice_version ?? '')}</Text>}
              {may && consents && (
                <div>
                  <Button size="md" variant="default" c="var(--mantine-color-error)" onClick={() => setAsking('end')}>
                    {w.consentEnd}
                  </Button>
                </div>
              )}
              {may && kept && !consents && (
                <div>
                  <Button size="md" variant="default" onClick={() => setAsking('give')}>
                    {own ? w.consentGiveOwn : w.consentGive}
                  </Button>
                </div>
              )}
              {asking === 'give' && (
                <Confirm
                  title={own ? w.consentTitle : w.consentGiveTitle}
                  text={own ? w.consentMissingOwn(number) : w.consentGiveText}
                  act={own ? w.consentGiveOwn : w.consentGive}
                  onClose={() => setAsking(null)}
                  onConfirm={async () => {
                    await request('PUT', { notice_version: PICTURE_NOTICE });
                    done(w.consentGiven);
                  }}
                />
              )}
            </>
          );
        }}
      </Show>
      <Text role="status" className={said === '' ? 'visually-hidden' : undefined}>
        {said}
      </Text>
      {asking === 'end' && (
        <Confirm
          title={w.consentEndTitle}
          text={w.consentEndText}
          act={w.consentEnd}
          danger
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            await request('DELETE');
            done(w.consentEnded);
          }}
        />
      )}
    </Card>
  );
}

import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { IconShield } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import type { LegalBasis, Subject } from './api.ts';
import classes from './enrol.module.css';
import { useOfficer } from './officer.tsx';

/** The recorded legal basis and its withdrawal. */
export function Basis({ subject, basis, onWithdrawn }: { subject: Subject; basis: LegalBasis; onWithdrawn: () => void }) {
  const words = useWords();
  const w = words.enrol;
  const { call } = useOfficer();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const date = new Date(basis.recorded_at).toLocaleDateString(words.locale, { dateStyle: 'long' });

  const withdraw = async () => {
    setBusy(true);
    setError(null);
    try {
      await call('DELETE', `/api/subjects/${encodeURIComponent(subject.id)}/legal-basis`);
      setAsking(false);
      onWithdrawn();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };

  return (
    <div className={classes.basis}>
      <IconShield />
      <div>
        <Text fw={600}>{lookUp(w.basis, basis.basis) ?? basis.basis}</Text>
        <Text size="sm" c="dimmed">
          {w.recorded(date)} · {w.noticeVersion}: {basis.notice_version}
        </Text>
      </div>
      <Button variant="subtle" color="red" c="var(--mantine-color-error)" onClick={() => setAsking(true)}>
        {w.withdraw}
      </Button>
      {asking && (
        <Dialog label={w.withdrawTitle} onClose={() => setAsking(false)}>
          <Title order={2} size="h3" mb="xs">
            {w.withdrawTitle}
          </Title>
          {error !== null && <ProblemAlert problem={problemIn(error)} />}
          <Text mb="xl">{w.withdrawText}</Text>
          <div className="actions">
            <Button size="lg" variant="default" onClick={() => setAsking(false)}>
              {words.cancel}
            </Button>
            <Button size="lg" color="red.9" loading={busy} onClick={() => void withdraw()}>
              {w.withdraw}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

import { Button, Checkbox, Radio, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { useWords } from '../words/words.tsx';
import type { Subject } from './api.ts';
import classes from './enrol.module.css';
import { useOfficer } from './officer.tsx';

/** The notice whose points are in the dictionaries as `noticePoints`. A new text is a new version. */
const NOTICE_VERSION = '2026-11';

type BasisKind = 'CONSENT' | 'LEGAL_OBLIGATION' | 'FRAUD_PREVENTION_AND_SECURITY';
const KINDS: readonly BasisKind[] = ['CONSENT', 'LEGAL_OBLIGATION', 'FRAUD_PREVENTION_AND_SECURITY'];

/** Records why a face may be used. Nothing is preselected: the officer has to ask. */
export function BasisForm({ subject, onRecorded }: { subject: Subject; onRecorded: () => void }) {
  const w = useWords().enrol;
  const { call } = useOfficer();
  const [basis, setBasis] = useState<BasisKind | null>(null);
  const [reason, setReason] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const complete = basis === 'CONSENT' ? agreed : basis !== null && reason.trim() !== '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await call('POST', `/api/subjects/${encodeURIComponent(subject.id)}/legal-basis`, {
        json: { basis, reason: basis === 'CONSENT' ? null : reason.trim(), notice_version: NOTICE_VERSION },
      });
      onRecorded();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };

  return (
    <form className={`card padded ${classes.sides}`} onSubmit={(event) => void submit(event)}>
      <div>
        <Title order={2} mb="xs">
          {w.basisTitle}
        </Title>
        <Text c="dimmed">{w.basisLead}</Text>
        <div className={classes.notice}>
          <ul>
            {w.noticePoints.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
          <span>
            {w.noticeVersion}: {NOTICE_VERSION}
          </span>
        </div>
      </div>
      <Stack gap="lg">
        {error !== null && <ProblemAlert problem={problemIn(error)} />}
        <Radio.Group
          aria-label={w.stepBasis}
          value={basis}
          onChange={(value) => setBasis(KINDS.find((kind) => kind === value) ?? null)}
        >
          <Stack gap="sm">
            {KINDS.map((kind) => (
              <Radio.Card key={kind} value={kind} className={classes.option} radius="lg">
                <Radio.Indicator size="md" />
                <span>
                  <strong>{w.basis[kind]}</strong>
                  <span>{w.basisText[kind]}</span>
                </span>
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
        {basis === 'CONSENT' && (
          <Checkbox
            size="md"
            label={w.consentConfirm}
            className={classes.choice}
            checked={agreed}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
          />
        )}
        {basis !== null && basis !== 'CONSENT' && (
          <Textarea
            size="lg"
            label={w.reason}
            description={w.reasonMissing}
            required
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <Button type="submit" size="xl" disabled={!complete} loading={busy}>
          {w.recordBasis}
        </Button>
      </Stack>
    </form>
  );
}

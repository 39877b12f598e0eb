import { Button, Text } from '@mantine/core';
import { useCallback } from 'react';
import { IconShield } from '../app/icons.tsx';
import { saveFile } from '../app/saveFile.ts';
import classes from '../console/console.module.css';
import { Card, Empty, Facts, Head, PageLink, Show, useMoment } from '../console/parts.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { useQuery } from '../enrol/useQuery.ts';
import { ProblemError } from '../http/problem.ts';
import { lookUp } from '../words/advice.ts';
import { receipt, type Receipt as State } from './api.ts';
import own from './privacy.module.css';
import { usePrivacyWords } from './words.ts';

/** What became of a request for erasure, for whoever has its number. */
export function Receipt({ number }: { number: string }) {
  const w = usePrivacyWords();
  const [, goTo] = useQuery();
  const asked = useLoaded(
    useCallback(
      () =>
        receipt(number).catch((error: unknown) => {
          if (error instanceof ProblemError && [400, 404].includes(error.problem.status)) {
            return 'unknown' as const;
          }
          throw error;
        }),
      [number],
    ),
  );
  return (
    <div className={own.narrow}>
      <Show loaded={asked}>
        {(known) =>
          known === 'unknown' ? (
            <Empty icon={<IconShield size={48} />} title={w.receipt.unknown} order={1} />
          ) : (
            <Known state={known} />
          )
        }
      </Show>
      <PageLink to="/privacy" className={classes.link} onGo={() => goTo({})}>
        {w.receipt.signIn}
      </PageLink>
    </div>
  );
}

function Known({ state }: { state: State }) {
  const w = usePrivacyWords();
  const moment = useMoment();
  const name = `vultus-erasure-${state.request.slice(0, 8)}.jws`;
  const certificate = state.certificate ?? null;
  return (
    <>
      <Head title={w.receipt.title} />
      <Card title={lookUp(w.receipt.state, state.state) ?? state.state}>
        <Text>{lookUp(w.receipt.text, state.state) ?? ''}</Text>
        <Facts
          facts={[
            [w.receipt.asked, moment(state.asked_at)],
            ...(state.answered_at == null ? [] : [[w.receipt.answered, moment(state.answered_at)] as const]),
            [w.receipt.number, <code key="number">{state.request}</code>],
          ]}
        />
        {certificate !== null && (
          <div className={classes.row}>
            <Button size="md" onClick={() => saveFile(new Blob([certificate], { type: 'application/jose' }), name)}>
              {w.receipt.download}
            </Button>
          </div>
        )}
      </Card>
      {certificate !== null && (
        <Card title={w.receipt.verify}>
          <Text>{w.receipt.verifyText}</Text>
          <code className={classes.code}>./vultus privacy verify-certificate {name} --key audit-key.pem</code>
          <Text c="dimmed">{w.receipt.verifyKey}</Text>
        </Card>
      )}
    </>
  );
}

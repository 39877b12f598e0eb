import { Alert, Button, Checkbox, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconAlert, IconCheck, IconFace } from '../app/icons.tsx';
import classes from '../console/console.module.css';
import { Card, Confirm, DataTable, Facts, Head, Show, useMoment } from '../console/parts.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { consent, withdraw, type Basis } from './api.ts';
import own from './privacy.module.css';
import type { SectionProps } from './PrivacyPage.tsx';
import { usePrivacyWords } from './words.ts';

export function Kept({ me, onChanged }: SectionProps) {
  const { locale } = useWords();
  const w = usePrivacyWords();
  const moment = useMoment();
  const [asking, setAsking] = useState(false);
  const [understood, setUnderstood] = useState(false);
  const [withdrawn, setWithdrawn] = useState(false);
  const grounds = useLoaded(useCallback(() => consent(), []));
  const enrolled = me.enrolled_at != null;
  const basis = me.legal_basis ?? null;
  const close = () => {
    setAsking(false);
    setUnderstood(false);
  };
  const date = (at: string) => new Date(at).toLocaleDateString(locale, { dateStyle: 'long' });
  const earlier = (all: readonly Basis[]) => all.filter((one) => one.withdrawn_at != null && one.purpose !== 'PROOF_OF_PRESENCE');
  return (
    <>
      <Head title={w.section.kept} lead={w.kept.lead} />
      <div role="status">
        {withdrawn && (
          <Alert color="petrol" radius="lg" icon={<IconCheck />}>
            {w.kept.withdrawn}
          </Alert>
        )}
      </div>
      <div className={classes.cards}>
        <Card title={w.kept.face}>
          <div className={own.state} data-off={!enrolled}>
            <IconFace size={56} />
            <div>
              <strong>{enrolled ? w.kept.enrolled : w.kept.notEnrolled}</strong>
              <Text>{enrolled ? w.kept.enrolledText(date(me.enrolled_at ?? '')) : w.kept.notEnrolledText}</Text>
            </div>
          </div>
          <Text c="dimmed">{w.kept.never}</Text>
        </Card>
        <Card title={w.kept.basis}>
          {basis === null ? (
            <Text>{w.kept.noBasis}</Text>
          ) : (
            <>
              <div>
                <strong>{lookUp(w.kept.kind, basis.basis) ?? basis.basis}</strong>
                <Text c="dimmed">{lookUp(w.kept.law, basis.basis) ?? ''}</Text>
              </div>
              <Facts
                facts={[
                  [w.kept.notice, w.kept.noticeVersion(basis.notice_version)],
                  [w.kept.recorded, date(basis.recorded_at)],
                  ...(basis.reason == null ? [] : [[w.kept.reason, basis.reason] as const]),
                ]}
              />
              {basis.basis === 'CONSENT' && (
                <Button variant="default" size="md" onClick={() => setAsking(true)}>
                  {w.kept.withdraw}
                </Button>
              )}
            </>
          )}
        </Card>
      </div>
      <Kinds me={me} />
      <Show loaded={grounds}>
        {({ history }) =>
          earlier(history).length === 0 ? null : (
            <Card title={w.kept.history}>
              <DataTable
                label={w.kept.history}
                rows={earlier(history)}
                id={(one) => one.recorded_at}
                columns={[
                  { head: w.kept.basis, names: true, cell: (one) => lookUp(w.kept.kind, one.basis) ?? one.basis },
                  { head: w.kept.notice, cell: (one) => w.kept.noticeVersion(one.notice_version) },
                  { head: w.kept.recorded, cell: (one) => moment(one.recorded_at) },
                  { head: w.kept.ended, cell: (one) => moment(one.withdrawn_at ?? '') },
                ]}
              />
            </Card>
          )
        }
      </Show>
      {asking && (
        <Confirm
          title={w.kept.withdrawTitle}
          text={w.kept.withdrawText}
          act={w.kept.withdraw}
          danger
          ready={understood}
          onClose={close}
          onConfirm={async () => {
            await withdraw();
            close();
            setWithdrawn(true);
            grounds.reload();
            onChanged();
          }}
        >
          <Effects title={w.kept.effectsTitle} effects={w.kept.effects} />
          <Effects title={w.kept.effectsNotTitle} effects={w.kept.effectsNot} not />
          <Checkbox
            size="md"
            mb="lg"
            label={w.kept.understood}
            checked={understood}
            onChange={(event) => setUnderstood(event.currentTarget.checked)}
          />
        </Confirm>
      )}
    </>
  );
}

export function Effects({ title, effects, not = false }: { title?: string; effects: readonly string[]; not?: boolean }) {
  return (
    <>
      {title !== undefined && <p className={own.subtitle}>{title}</p>}
      <ul className={own.effects} data-kind={not ? 'not' : 'yes'}>
        {effects.map((effect) => (
          <li key={effect}>
            {not ? <IconAlert size={20} /> : <IconCheck size={20} />}
            <span>{effect}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What is kept of everybody, with the periods as this server is set. */
function Kinds({ me }: { me: SectionProps['me'] }) {
  const w = usePrivacyWords();
  const { sign_ins_days: signIns, template_after_deactivation_days: template } = me.retention;
  const rows = Object.entries(w.kept.rows).map(([name, [what = '', why = '', long = '']]) => ({
    name,
    what,
    why,
    long: name === 'signIns' ? w.kept.days(signIns) : name === 'template' ? w.kept.templateDays(template) : long,
  }));
  return (
    <Card title={w.kept.table}>
      <DataTable
        label={w.kept.table}
        rows={rows}
        id={(row) => row.name}
        columns={[
          { head: w.kept.what, names: true, cell: (row) => row.what },
          { head: w.kept.why, cell: (row) => row.why },
          { head: w.kept.long, cell: (row) => row.long },
        ]}
      />
    </Card>
  );
}

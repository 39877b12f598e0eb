import { Alert, Button, Text, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { IconCheck } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import classes from '../console/console.module.css';
import { Badge, Card, Confirm, Head, PageLink } from '../console/parts.tsx';
import { useQuery } from '../enrol/useQuery.ts';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { ask, type PrivacyRequest } from './api.ts';
import { Effects } from './Kept.tsx';
import own from './privacy.module.css';
import type { SectionProps } from './PrivacyPage.tsx';
import { usePrivacyWords } from './words.ts';

const LONGEST = 2000;

export function Rights({ me, onChanged }: SectionProps) {
  const w = usePrivacyWords();
  const [asked, setAsked] = useState(false);
  const isOpen = (kind: string) => me.requests.some((one) => one.kind === kind && one.answered_at == null);
  const done = () => {
    setAsked(true);
    onChanged();
  };
  return (
    <>
      <Head title={w.section.rights} lead={w.rights.lead} />
      <div role="status">
        {asked && (
          <Alert color="petrol" radius="lg" icon={<IconCheck />}>
            {w.rights.asked}
          </Alert>
        )}
      </div>
      <div className={classes.cards}>
        <Objection open={isOpen('OBJECTION')} onAsked={done} />
        <Erasure open={isOpen('ERASURE')} onAsked={done} />
      </div>
      <Card title={w.rights.requests}>
        {me.requests.length === 0 ? (
          <Text c="dimmed">{w.rights.noRequests}</Text>
        ) : (
          <ul className={own.requests}>
            {[...me.requests].reverse().map((one) => (
              <Asked key={one.id} request={one} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

interface AskProps {
  readonly open: boolean;
  readonly onAsked: () => void;
}

function Objection({ open, onAsked }: AskProps) {
  const w = usePrivacyWords();
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await ask('objection', words);
      setWords('');
      onAsked();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <Card title={w.rights.object}>
      <Text>{w.rights.objectText}</Text>
      {open ? (
        <Text c="dimmed">{w.rights.alreadyOpen}</Text>
      ) : (
        <form className={own.form} onSubmit={(event) => void submit(event)}>
          {error !== null && <ProblemAlert problem={problemIn(error)} />}
          <Words value={words} onChange={setWords} />
          <div>
            <Button type="submit" size="md" variant="default" loading={busy}>
              {w.rights.objectAct}
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}

function Erasure({ open, onAsked }: AskProps) {
  const w = usePrivacyWords();
  const [asking, setAsking] = useState(false);
  const [words, setWords] = useState('');
  return (
    <Card title={w.rights.erase}>
      <Text>{w.rights.eraseText}</Text>
      {open ? (
        <Text c="dimmed">{w.rights.alreadyOpen}</Text>
      ) : (
        <Button size="md" variant="default" onClick={() => setAsking(true)}>
          {w.rights.eraseAct}
        </Button>
      )}
      {asking && (
        <Confirm
          title={w.rights.eraseTitle}
          text={w.rights.eraseText}
          act={w.rights.eraseAct}
          danger
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await ask('erasure-request', words);
            setAsking(false);
            setWords('');
            onAsked();
          }}
        >
          <Effects effects={w.rights.eraseEffects} />
          <Words value={words} onChange={setWords} />
        </Confirm>
      )}
    </Card>
  );
}

function Words({ value, onChange }: { value: string; onChange: (words: string) => void }) {
  const w = usePrivacyWords();
  return (
    <Textarea
      size="md"
      mb="md"
      label={`${w.rights.why} (${w.rights.optional})`}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={LONGEST}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Asked({ request }: { request: PrivacyRequest }) {
  const { locale } = useWords();
  const w = usePrivacyWords();
  const [, goTo] = useQuery();
  const answered = request.answered_at != null;
  return (
    <li>
      <div className={classes.row}>
        <strong>{lookUp(w.rights.kind, request.kind) ?? request.kind}</strong>
        <Badge tone={answered ? 'good' : 'open'}>{answered ? w.rights.answered : w.rights.open}</Badge>
        <Text c="dimmed">{w.rights.on(new Date(request.asked_at).toLocaleDateString(locale, { dateStyle: 'long' }))}</Text>
      </div>
      {request.words != null && <p className={own.quote}>{request.words}</p>}
      {request.answer != null && <p className={own.answer}>{request.answer}</p>}
      {request.kind === 'ERASURE' && (
        <div>
          <Text c="dimmed">{w.rights.receiptText}</Text>
          <div className={classes.row}>
            <code className={classes.code}>{request.id}</code>
            <PageLink
              to={`/privacy?receipt=${request.id}`}
              className={classes.link}
              onGo={() => goTo({ receipt: request.id })}
            >
              {w.rights.receiptLink}
            </PageLink>
          </div>
        </div>
      )}
    </li>
  );
}

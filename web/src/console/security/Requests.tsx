import { Alert, Button, Text, Textarea, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconCheck, IconShield } from '../../app/icons.tsx';
import { saveFile } from '../../app/saveFile.ts';
import type { Subject } from '../../enrol/api.ts';
import { useOfficer, type Call } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { lookUp } from '../../words/advice.ts';
import { useWords } from '../../words/words.tsx';
import { person } from '../api.ts';
import classes from '../console.module.css';
import { Badge, Card, Confirm, Empty, Head, Show } from '../parts.tsx';
import { useConsoleWords } from '../words.ts';
import own from './security.module.css';
import { useSecurityWords } from './words.ts';

interface Request {
  readonly id: string;
  readonly subject: string;
  readonly kind: string;
  readonly words?: string | null;
  readonly asked_at: string;
}

interface Asked {
  readonly request: Request;
  /** Null where they are not known any more. */
  readonly who: Subject | null;
}

const LONGEST = 2000;

const open = async (call: Call): Promise<readonly Asked[]> =>
  Promise.all(
    (await call<readonly Request[]>('GET', '/api/privacy/requests')).map(async (request) => ({
      request,
      who: await person(call, request.subject).catch(() => null),
    })),
  );

/** Erasures and objections that wait for somebody to decide. */
export default function Requests() {
  const { locale } = useWords();
  const w = useSecurityWords();
  const c = useConsoleWords();
  const { call } = useOfficer();
  const found = useLoaded(useCallback(() => open(call), [call]));
  const [asking, setAsking] = useState<{ readonly what: 'answer' | 'erase'; readonly about: Asked } | null>(null);
  const [certificate, setCertificate] = useState<{ readonly text: string; readonly subject: string } | null>(null);
  const [answered, setAnswered] = useState(false);
  const nameOf = ({ who }: Asked) => who?.display_name ?? w.requests.unknown;
  const kindOf = ({ request }: Asked) => lookUp(w.requests.kind, request.kind) ?? request.kind;
  const close = () => setAsking(null);
  return (
    <>
      <Head title={c.section.requests} lead={w.requests.lead} />
      <div role="status">
        {certificate !== null && (
          <Alert color="petrol" radius="lg" icon={<IconCheck />} title={w.requests.erased}>
            <Button
              variant="default"
              mt="xs"
              onClick={() =>
                saveFile(new Blob([certificate.text], { type: 'application/jose' }), `vultus-erasure-${certificate.subject.slice(0, 8)}.jws`)
              }
            >
              {w.requests.certificate}
            </Button>
          </Alert>
        )}
        {answered && (
          <Alert color="petrol" radius="lg" icon={<IconCheck />}>
            {w.requests.answered}
          </Alert>
        )}
      </div>
      <Show loaded={found}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={<IconShield size={48} />} title={w.requests.noneTitle}>
              <p>{w.requests.noneText}</p>
            </Empty>
          ) : (
            all.map((one) => (
              <Card key={one.request.id} title={`${nameOf(one)} · ${kindOf(one)}`}>
                <div className={own.request}>
                  <div className={classes.row}>
                    <Badge tone="open">{kindOf(one)}</Badge>
                    <Text c="dimmed">
                      {w.requests.on(new Date(one.request.asked_at).toLocaleDateString(locale, { dateStyle: 'long' }))}
                      {one.who !== null && ` · ${one.who.username} · ${one.who.department.name}`}
                    </Text>
                  </div>
                  {one.request.words == null ? <Text c="dimmed">{w.requests.noWords}</Text> : <p className={own.quote}>{one.request.words}</p>}
                  <div className={classes.row}>
                    <Button aria-label={`${w.requests.answerNamed(nameOf(one))} · ${kindOf(one)}`} onClick={() => setAsking({ what: 'answer', about: one })}>
                      {w.requests.answer}
                    </Button>
                    {one.request.kind === 'ERASURE' && one.who !== null && (
                      <Button
                        variant="default"
                        aria-label={w.requests.eraseNamed(nameOf(one))}
                        onClick={() => setAsking({ what: 'erase', about: one })}
                      >
                        {w.requests.erase}
                      </Button>
                    )}
                  </div>
                </div>
              </Card>
            ))
          )
        }
      </Show>
      {asking?.what === 'answer' && (
        <Answer
          asked={asking.about}
          name={nameOf(asking.about)}
          onClose={close}
          onDone={() => {
            close();
            setAnswered(true);
            setCertificate(null);
            found.reload();
          }}
        />
      )}
      {asking?.what === 'erase' && (
        <Erase
          asked={asking.about}
          name={nameOf(asking.about)}
          onClose={close}
          onDone={(text) => {
            close();
            setAnswered(false);
            setCertificate({ text, subject: asking.about.request.subject });
            found.reload();
          }}
        />
      )}
    </>
  );
}

interface AskProps {
  readonly asked: Asked;
  readonly name: string;
  readonly onClose: () => void;
}

function Answer({ asked, name, onClose, onDone }: AskProps & { onDone: () => void }) {
  const w = useSecurityWords();
  const { call } = useOfficer();
  const [answer, setAnswer] = useState('');
  return (
    <Confirm
      title={w.requests.answerTitle(name)}
      text={w.requests.answerText}
      act={w.requests.answer}
      ready={answer.trim() !== ''}
      onClose={onClose}
      onConfirm={async () => {
        await call('POST', `/api/privacy/requests/${asked.request.id}/answer`, { json: { answer: answer.trim() } });
        onDone();
      }}
    >
      <Textarea
        size="md"
        mb="lg"
        required
        label={w.requests.answer}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={LONGEST}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
    </Confirm>
  );
}

function Erase({ asked, name, onClose, onDone }: AskProps & { onDone: (certificate: string) => void }) {
  const w = useSecurityWords();
  const { call } = useOfficer();
  const [typed, setTyped] = useState('');
  const username = asked.who?.username ?? '';
  return (
    <Confirm
      title={w.requests.eraseTitle(name)}
      text={w.requests.eraseText}
      act={w.requests.erase}
      danger
      ready={typed.trim() === username && username !== ''}
      onClose={onClose}
      onConfirm={async () => {
        const { certificate } = await call<{ certificate: string }>('POST', `/api/people/${asked.request.subject}/erasure`, { json: {} });
        onDone(certificate);
      }}
    >
      <TextInput
        size="md"
        mb="lg"
        label={w.requests.confirm(username)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </Confirm>
  );
}

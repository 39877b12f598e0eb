import { Button, Loader, Text, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconBack, IconCheck } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { useShowFromTop } from '../app/useShowFromTop.ts';
import { useWords } from '../words/words.tsx';
import { subjectNamed, type Enrolled, type Subject } from './api.ts';
import { Basis } from './Basis.tsx';
import { BasisForm } from './BasisForm.tsx';
import { Capture } from './Capture.tsx';
import classes from './enrol.module.css';
import { useOfficer } from './officer.tsx';
import { initials } from './People.tsx';
import { Status } from './Status.tsx';
import { useLoaded } from './useLoaded.ts';

/** One person: the legal basis first, then the photos. */
export function PersonPage({ username, onBack }: { username: string; onBack: () => void }) {
  const words = useWords();
  const w = words.enrol;
  const { call } = useOfficer();
  const { value: subject, error, reload } = useLoaded(useCallback(() => subjectNamed(call, username), [call, username]));
  return (
    <>
      <Button variant="subtle" color="gray" px="sm" mb="sm" leftSection={<IconBack />} onClick={onBack}>
        {w.people}
      </Button>
      {error !== null ? (
        <ProblemAlert problem={problemIn(error)}>
          <Button variant="default" mt="sm" onClick={reload}>
            {words.tryAgain}
          </Button>
        </ProblemAlert>
      ) : subject === null ? (
        <Loader aria-label={words.loading} mx="auto" my={60} display="block" />
      ) : (
        <Person subject={subject} onChanged={reload} onBack={onBack} />
      )}
    </>
  );
}

interface PersonProps {
  readonly subject: Subject;
  readonly onChanged: () => void;
  readonly onBack: () => void;
}

function Person({ subject, onChanged, onBack }: PersonProps) {
  const w = useWords().enrol;
  const [again, setAgain] = useState(false);
  const [done, setDone] = useState<Enrolled | null>(null);
  const [withdrawn, setWithdrawn] = useState(false);
  const capturing = subject.legal_basis !== null && done === null && (subject.enrolled_at === null || again);
  const step = subject.legal_basis === null ? 0 : capturing ? 1 : 2;
  useShowFromTop(`step ${step}`);

  return (
    <>
      <div className={classes.person}>
        <span className={classes.initials} aria-hidden="true">
          {initials(subject.display_name)}
        </span>
        <div className={classes.who}>
          <Title order={1} size="h2">
            {subject.display_name}
          </Title>
          <span>
            {subject.username} · {subject.department.name}
          </span>
        </div>
        <Status subject={subject} />
      </div>
      <ol className={classes.steps}>
        {[w.stepBasis, w.stepPhotos, w.stepDone].map((name, index) => (
          <li key={name} aria-current={index === step ? 'step' : undefined} data-done={index < step || step === 2}>
            <span className={classes.dot}>{index < step || step === 2 ? <IconCheck size={16} /> : index + 1}</span>
            {name}
          </li>
        ))}
      </ol>
      {withdrawn && (
        <Text className={classes.note} role="status">
          {w.withdrawn}
        </Text>
      )}
      {subject.legal_basis === null ? (
        <BasisForm
          subject={subject}
          onRecorded={() => {
            setWithdrawn(false);
            onChanged();
          }}
        />
      ) : (
        <>
          {done !== null ? (
            <div className={`card padded ${classes.done}`} role="status">
              <span className={classes.tick}>
                <IconCheck size={56} />
              </span>
              <Title order={2}>{w.doneTitle(subject.display_name)}</Title>
              <Text size="lg" c="dimmed">
                {w.doneText(done.images_used, Math.round(done.quality))}
              </Text>
              <Button size="xl" mt="md" onClick={onBack}>
                {w.toPeople}
              </Button>
            </div>
          ) : capturing ? (
            <Capture
              subject={subject}
              onBasisMissing={onChanged}
              onEnrolled={(enrolled) => {
                setDone(enrolled);
                setAgain(false);
                onChanged();
              }}
            />
          ) : (
            <div className={`card padded ${classes.between}`}>
              <div>
                <Text fw={650} size="lg">
                  {w.enrolled}
                </Text>
                <Text c="dimmed">{subject.enrolled_at !== null && <Moment at={subject.enrolled_at} />}</Text>
              </div>
              <Button size="lg" variant="default" onClick={() => setAgain(true)}>
                {w.enrolAgain}
              </Button>
            </div>
          )}
          <Basis
            subject={subject}
            basis={subject.legal_basis}
            onWithdrawn={() => {
              setDone(null);
              setAgain(false);
              setWithdrawn(true);
              onChanged();
            }}
          />
        </>
      )}
    </>
  );
}

function Moment({ at }: { at: string }) {
  const { locale } = useWords();
  return <>{new Date(at).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' })}</>;
}

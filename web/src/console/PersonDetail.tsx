import { Button, Checkbox, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { IconBack } from '../app/icons.tsx';
import { navigate } from '../app/navigate.ts';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import type { Subject } from '../enrol/api.ts';
import { useOfficer } from '../enrol/officer.tsx';
import { initials } from '../enrol/People.tsx';
import { Status } from '../enrol/Status.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { Consent } from '../presence/Consent.tsx';
import { WithoutCamera } from '../presence/WithoutCamera.tsx';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { person, personPath, policies } from './api.ts';
import classes from './console.module.css';
import { Once } from './Once.tsx';
import { Card, Confirm, PageLink, Show, useMoment } from './parts.tsx';
import { isAdmin, mayEnrol, mayOpen, rightsOver } from './sections.ts';
import { address, useConsole } from './useConsole.ts';
import { useConsoleWords } from './words.ts';

export function PersonDetail({ id }: { id: string }) {
  const w = useConsoleWords();
  const { call } = useOfficer();
  const { go } = useConsole();
  const loaded = useLoaded(useCallback(() => person(call, id), [call, id]));
  return (
    <>
      <Button variant="subtle" color="gray" px="sm" leftSection={<IconBack />} onClick={() => go('people')}>
        {w.section.people}
      </Button>
      <Show loaded={loaded}>{(known) => <Person subject={known} onChanged={loaded.reload} />}</Show>
    </>
  );
}

interface PersonProps {
  readonly subject: Subject;
  readonly onChanged: () => void;
}

function Person({ subject, onChanged }: PersonProps) {
  const w = useConsoleWords();
  const { account, go } = useConsole();
  const [saved, setSaved] = useState(false);
  return (
    <>
      <div className={classes.who}>
        <span className={classes.initials} aria-hidden="true">
          {initials(subject.display_name)}
        </span>
        <div>
          <Title order={1} size="h2">
            {subject.display_name}
          </Title>
          <Text c="dimmed">
            {subject.username} · {subject.department.name}
          </Text>
        </div>
        <Status subject={subject} />
      </div>
      {!mayEnrol(account) && <Text className={classes.hint}>{w.person.readOnly}</Text>}
      <Text role="status" className={saved ? (classes.hint ?? '') : 'visually-hidden'}>
        {saved ? w.saved : ''}
      </Text>
      <div className={classes.cards}>
        <div className={classes.stack}>
          <Enrolment subject={subject} />
          <Pictures subject={subject} />
          {mayEnrol(account) && (
            <>
              <WithoutCamera person={subject.id} />
              <Password subject={subject} />
              <Access subject={subject} onChanged={onChanged} />
            </>
          )}
        </div>
        {mayEnrol(account) && (
          <Details
            key={JSON.stringify([subject.display_name, subject.department, subject.roles])}
            subject={subject}
            onChanged={() => {
              setSaved(true);
              onChanged();
            }}
          />
        )}
      </div>
      {mayOpen(account, 'audit') && (
        <PageLink
          to={address('audit', { person: subject.id })}
          className={classes.link}
          onGo={() => go('audit', { person: subject.id })}
        >
          {w.person.events}
        </PageLink>
      )}
    </>
  );
}

function Enrolment({ subject }: { subject: Subject }) {
  const words = useWords();
  const w = useConsoleWords();
  const { account } = useConsole();
  const moment = useMoment();
  const basis = subject.legal_basis ?? null;
  return (
    <Card title={w.person.enrolment}>
      {basis === null ? (
        <Text>{w.person.noBasis}</Text>
      ) : (
        <div>
          <Text fw={600}>{lookUp(words.enrol.basis, basis.basis) ?? basis.basis}</Text>
          <Text c="dimmed">{w.person.basisSince(moment(basis.recorded_at), basis.notice_version)}</Text>
        </div>
      )}
      <Text>{subject.enrolled_at == null ? w.person.notEnrolled : w.person.enrolledSince(moment(subject.enrolled_at))}</Text>
      {mayEnrol(account) && (
        <Button
          variant={subject.enrolled_at == null && subject.active ? 'filled' : 'default'}
          onClick={() => navigate(`/enrol?${new URLSearchParams({ person: subject.username })}`)}
        >
          {w.person.toEnrolment}
        </Button>
      )}
    </Card>
  );
}

function Pictures({ subject }: { subject: Subject }) {
  const { call } = useOfficer();
  const { account } = useConsole();
  const request = useCallback(
    <T,>(method: 'GET' | 'PUT' | 'DELETE', json?: unknown) =>
      call<T>(method, `${personPath(subject.id)}/picture-consent`, json === undefined ? {} : { json }),
    [call, subject.id],
  );
  return <Consent own={false} may={mayEnrol(account)} request={request} />;
}

function Details({ subject, onChanged }: PersonProps) {
  const words = useWords();
  const w = useConsoleWords();
  const { call } = useOfficer();
  const { account } = useConsole();
  const rights = rightsOver(account, subject);
  const departments = useLoaded(useCallback(() => policies(call), [call]));
  const [name, setName] = useState(subject.display_name);
  const [department, setDepartment] = useState(subject.department.code);
  const [roles, setRoles] = useState<string[]>([...subject.roles]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const change = {
    ...(name.trim() === subject.display_name ? {} : { display_name: name.trim() }),
    ...(department === subject.department.code ? {} : { department }),
    ...([...roles].sort().join() === [...subject.roles].sort().join() ? {} : { roles }),
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await call('PATCH', personPath(subject.id), { json: change });
      onChanged();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  const known = departments.value ?? [];
  return (
    <Card title={w.person.details}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          {error !== null && <ProblemAlert problem={problemIn(error)} />}
          <TextInput
            size="md"
            label={w.person.name}
            required
            maxLength={200}
            autoComplete="off"
            disabled={!rights.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            size="md"
            label={w.person.department}
            description={rights.move ? w.person.departmentHint : w.person.departmentOthers}
            disabled={!rights.move}
            value={department}
            onChange={(event) => setDepartment(event.currentTarget.value)}
            data={
              known.some((one) => one.code === subject.department.code)
                ? known.map((one) => ({ value: one.code, label: one.name }))
                : [{ value: subject.department.code, label: subject.department.name }]
            }
          />
          <Checkbox.Group
            label={w.person.roles}
            {...(rights.roles ? {} : { description: isAdmin(account) ? w.person.rolesOwn : w.person.rolesOthers })}
            value={roles}
            onChange={setRoles}
            size="md"
          >
            <Stack gap={0} mt={4}>
              {Object.entries(words.enrol.role).map(([role, label]) => (
                <Checkbox key={role} size="md" value={role} label={label} disabled={!rights.roles} className={classes.choice ?? ''} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Button type="submit" loading={busy} disabled={Object.keys(change).length === 0}>
            {w.save}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}

function Password({ subject }: { subject: Subject }) {
  const w = useConsoleWords();
  const { call } = useOfficer();
  const { account } = useConsole();
  const [asking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const may = rightsOver(account, subject).password;
  return (
    <Card title={w.person.password}>
      <Text>{may ? w.person.passwordText : w.person.resetOthers}</Text>
      {may && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {w.person.reset}
        </Button>
      )}
      {asking && (
        <Confirm
          title={w.person.resetTitle}
          text={w.person.resetText(subject.display_name)}
          act={w.person.reset}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            const made = await call<{ one_time_password: string }>('POST', `${personPath(subject.id)}/password`);
            setAsking(false);
            setSecret(made.one_time_password);
          }}
        />
      )}
      {secret !== null && (
        <Once
          title={w.person.oneTime(subject.display_name)}
          text={w.person.oneTimeText}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
    </Card>
  );
}

function Access({ subject, onChanged }: PersonProps) {
  const w = useConsoleWords();
  const { call } = useOfficer();
  const { account } = useConsole();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const may = rightsOver(account, subject).activity;
  const set = (active: boolean) => call('PATCH', personPath(subject.id), { json: { active } });
  const reactivate = async () => {
    setBusy(true);
    setError(null);
    try {
      await set(true);
      onChanged();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <Card title={w.person.access}>
      {error !== null && <ProblemAlert problem={problemIn(error)} />}
      <Text role="status">{subject.active ? w.person.accessActive : w.person.accessInactive}</Text>
      {!may ? (
        <Text c="dimmed">{account.id === subject.id ? w.person.accessOwn : w.person.accessOthers}</Text>
      ) : subject.active ? (
        <Button variant="default" c="var(--mantine-color-error)" onClick={() => setAsking(true)}>
          {w.person.deactivate}
        </Button>
      ) : (
        <Button loading={busy} onClick={() => void reactivate()}>
          {w.person.reactivate}
        </Button>
      )}
      {asking && (
        <Confirm
          title={w.person.deactivateTitle(subject.display_name)}
          text={w.person.deactivateText}
          act={w.person.deactivate}
          danger
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await set(false);
            setAsking(false);
            onChanged();
          }}
        />
      )}
    </Card>
  );
}

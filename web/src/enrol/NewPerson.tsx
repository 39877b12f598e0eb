import { Alert, Button, Checkbox, CopyButton, Loader, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { IconBack, IconCheck } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { useWords } from '../words/words.tsx';
import { departments } from './api.ts';
import classes from './enrol.module.css';
import { useOfficer } from './officer.tsx';
import { useLoaded } from './useLoaded.ts';

interface NewPersonProps {
  readonly onBack: () => void;
  readonly onPerson: (username: string) => void;
  readonly onDepartments: () => void;
}

export function NewPerson({ onBack, onPerson, onDepartments }: NewPersonProps) {
  const words = useWords();
  const w = words.enrol;
  const { call } = useOfficer();
  const known = useLoaded(useCallback(() => departments(call), [call]));
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [department, setDepartment] = useState('');
  const [roles, setRoles] = useState<string[]>(['STAFF']);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [made, setMade] = useState<{ username: string; oneTime: string } | null>(null);
  const code = department || (known.value?.[0]?.code ?? '');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const answer = await call<{ one_time_password: string }>('POST', '/api/subjects', {
        json: { username: username.trim(), display_name: name.trim(), department: code, roles },
      });
      setMade({ username: username.trim(), oneTime: answer.one_time_password });
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };

  if (made !== null) {
    return (
      <div className={`card padded ${classes.form}`}>
        <Stack gap="lg" role="status">
          <Title order={1} size="h2">
            {w.createdTitle}
          </Title>
          <div className={classes.secret}>
            <Text fw={600}>{w.oneTime}</Text>
            <code>{made.oneTime}</code>
            <CopyButton value={made.oneTime}>
              {({ copied, copy }) => (
                <Button variant="default" size="md" leftSection={copied ? <IconCheck /> : undefined} onClick={copy}>
                  {copied ? w.copied : w.copy}
                </Button>
              )}
            </CopyButton>
          </div>
          <Text c="dimmed">{w.oneTimeText}</Text>
        </Stack>
        <Stack gap="sm" mt="xl">
          <Button size="xl" onClick={() => onPerson(made.username)}>
            {w.goOn}
          </Button>
          <Button variant="default" size="lg" onClick={onBack}>
            {w.toPeople}
          </Button>
        </Stack>
      </div>
    );
  }
  return (
    <>
      <Button variant="subtle" color="gray" px="sm" mb="sm" leftSection={<IconBack />} onClick={onBack}>
        {w.people}
      </Button>
      <form className={`card padded ${classes.form}`} onSubmit={(event) => void submit(event)}>
        <Stack gap="lg">
          <Title order={1} size="h2">
            {w.newPerson}
          </Title>
          {error !== null && <ProblemAlert problem={problemIn(error)} />}
          {known.error !== null && <ProblemAlert problem={problemIn(known.error)} />}
          {known.value === null ? (
            known.error === null && <Loader aria-label={words.loading} mx="auto" />
          ) : known.value.length === 0 ? (
            <Alert color="gray" radius="lg">
              <Text mb="sm">{w.needDepartment}</Text>
              <Button onClick={onDepartments}>{w.departments}</Button>
            </Alert>
          ) : (
            <>
              <TextInput
                size="lg"
                label={w.name}
                required
                maxLength={200}
                autoComplete="off"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <TextInput
                size="lg"
                label={w.username}
                description={w.usernameHint}
                required
                maxLength={100}
                autoComplete="off"
                autoCapitalize="none"
                autoCorrect="off"
                spellCheck={false}
                value={username}
                onChange={(event) => setUsername(event.currentTarget.value)}
              />
              <NativeSelect
                size="lg"
                label={w.department}
                value={code}
                onChange={(event) => setDepartment(event.currentTarget.value)}
                data={known.value.map((one) => ({ value: one.code, label: one.name }))}
              />
              <Checkbox.Group label={w.roles} value={roles} onChange={setRoles} size="md">
                <Stack gap={0} mt={4}>
                  {Object.entries(w.role).map(([role, label]) => (
                    <Checkbox key={role} size="md" value={role} label={label} className={classes.choice} />
                  ))}
                </Stack>
              </Checkbox.Group>
              <Button type="submit" size="xl" loading={busy} disabled={roles.length === 0}>
                {w.create}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </>
  );
}

import { Button, Loader, NativeSelect, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { departments } from './api.ts';
import classes from './enrol.module.css';
import { useOfficer } from './officer.tsx';
import { useLoaded } from './useLoaded.ts';

export function Departments() {
  const words = useWords();
  const w = words.enrol;
  const { call } = useOfficer();
  const known = useLoaded(useCallback(() => departments(call), [call]));
  return (
    <section>
      <div className={classes.head}>
        <Title order={1}>{w.departments}</Title>
      </div>
      <div className={classes.sides}>
        {known.error !== null ? (
          <ProblemAlert problem={problemIn(known.error)} />
        ) : known.value === null ? (
          <Loader aria-label={words.loading} mx="auto" my={60} />
        ) : known.value.length === 0 ? (
          <div className={`card ${classes.empty}`}>
            <Title order={2} size="h3">
              {w.noDepartments}
            </Title>
            <Text c="dimmed">{w.noDepartmentsText}</Text>
          </div>
        ) : (
          <ul className={`card ${classes.list}`}>
            {known.value.map((one) => (
              <li key={one.code} className={classes.row}>
                <span className={classes.who}>
                  <strong>{one.name}</strong>
                  <span>{one.code}</span>
                </span>
                <span className={classes.facts}>
                  <span>{one.identification ? w.withoutUsername : w.withUsername}</span>
                  <span>
                    {w.liveness}: {(lookUp(w.livenessKind, one.liveness?.toUpperCase()) ?? one.liveness ?? '').toLowerCase()}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
        <NewDepartment onMade={known.reload} />
      </div>
    </section>
  );
}

function NewDepartment({ onMade }: { onMade: () => void }) {
  const w = useWords().enrol;
  const { call } = useOfficer();
  const [name, setName] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [identification, setIdentification] = useState(false);
  const [liveness, setLiveness] = useState('passive');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const shownCode = code ?? codeFor(name);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await call('POST', '/api/departments', { json: { code: shownCode, name: name.trim(), identification, liveness } });
      setName('');
      setCode(null);
      onMade();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };

  return (
    <form className="card padded" onSubmit={(event) => void submit(event)}>
      <Stack gap="lg">
        <Title order={2} size="h3">
          {w.newDepartment}
        </Title>
        {error !== null && <ProblemAlert problem={problemIn(error)} />}
        <TextInput
          size="lg"
          label={w.departmentName}
          required
          maxLength={120}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          size="lg"
          label={w.code}
          description={w.codeHint}
          required
          maxLength={40}
          pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={shownCode}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Switch
          size="lg"
          label={w.identification}
          description={w.identificationHint}
          checked={identification}
          onChange={(event) => setIdentification(event.currentTarget.checked)}
        />
        <NativeSelect
          size="lg"
          label={w.liveness}
          description={w.livenessHint}
          value={liveness}
          onChange={(event) => setLiveness(event.currentTarget.value)}
          data={Object.entries(w.livenessKind).map(([kind, label]) => ({ value: kind.toLowerCase(), label }))}
        />
        <Button type="submit" size="xl" loading={busy}>
          {w.addDepartment}
        </Button>
      </Stack>
    </form>
  );
}

/** A code for a name: `Centro Cirúrgico 2` gives `centro-cirurgico-2`. */
export function codeFor(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}

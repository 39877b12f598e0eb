import { Button, Code, NativeSelect, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { IconApps } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { codeFor } from '../enrol/Departments.tsx';
import { useOfficer } from '../enrol/officer.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { applications, type Application } from './api.ts';
import classes from './console.module.css';
import { Once } from './Once.tsx';
import { Confirm, DataTable, Empty, Head, Show } from './parts.tsx';
import { useConsoleWords } from './words.ts';

export function Applications() {
  const w = useConsoleWords();
  const { call } = useOfficer();
  const known = useLoaded(useCallback(() => applications(call), [call]));
  const [removing, setRemoving] = useState<Application | null>(null);
  const [registered, setRegistered] = useState<Application | null>(null);
  return (
    <>
      <Head title={w.section.applications} lead={w.applications.lead} />
      <div className={classes.sides}>
        <Show loaded={known}>
          {(all) =>
            all.length === 0 ? (
              <Empty icon={<IconApps size={48} />} title={w.applications.emptyTitle}>
                <Text c="dimmed">{w.applications.emptyText}</Text>
                <Code className="break-anywhere">{`${window.location.origin}/.well-known/openid-configuration`}</Code>
              </Empty>
            ) : (
              <div className={`card ${classes.tableCard}`}>
                <DataTable
                  label={w.applications.table}
                  rows={all}
                  id={(one) => one.client_id}
                  columns={[
                    {
                      head: w.applications.name,
                      names: true,
                      cell: (one) => (
                        <>
                          {one.name}
                          <span className={classes.second}>{one.client_id}</span>
                        </>
                      ),
                    },
                    {
                      head: w.applications.redirects,
                      cell: (one) => (
                        <ul className={classes.addresses}>
                          {one.redirect_uris.map((uri) => (
                            <li key={uri}>{uri}</li>
                          ))}
                        </ul>
                      ),
                    },
                    {
                      head: w.departments.liveness,
                      cell: (one) => w.departments.livenessKind[one.liveness],
                    },
                    {
                      head: w.edit,
                      cell: (one) => (
                        <Button
                          variant="default"
                          c="var(--mantine-color-error)"
                          aria-label={w.applications.removeNamed(one.name)}
                          onClick={() => setRemoving(one)}
                        >
                          {w.applications.remove}
                        </Button>
                      ),
                    },
                  ]}
                />
              </div>
            )
          }
        </Show>
        <NewApplication
          key={registered?.client_id ?? ''}
          onRegistered={(one) => {
            setRegistered(one);
            known.reload();
          }}
        />
      </div>
      {removing !== null && (
        <Confirm
          title={w.applications.removeTitle(removing.name)}
          text={w.applications.removeText}
          act={w.applications.remove}
          danger
          onClose={() => setRemoving(null)}
          onConfirm={async () => {
            await call('DELETE', `/api/clients/${encodeURIComponent(removing.client_id)}`);
            setRemoving(null);
            known.reload();
          }}
        />
      )}
      {registered !== null && (
        <Once
          title={registered.client_secret == null ? w.applications.registered(registered.name) : w.applications.secret(registered.name)}
          text={registered.client_secret == null ? w.applications.noSecret : w.applications.secretText}
          secret={registered.client_secret ?? null}
          onClose={() => setRegistered(null)}
        />
      )}
    </>
  );
}

/** What stands on the lines of a text. */
export function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function NewApplication({ onRegistered }: { onRegistered: (one: Application) => void }) {
  const w = useConsoleWords();
  const { call } = useOfficer();
  const [name, setName] = useState('');
  const [id, setId] = useState<string | null>(null);
  const [redirects, setRedirects] = useState('');
  const [logout, setLogout] = useState('');
  const [confidential, setConfidential] = useState(true);
  const [liveness, setLiveness] = useState('PASSIVE');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const shownId = id ?? codeFor(name);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const json = {
        client_id: shownId,
        name: name.trim(),
        redirect_uris: lines(redirects),
        post_logout_redirect_uris: lines(logout),
        confidential,
        liveness,
      };
      onRegistered(await call<Application>('POST', '/api/clients', { json }));
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <form className={`card ${classes.card}`} onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Title order={2} size="h4">
          {w.applications.add}
        </Title>
        {error !== null && <ProblemAlert problem={problemIn(error)} />}
        <TextInput
          size="md"
          label={w.applications.name}
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          size="md"
          label={w.applications.clientId}
          description={w.applications.clientIdHint}
          required
          maxLength={100}
          pattern="[A-Za-z0-9._\-]+"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={shownId}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <Textarea
          size="md"
          rows={2}
          label={w.applications.redirects}
          description={w.applications.redirectsHint}
          required
          spellCheck={false}
          value={redirects}
          onChange={(event) => setRedirects(event.currentTarget.value)}
        />
        <Textarea
          size="md"
          rows={2}
          label={w.applications.logout}
          description={w.applications.optional}
          spellCheck={false}
          value={logout}
          onChange={(event) => setLogout(event.currentTarget.value)}
        />
        <Switch
          size="md"
          label={w.applications.confidential}
          description={w.applications.confidentialHint}
          checked={confidential}
          onChange={(event) => setConfidential(event.currentTarget.checked)}
        />
        <NativeSelect
          size="md"
          label={w.applications.liveness}
          description={w.applications.livenessHint}
          value={liveness}
          onChange={(event) => setLiveness(event.currentTarget.value)}
          data={Object.entries(w.departments.livenessKind).map(([value, label]) => ({ value, label }))}
        />
        <Button type="submit" size="md" loading={busy}>
          {w.applications.create}
        </Button>
      </Stack>
    </form>
  );
}

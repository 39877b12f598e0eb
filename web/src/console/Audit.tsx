import { Button, Code, NativeSelect, Text, TextInput } from '@mantine/core';
import { useCallback, useEffect, useRef, useState, type FormEvent } from 'react';
import { IconList } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { subjectNamed } from '../enrol/api.ts';
import { useOfficer } from '../enrol/officer.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { chain, events, person, policies, type AuditEvent, type Chain } from './api.ts';
import classes from './console.module.css';
import { auditFilter, auditQuery, isIdentifier, narrows, written, type AuditFilter } from './filters.ts';
import { Badge, Card, DataTable, Empty, Facts, Head, PageLink, Show, useMoment } from './parts.tsx';
import { mayOpen } from './sections.ts';
import { address, useConsole } from './useConsole.ts';
import { useConsoleWords } from './words.ts';

const PAGE = 50;
const SAVED_WITHIN_MS = 60_000;
const NOTHING: readonly AuditEvent[] = [];

export function Audit() {
  const w = useConsoleWords();
  const { query } = useConsole();
  const filter = auditFilter(query);
  return (
    <>
      <Head title={w.section.audit} lead={w.audit.lead} />
      <ChainCard />
      <Filters filter={filter} />
      <Events filter={filter} before={query.get('before') ?? ''} />
    </>
  );
}

function ChainCard() {
  const { locale } = useWords();
  const w = useConsoleWords();
  const { call } = useOfficer();
  const moment = useMoment();
  const status = useLoaded(useCallback(() => chain(call), [call]));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const file = await call<Blob>('GET', '/api/audit/export', { file: true });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = 'vultus-audit.jsonl';
      link.click();
      // Not before the browser has begun to save it.
      setTimeout(() => URL.revokeObjectURL(link.href), SAVED_WITHIN_MS);
      status.reload();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  const sentence = (known: Chain) =>
    known.signed_up_to == null || known.signed_at == null
      ? w.audit.unsigned
      : known.signed_up_to === known.events
        ? w.audit.allSigned(moment(known.signed_at))
        : w.audit.signed(
            known.signed_up_to.toLocaleString(locale),
            moment(known.signed_at),
            (known.events - known.signed_up_to).toLocaleString(locale),
          );
  return (
    <Card title={w.audit.chain}>
      <Show loaded={status}>
        {(known) => (
          <>
            <Text>
              <strong>{w.audit.events(known.events.toLocaleString(locale))}.</strong> {sentence(known)}
            </Text>
            <Facts
              facts={[
                [w.audit.signatures, known.signatures.toLocaleString(locale)],
                [w.audit.key, <code key="key">{known.key ?? '–'}</code>],
                [w.audit.lastHash, <code key="hash">{known.hash}</code>],
              ]}
            />
          </>
        )}
      </Show>
      {error !== null && <ProblemAlert problem={problemIn(error)} />}
      <div className={classes.row}>
        <Button variant="default" loading={busy} onClick={() => void save()}>
          {w.audit.export}
        </Button>
        <Text c="dimmed" size="sm">
          {w.audit.exportHint} <Code>./vultus audit verify vultus-audit.jsonl</Code>
        </Text>
      </div>
    </Card>
  );
}

function Filters({ filter }: { filter: AuditFilter }) {
  const w = useConsoleWords();
  const { account, go } = useConsole();
  const [wish, setWish] = useState(filter);
  const { action, person: whom, from, until } = filter;
  // A click on somebody in the table, and the browser's Back, change the address from elsewhere.
  useEffect(() => setWish({ action, person: whom, from, until }), [action, whom, from, until]);
  const byName = mayOpen(account, 'people');
  const set = (name: keyof AuditFilter) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setWish((before) => ({ ...before, [name]: value }));
  };
  return (
    <form
      className={`card ${classes.filters}`}
      role="search"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        go('audit', written({ ...wish, person: wish.person.trim() }));
      }}
    >
      <NativeSelect
        size="md"
        label={w.audit.action}
        value={wish.action}
        onChange={set('action')}
        data={[{ value: '', label: w.audit.allActions }, ...Object.entries(w.actions).map(([value, label]) => ({ value, label }))]}
      />
      <TextInput size="md" type="datetime-local" label={w.audit.from} value={wish.from} onChange={set('from')} />
      <TextInput size="md" type="datetime-local" label={w.audit.until} value={wish.until} onChange={set('until')} />
      <TextInput
        className={classes.wide ?? ''}
        size="md"
        label={w.audit.person}
        description={byName ? w.audit.personHint : w.audit.personHintId}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={wish.person}
        onChange={set('person')}
      />
      <div className={classes.row}>
        <Button type="submit">{w.audit.show}</Button>
        {narrows(filter) && (
          <Button variant="default" onClick={() => go('audit')}>
            {w.audit.clear}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What was found; null where the person is not known. */
type Found = readonly AuditEvent[] | null;

function Events({ filter, before }: { filter: AuditFilter; before: string }) {
  const { locale } = useWords();
  const w = useConsoleWords();
  const { call } = useOfficer();
  const { account, go } = useConsole();
  const byName = mayOpen(account, 'people');
  const asked = JSON.stringify(filter);
  const found = useLoaded<{ readonly events: Found }>(
    useCallback(async () => {
      const wish = JSON.parse(asked) as AuditFilter;
      let id = wish.person;
      if (id !== '' && !isIdentifier(id)) {
        const named = byName ? await subjectNamed(call, id) : null;
        if (named === null) {
          return { events: null };
        }
        id = named.id;
      }
      return { events: await events(call, auditQuery(wish, id, before, PAGE)) };
    }, [call, asked, before, byName]),
  );
  const shown = found.value?.events ?? NOTHING;
  const names = useNames(shown, byName);
  const departments = useLoaded(useCallback(() => policies(call), [call]));
  const nameOf = (id: string) => names.get(id) ?? id.slice(0, 8);
  const who = (id: string | null | undefined, otherwise: string) =>
    id == null ? (
      otherwise
    ) : (
      <PageLink
        to={address('audit', { person: id })}
        className={classes.link}
        title={id}
        aria-label={w.audit.of(nameOf(id))}
        onGo={() => go('audit', { person: id })}
      >
        {nameOf(id)}
      </PageLink>
    );
  const time = (at: string) => new Date(at).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'medium' });

  return (
    <Show loaded={found}>
      {({ events: some }) =>
        some === null ? (
          <Empty icon={<IconList size={48} />} title={byName ? w.audit.personUnknown : w.audit.personNoId} />
        ) : some.length === 0 ? (
          <Empty icon={<IconList size={48} />} title={w.audit.noneTitle}>
            <Text c="dimmed">{w.audit.noneText}</Text>
          </Empty>
        ) : (
          <>
            <div className={`card ${classes.tableCard}`}>
              <DataTable
                label={w.audit.table}
                rows={some}
                id={(event) => String(event.sequence)}
                columns={[
                  { head: w.audit.number, numeric: true, cell: (event) => event.sequence.toLocaleString(locale) },
                  { head: w.audit.time, cell: (event) => <time dateTime={event.at}>{time(event.at)}</time> },
                  { head: w.audit.action, names: true, cell: (event) => lookUp(w.actions, event.action) ?? event.action },
                  { head: w.audit.by, cell: (event) => who(event.actor, event.address == null ? w.audit.program : '–') },
                  { head: w.audit.about, cell: (event) => who(event.subject, '–') },
                  {
                    head: w.audit.where,
                    cell: (event) => departments.value?.find((one) => one.id === event.department)?.name ?? '–',
                  },
                  {
                    head: w.audit.result,
                    cell: (event) => (
                      <Badge tone={event.accepted ? 'good' : 'bad'}>{event.accepted ? w.audit.accepted : w.audit.refused}</Badge>
                    ),
                  },
                  { head: w.audit.detail, cell: (event) => <Details event={event} /> },
                ]}
              />
            </div>
            <div className={classes.pager}>
              <span />
              <div className={classes.row}>
                <Button variant="default" disabled={before === ''} onClick={() => go('audit', written(filter))}>
                  {w.audit.newest}
                </Button>
                <Button
                  variant="default"
                  disabled={some.length < PAGE}
                  onClick={() => go('audit', { ...written(filter), before: String(some.at(-1)?.sequence ?? '') })}
                >
                  {w.audit.older}
                </Button>
              </div>
            </div>
          </>
        )
      }
    </Show>
  );
}

function Details({ event }: { event: AuditEvent }) {
  const w = useConsoleWords();
  return (
    <details className={classes.details}>
      <summary aria-label={`${w.audit.detail}, ${w.audit.number} ${event.sequence}`}>{w.audit.detail}</summary>
      <Facts
        facts={[
          ...Object.entries(event.detail),
          ...(event.address == null ? [] : [[w.audit.address, event.address] as const]),
          [w.audit.hash, <code key="hash">{event.hash}</code>],
        ]}
      />
    </details>
  );
}

/** Names of the people in the events, for those who may see people; who was erased has none. */
export function useNames(shown: readonly AuditEvent[], wanted: boolean): ReadonlyMap<string, string> {
  const { call } = useOfficer();
  const asked = useRef(new Set<string>());
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    if (!wanted) {
      return;
    }
    const ids = new Set(shown.flatMap((event) => [event.actor, event.subject]).filter((id) => id != null));
    for (const id of ids) {
      if (!asked.current.has(id)) {
        asked.current.add(id);
        person(call, id).then(
          (one) => setNames((before) => new Map(before).set(id, one.display_name)),
          () => undefined,
        );
      }
    }
  }, [shown, wanted, call]);
  return names;
}

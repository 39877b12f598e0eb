import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconShield } from '../../app/icons.tsx';
import { dayOf } from '../../attendance/time.ts';
import { useOfficer, type Call } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { lookUp } from '../../words/advice.ts';
import { useWords } from '../../words/words.tsx';
import type { AuditEvent } from '../api.ts';
import { useNames } from '../Audit.tsx';
import classes from '../console.module.css';
import { Badge, Card, DataTable, Empty, Head, PageLink, Show, type Tone } from '../parts.tsx';
import { mayOpen } from '../sections.ts';
import { address, useConsole } from '../useConsole.ts';
import { useConsoleWords } from '../words.ts';
import { bars, CONCERNS, type Concern, type Count } from './bars.ts';
import own from './security.module.css';
import { useSecurityWords } from './words.ts';

interface Event {
  readonly concern: Concern;
  readonly species?: string | null;
  readonly event: AuditEvent;
}

interface Summary {
  readonly from: string;
  readonly counts: readonly Count[];
  readonly waits: readonly {
    readonly what: string;
    readonly address?: string | null;
    readonly failures: number;
    readonly until: string;
  }[];
}

const PAGE = 50;
const NOTHING: readonly Event[] = [];
const TONES: Readonly<Record<Concern, Tone>> = { ATTACK: 'bad', LOCKOUT: 'bad', FAILURE: 'open', SENSITIVE: 'off' };

const summary = (call: Call) =>
  call<Summary>('GET', `/api/security/summary?${new URLSearchParams({ days: '30', zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}`);
const events = (call: Call, concerns: readonly Concern[], before: string) =>
  call<readonly Event[]>(
    'GET',
    `/api/security/events?${new URLSearchParams({ concern: concerns.join(','), limit: String(PAGE), ...(before === '' ? {} : { before }) })}`,
  );

/** Attacks, lockouts, refusals and sensitive acts, for whoever watches over the site. */
export default function Security() {
  const w = useSecurityWords();
  const c = useConsoleWords();
  const { call } = useOfficer();
  const known = useLoaded(useCallback(() => summary(call), [call]));
  return (
    <>
      <Head title={c.section.security} lead={w.lead} />
      <Show loaded={known}>
        {(seen) => (
          <>
            <Card title={w.chart}>
              <Chart counts={seen.counts} from={seen.from} />
            </Card>
            <Waits waits={seen.waits} />
          </>
        )}
      </Show>
      <Events />
    </>
  );
}

const WIDTH = 720;
const HEIGHT = 150;

/** A bar for each day, stacked. Drawn for the eye: the page says the same in words. */
function Chart({ counts, from }: { counts: readonly Count[]; from: string }) {
  const { locale } = useWords();
  const w = useSecurityWords();
  const { rects, highest } = bars(counts, from, dayOf(new Date()), WIDTH, HEIGHT);
  const total = (concern: Concern) => counts.filter((one) => one.concern === concern).reduce((sum, one) => sum + one.events, 0);
  return (
    <>
      <p className="visually-hidden">{w.chartText(total('ATTACK'), total('LOCKOUT'), total('FAILURE'), total('SENSITIVE'))}</p>
      <svg className={own.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} data-part="base" />
        {rects.map((rect) => (
          <rect key={rect.key} x={rect.x} y={rect.y} width={rect.width} height={rect.height} data-concern={rect.concern} />
        ))}
      </svg>
      <ul className={own.legend} aria-hidden="true">
        {CONCERNS.map((concern) => (
          <li key={concern} data-concern={concern}>
            {w.concern[concern]} <strong>{total(concern).toLocaleString(locale)}</strong>
          </li>
        ))}
        <li>{w.most(highest.toLocaleString(locale))}</li>
      </ul>
    </>
  );
}

function Waits({ waits }: { waits: Summary['waits'] }) {
  const { locale } = useWords();
  const w = useSecurityWords();
  return (
    <Card title={w.waits}>
      <Text c="dimmed">{w.waitsLead}</Text>
      {waits.length === 0 ? (
        <Text>{w.noWaits}</Text>
      ) : (
        <DataTable
          label={w.waits}
          rows={waits}
          id={(one) => `${one.what} ${one.address ?? ''} ${one.until}`}
          columns={[
            { head: w.happened, names: true, cell: (one) => lookUp(w.what, one.what) ?? one.what },
            { head: w.from, cell: (one) => one.address ?? '–' },
            { head: w.failures, numeric: true, cell: (one) => one.failures.toLocaleString(locale) },
            { head: w.until, cell: (one) => new Date(one.until).toLocaleTimeString(locale) },
          ]}
        />
      )}
    </Card>
  );
}

function Events() {
  const { locale } = useWords();
  const w = useSecurityWords();
  const c = useConsoleWords();
  const { call } = useOfficer();
  const { account, query, go } = useConsole();
  const before = query.get('before') ?? '';
  const [concerns, setConcerns] = useState<readonly Concern[]>(['ATTACK', 'LOCKOUT']);
  const found = useLoaded(
    useCallback(async () => (concerns.length === 0 ? NOTHING : events(call, concerns, before)), [call, concerns, before]),
  );
  const shown = found.value ?? NOTHING;
  const [asked, setAsked] = useState<{ of: readonly Event[]; events: readonly AuditEvent[] }>({ of: NOTHING, events: [] });
  if (asked.of !== shown) {
    setAsked({ of: shown, events: shown.map((one) => one.event) });
  }
  const byName = mayOpen(account, 'people');
  const names = useNames(asked.events, byName);
  const who = (id: string | null | undefined) =>
    id == null ? (
      '–'
    ) : (
      <PageLink to={address('audit', { person: id })} className={classes.link} title={id} onGo={() => go('audit', { person: id })}>
        {names.get(id) ?? id.slice(0, 8)}
      </PageLink>
    );
  return (
    <>
      <div className={`card ${classes.card}`}>
        <Checkbox.Group
          size="md"
          label={w.show}
          value={[...concerns]}
          onChange={(chosen) => {
            setConcerns(CONCERNS.filter((one) => chosen.includes(one)));
            go('security', {}, true);
          }}
        >
          <Group mt="xs" gap="lg">
            {CONCERNS.map((one) => (
              <Checkbox key={one} size="md" value={one} label={w.concern[one]} />
            ))}
          </Group>
        </Checkbox.Group>
      </div>
      <Show loaded={found}>
        {(some) =>
          some.length === 0 ? (
            <Empty icon={<IconShield size={48} />} title={w.noneTitle}>
              <p>{w.noneText}</p>
            </Empty>
          ) : (
            <>
              <div className={`card ${classes.tableCard}`}>
                <DataTable
                  label={w.table}
                  rows={some}
                  id={(one) => String(one.event.sequence)}
                  columns={[
                    {
                      head: w.happened,
                      names: true,
                      cell: (one) => (
                        <>
                          {lookUp(c.actions, one.event.action) ?? one.event.action}
                          {one.species != null && <span className={classes.second}>{lookUp(w.species, one.species) ?? one.species}</span>}
                        </>
                      ),
                    },
                    { head: w.kind, cell: (one) => <Badge tone={TONES[one.concern]}>{w.one[one.concern]}</Badge> },
                    {
                      head: w.when,
                      cell: (one) => (
                        <time dateTime={one.event.at}>
                          {new Date(one.event.at).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'medium' })}
                        </time>
                      ),
                    },
                    { head: w.from, cell: (one) => one.event.address ?? '–' },
                    { head: w.about, cell: (one) => who(one.event.subject ?? one.event.actor) },
                    {
                      head: w.inTrail,
                      numeric: true,
                      cell: (one) => (
                        <PageLink
                          to={address('audit', { before: String(one.event.sequence + 1) })}
                          className={classes.link}
                          aria-label={w.event(one.event.sequence.toLocaleString(locale))}
                          onGo={() => go('audit', { before: String(one.event.sequence + 1) })}
                        >
                          {one.event.sequence.toLocaleString(locale)}
                        </PageLink>
                      ),
                    },
                  ]}
                />
              </div>
              <div className={classes.pager}>
                <span />
                <div className={classes.row}>
                  <Button variant="default" disabled={before === ''} onClick={() => go('security')}>
                    {w.newest}
                  </Button>
                  <Button
                    variant="default"
                    disabled={some.length < PAGE}
                    onClick={() => go('security', { before: String(some.at(-1)?.event.sequence ?? '') })}
                  >
                    {w.older}
                  </Button>
                </div>
              </div>
            </>
          )
        }
      </Show>
    </>
  );
}

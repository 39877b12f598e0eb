import { Text } from '@mantine/core';
import { useCallback, type ReactNode } from 'react';
import { IconAlert, IconCheck } from '../app/icons.tsx';
import { navigate } from '../app/navigate.ts';
import { useOfficer } from '../enrol/officer.tsx';
import { useLoaded, type Loaded } from '../enrol/useLoaded.ts';
import { useWords } from '../words/words.tsx';
import { chain, health, openRequests, people, policies } from './api.ts';
import { firstSteps, stepsLeft, type FirstStep } from './checklist.ts';
import classes from './console.module.css';
import { Card, Head, PageLink } from './parts.tsx';
import { isAdmin, mayOpen, type Section } from './sections.ts';
import { address, useConsole } from './useConsole.ts';
import { useConsoleWords } from './words.ts';

/** How many people there are, without their names. */
function useCount(query: string, wanted: boolean): Loaded<number | null> {
  const { call } = useOfficer();
  return useLoaded(
    useCallback(async () => (wanted ? (await people(call, `${query}&limit=1`)).total : null), [call, query, wanted]),
  );
}

export function Start() {
  const w = useConsoleWords();
  const { account, go } = useConsole();
  const { call } = useOfficer();
  const seesPeople = mayOpen(account, 'people');
  const seesAudit = mayOpen(account, 'audit');
  const active = useCount('active=true', seesPeople);
  const enrolled = useCount('active=true&enrolled=true', seesPeople);
  const departments = useLoaded(useCallback(() => policies(call), [call]));
  const signed = useLoaded(useCallback(async () => (seesAudit ? chain(call) : null), [call, seesAudit]));
  const server = useLoaded(health);
  const admin = isAdmin(account);
  const requests = useLoaded(useCallback(async () => (admin ? openRequests(call) : 0), [call, admin]));
  const waiting = requests.value ?? 0;

  const known = active.value != null && enrolled.value != null && departments.value !== null;
  const steps = known
    ? firstSteps({
        departments: departments.value?.length ?? 0,
        people: active.value ?? 0,
        enrolled: enrolled.value ?? 0,
      })
    : [];
  const down = server.error !== null || (server.value !== null && server.value.status !== 'UP');
  const tooLarge = (departments.value ?? []).filter((one) => one.identification && one.identification_fmr == null);
  const tile = (section: Section, label: string, loaded: Loaded<ReactNode>, chosen: Record<string, string> = {}) => (
    <Tile section={section} label={label} chosen={chosen} loaded={loaded} />
  );
  return (
    <>
      <Head title={w.start.hello(account.display_name)} lead={w.start.lead} />
      {isAdmin(account) && known && stepsLeft(steps) > 0 && <Checklist steps={steps} />}
      <ul className={classes.tiles}>
        {seesPeople && (
          <>
            {tile('people', w.start.active, active, { active: 'true' })}
            {tile('people', w.start.enrolled, enrolled, { active: 'true', enrolled: 'true' })}
            {tile(
              'people',
              w.start.waiting,
              { ...active, value: known ? (active.value ?? 0) - (enrolled.value ?? 0) : null },
              { active: 'true', enrolled: 'false' },
            )}
          </>
        )}
        {tile('departments', w.start.departments, { ...departments, value: departments.value?.length ?? null })}
        {seesAudit && tile('audit', w.start.events, { ...signed, value: signed.value?.events ?? null })}
        {tile('system', w.start.server, {
          ...server,
          value: down ? w.system.down : server.value === null ? null : w.system.up,
          error: null,
        })}
      </ul>
      {(down || tooLarge.length > 0 || waiting > 0) && (
        <Card title={w.start.attention}>
          <ul className={classes.attention}>
            {down && (
              <li>
                <IconAlert /> {w.start.down}
              </li>
            )}
            {waiting > 0 && (
              <li>
                <IconAlert />
                <PageLink to={address('requests')} className={classes.link} onGo={() => go('requests')}>
                  {w.section.requests}
                </PageLink>
                <span>{w.start.requests(waiting)}</span>
              </li>
            )}
            {tooLarge.map((one) => (
              <li key={one.code}>
                <IconAlert />
                <PageLink
                  to={address('departments', { department: one.code })}
                  className={classes.link}
                  onGo={() => go('departments', { department: one.code })}
                >
                  {one.name}
                </PageLink>
                <span>{w.start.tooLarge}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

interface TileProps {
  readonly section: Section;
  readonly label: string;
  readonly chosen: Readonly<Record<string, string>>;
  readonly loaded: Loaded<ReactNode>;
}

function Tile({ section, label, chosen, loaded }: TileProps) {
  const words = useWords();
  const { go } = useConsole();
  const { value } = loaded;
  return (
    <li>
      <PageLink to={address(section, chosen)} className={`card ${classes.tile}`} onGo={() => go(section, chosen)}>
        <span>{label}</span>
        <strong>
          {loaded.error !== null ? (
            words.problems.fault
          ) : value === null ? (
            <span aria-label={words.loading}>…</span>
          ) : typeof value === 'number' ? (
            value.toLocaleString(words.locale)
          ) : (
            value
          )}
        </strong>
      </PageLink>
    </li>
  );
}

function Checklist({ steps }: { steps: readonly FirstStep[] }) {
  const w = useConsoleWords();
  const { go } = useConsole();
  const doors: Readonly<Record<FirstStep['name'], { to: string; onGo: () => void } | null>> = {
    password: null,
    department: { to: address('departments', { view: 'new' }), onGo: () => go('departments', { view: 'new' }) },
    person: { to: '/enrol?view=new', onGo: () => navigate('/enrol?view=new') },
    enrolment: { to: '/enrol', onGo: () => navigate('/enrol') },
  };
  const next = steps.find((step) => !step.done)?.name;
  return (
    <Card title={w.start.checklist}>
      <Text c="dimmed">{w.start.checklistLead(steps.length - stepsLeft(steps), steps.length)}</Text>
      <ol className={classes.checklist}>
        {steps.map(({ name, done }) => {
          const door = doors[name];
          return (
            <li key={name} data-done={done} data-next={name === next}>
              <span className={classes.box}>{done && <IconCheck size={18} />}</span>
              <div>
                {done || door === null ? (
                  <strong>{w.start[name]}</strong>
                ) : (
                  <PageLink to={door.to} onGo={door.onGo}>
                    {w.start[name]}
                  </PageLink>
                )}
                <span>{w.start[`${name}Text`]}</span>
              </div>
              <span className={classes.stepState}>{done ? w.start.finished : w.start.open}</span>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

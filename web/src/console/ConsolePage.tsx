import { Button } from '@mantine/core';
import { lazy, Suspense, useCallback, useEffect, useRef, type ComponentType } from 'react';
import {
  IconApps,
  IconAlert,
  IconBuilding,
  IconClock,
  IconHome,
  IconKey,
  IconList,
  IconPeople,
  IconPulse,
  IconShield,
} from '../app/icons.tsx';
import { InHeader } from '../app/Shell.tsx';
import { useShowFromTop } from '../app/useShowFromTop.ts';
import { useTitle } from '../app/useTitle.ts';
import { OfficerSession, useOfficer } from '../enrol/officer.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { useQuery } from '../enrol/useQuery.ts';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { account } from './api.ts';
import { Applications } from './Applications.tsx';
import { Audit } from './Audit.tsx';
import classes from './console.module.css';
import { Departments } from './Departments.tsx';
import { Keys } from './Keys.tsx';
import { Empty, Loading, PageLink, Show } from './parts.tsx';
import { People } from './People.tsx';
import { mayOpen, SECTIONS, sectionsOf, type Account, type Section } from './sections.ts';
import { Start } from './Start.tsx';
import { System } from './System.tsx';
import { address, ConsoleContext } from './useConsole.ts';
import { useConsoleWords } from './words.ts';

/** Much of it, and not for everybody: loaded when it is opened. */
const Attendance = lazy(() => import('./time/Attendance.tsx'));
const Security = lazy(() => import('./security/Security.tsx'));
const Requests = lazy(() => import('./security/Requests.tsx'));

const VIEWS: Readonly<Record<Section, ComponentType>> = {
  start: Start,
  people: People,
  departments: Departments,
  attendance: Attendance,
  requests: Requests,
  security: Security,
  audit: Audit,
  applications: Applications,
  keys: Keys,
  system: System,
};
const ICONS = {
  start: IconHome,
  people: IconPeople,
  departments: IconBuilding,
  attendance: IconClock,
  requests: IconShield,
  security: IconAlert,
  audit: IconList,
  applications: IconApps,
  keys: IconKey,
  system: IconPulse,
} as const;

export default function ConsolePage() {
  const w = useConsoleWords();
  useTitle(w.title);
  return (
    <OfficerSession title={w.signInTitle} lead={w.signInLead}>
      <SignedIn />
    </OfficerSession>
  );
}

function SignedIn() {
  const words = useWords();
  const { call, signOut } = useOfficer();
  const who = useLoaded(useCallback(() => account(call), [call]));
  return (
    <>
      <InHeader>
        <Button variant="subtle" color="gray" px="sm" onClick={signOut}>
          {words.enrol.signOut}
        </Button>
      </InHeader>
      <Show loaded={who}>{(known) => <Frame account={known} />}</Show>
    </>
  );
}

function Frame({ account: known }: { account: Account }) {
  const w = useConsoleWords();
  const [query, goTo] = useQuery();
  const asked = query.get('section') ?? 'start';
  const section = SECTIONS.find((one) => one === asked) ?? 'start';
  useTitle(`${w.section[section]} · ${w.title}`);
  const chosen = section === 'people' ? query.get('person') : section === 'departments' ? query.get('department') : section === 'attendance' ? query.get('person') : null;
  useShowFromTop([section, chosen ?? '', query.get('view') ?? ''].join(' '));
  const go = useCallback(
    (to: Section, chosen: Readonly<Record<string, string>> = {}, replace = false) => goTo({ section: to, ...chosen }, replace),
    [goTo],
  );
  const View = VIEWS[section];
  const open = sectionsOf(known);

  if (open.length === 0) {
    return (
      <div className="column">
        <Empty icon={<IconShield size={48} />} title={w.nothingTitle} order={1}>
          <p>{w.nothingText}</p>
        </Empty>
      </div>
    );
  }
  return (
    <div className={classes.frame}>
      <Navigation section={section} open={open} account={known} onGo={go} />
      <div className={classes.view}>
        <ConsoleContext value={{ account: known, query, go }}>
          {mayOpen(known, section) ? (
            <Suspense fallback={<Loading />}>
              <View />
            </Suspense>
          ) : (
            <Empty icon={<IconShield size={48} />} title={w.notForYouTitle} order={1}>
              <p>{w.notForYouText}</p>
            </Empty>
          )}
        </ConsoleContext>
      </div>
    </div>
  );
}

interface NavigationProps {
  readonly section: Section;
  readonly open: readonly Section[];
  readonly account: Account;
  readonly onGo: (section: Section) => void;
}

function Navigation({ section, open, account: known, onGo }: NavigationProps) {
  const words = useWords();
  const w = useConsoleWords();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // On a narrow screen the sections are a strip, of which the present one may be out of sight.
    const strip = list.current;
    const present = strip?.querySelector<HTMLElement>('[aria-current]');
    if (strip && present) {
      strip.scrollLeft = present.offsetLeft - (strip.clientWidth - present.offsetWidth) / 2;
    }
  }, [section]);
  return (
    <nav className={classes.nav} aria-label={w.sections}>
      <ul ref={list}>
        {open.map((one) => {
          const Icon = ICONS[one];
          return (
            <li key={one}>
              <PageLink to={address(one)} aria-current={one === section ? 'page' : undefined} onGo={() => onGo(one)}>
                <Icon size={20} />
                {w.section[one]}
              </PageLink>
            </li>
          );
        })}
      </ul>
      <p className={classes.self}>
        <strong>{known.display_name}</strong>
        {known.roles
          .filter((role) => role !== 'STAFF' || known.roles.length === 1)
          .map((role) => lookUp(words.enrol.role, role) ?? role)
          .join(', ')}
      </p>
    </nav>
  );
}

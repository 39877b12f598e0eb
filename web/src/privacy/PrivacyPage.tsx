import { Button, Center, Loader } from '@mantine/core';
import { lazy, Suspense, useCallback, useEffect, useRef, useState, type ComponentType } from 'react';
import { IconClock, IconFace, IconKey, IconList, IconShield, IconUpload } from '../app/icons.tsx';
import { InHeader } from '../app/Shell.tsx';
import { useShowFromTop } from '../app/useShowFromTop.ts';
import { useTitle } from '../app/useTitle.ts';
import classes from '../console/console.module.css';
import { PageLink, Show } from '../console/parts.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { useQuery } from '../enrol/useQuery.ts';
import { ProblemError } from '../http/problem.ts';
import { signedIn, signOut } from '../sign-in/api.ts';
import { useWords } from '../words/words.tsx';
import { me, type Me } from './api.ts';
import own from './privacy.module.css';
import { Copy } from './Copy.tsx';
import { Kept } from './Kept.tsx';
import { Receipt } from './Receipt.tsx';
import { Rights } from './Rights.tsx';
import { Time } from './Time.tsx';
import { Uses } from './Uses.tsx';
import { Without } from './Without.tsx';
import { usePrivacyWords } from './words.ts';

const SignIn = lazy(() => import('../sign-in/SignInPage.tsx'));

const SECTIONS = ['kept', 'uses', 'time', 'copy', 'rights', 'without'] as const;
type Section = (typeof SECTIONS)[number];

export interface SectionProps {
  readonly me: Me;
  /** Asks the server anew who I am. */
  readonly onChanged: () => void;
}

const VIEWS: Readonly<Record<Section, ComponentType<SectionProps>>> = {
  kept: Kept,
  uses: Uses,
  time: Time,
  copy: Copy,
  rights: Rights,
  without: Without,
};
const ICONS = { kept: IconShield, uses: IconFace, time: IconClock, copy: IconUpload, rights: IconList, without: IconKey } as const;

/** For each person: what is kept of them, and what they decide about it. */
export default function PrivacyPage() {
  const words = useWords();
  const w = usePrivacyWords();
  const [query] = useQuery();
  const receipt = query.get('receipt');
  const [known, setKnown] = useState<boolean | null>(null);
  useTitle(w.title);
  useEffect(() => {
    // Without an answer the sign-in shows, and tells what is wrong when it is used.
    signedIn().then(
      (person) => setKnown(person !== null),
      () => setKnown(false),
    );
  }, []);

  if (receipt !== null) {
    return <Receipt key={receipt} number={receipt} />;
  }
  const waiting = (
    <Center mih="50vh">
      <Loader aria-label={words.loading} />
    </Center>
  );
  if (known === null) {
    return waiting;
  }
  return known ? (
    <SignedIn onSignedOut={() => setKnown(false)} />
  ) : (
    <Suspense fallback={waiting}>
      <p className={own.lead}>{w.signInLead}</p>
      <SignIn onSignedIn={() => setKnown(true)} />
    </Suspense>
  );
}

function SignedIn({ onSignedOut }: { onSignedOut: () => void }) {
  const words = useWords();
  const who = useLoaded(useCallback(() => me(), []));
  const over = who.error instanceof ProblemError && who.error.problem.status === 401;
  useEffect(() => {
    if (over) {
      onSignedOut();
    }
  }, [over, onSignedOut]);
  return (
    <>
      <InHeader>
        <Button variant="subtle" color="gray" px="sm" onClick={() => void signOut().finally(onSignedOut)}>
          {words.enrol.signOut}
        </Button>
      </InHeader>
      <Show loaded={who}>{(known) => <Frame me={known} onChanged={who.reload} />}</Show>
    </>
  );
}

function Frame({ me: known, onChanged }: SectionProps) {
  const w = usePrivacyWords();
  const [query, goTo] = useQuery();
  const asked = query.get('section') ?? 'kept';
  const section = SECTIONS.find((one) => one === asked) ?? 'kept';
  useTitle(`${w.section[section]} · ${w.title}`);
  useShowFromTop(section);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // On a narrow screen the sections are a strip, of which the present one may be out of sight.
    const strip = list.current;
    const present = strip?.querySelector<HTMLElement>('[aria-current]');
    if (strip && present) {
      strip.scrollLeft = present.offsetLeft - (strip.clientWidth - present.offsetWidth) / 2;
    }
  }, [section]);
  const View = VIEWS[section];
  return (
    <div className={classes.frame}>
      <nav className={classes.nav} aria-label={w.sections}>
        <ul ref={list}>
          {SECTIONS.map((one) => {
            const Icon = ICONS[one];
            return (
              <li key={one}>
                <PageLink
                  to={`/privacy?section=${one}`}
                  aria-current={one === section ? 'page' : undefined}
                  onGo={() => goTo({ section: one })}
                >
                  <Icon size={20} />
                  {w.section[one]}
                </PageLink>
              </li>
            );
          })}
        </ul>
        <p className={classes.self}>
          <strong>{known.display_name}</strong>
          {known.department_name}
        </p>
      </nav>
      <div className={classes.view}>
        <View me={known} onChanged={onChanged} />
      </div>
    </div>
  );
}

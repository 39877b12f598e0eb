import { Button } from '@mantine/core';
import type { MouseEvent } from 'react';
import { InHeader } from '../app/Shell.tsx';
import { useShowFromTop } from '../app/useShowFromTop.ts';
import { useTitle } from '../app/useTitle.ts';
import { useWords } from '../words/words.tsx';
import { Departments } from './Departments.tsx';
import classes from './enrol.module.css';
import { NewPerson } from './NewPerson.tsx';
import { OfficerSession, useOfficer } from './officer.tsx';
import { People } from './People.tsx';
import { PersonPage } from './PersonPage.tsx';
import { useQuery } from './useQuery.ts';

export default function EnrolPage() {
  const words = useWords();
  useTitle(words.enrol.title);
  return (
    <OfficerSession title={words.enrol.signInTitle} lead={words.enrol.signInLead}>
      <Views />
    </OfficerSession>
  );
}

function Views() {
  const words = useWords().enrol;
  const { signOut } = useOfficer();
  const [query, go] = useQuery();
  const person = query.get('person');
  const view = person !== null ? 'person' : (query.get('view') ?? 'people');
  useShowFromTop(view + (person ?? ''));

  const tab = (name: string, to: Record<string, string>, label: string) => (
    <a
      className={classes.tab}
      href={`?${new URLSearchParams(to)}`}
      aria-current={view === name ? 'page' : undefined}
      onClick={(event: MouseEvent) => {
        event.preventDefault();
        go(to);
      }}
    >
      {label}
    </a>
  );
  const toPerson = (username: string) => go({ person: username });
  return (
    <div className={classes.page}>
      <InHeader>
        <Button variant="subtle" color="gray" px="sm" onClick={signOut}>
          {words.signOut}
        </Button>
      </InHeader>
      {(view === 'people' || view === 'departments') && (
        <nav className={classes.tabs} aria-label={words.title}>
          {tab('people', {}, words.people)}
          {tab('departments', { view: 'departments' }, words.departments)}
        </nav>
      )}
      {view === 'person' ? (
        <PersonPage key={person} username={person ?? ''} onBack={() => go({})} />
      ) : view === 'departments' ? (
        <Departments />
      ) : view === 'new' ? (
        <NewPerson onBack={() => go({})} onPerson={toPerson} onDepartments={() => go({ view: 'departments' })} />
      ) : (
        <People onNew={() => go({ view: 'new' })} onPerson={toPerson} />
      )}
    </div>
  );
}

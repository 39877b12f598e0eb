import { Button, Loader, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useState, type MouseEvent } from 'react';
import { IconPeople, IconPlus, IconSearch } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { useWords } from '../words/words.tsx';
import { departments, subjects, type Subject } from './api.ts';
import classes from './enrol.module.css';
import { useOfficer } from './officer.tsx';
import { Status } from './Status.tsx';
import { useLoaded } from './useLoaded.ts';

const PAGE = 25;

export function People({ onNew, onPerson }: { onNew: () => void; onPerson: (username: string) => void }) {
  const words = useWords();
  const w = words.enrol;
  const { call } = useOfficer();
  const [query, setQuery] = useState('');
  const [department, setDepartment] = useState('');
  const [offset, setOffset] = useState(0);
  const [typed] = useDebouncedValue(query.trim(), 250);

  const known = useLoaded(useCallback(() => departments(call), [call]));
  const people = useLoaded(
    useCallback(() => subjects(call, typed, department, offset, PAGE), [call, typed, department, offset]),
  );
  const page = people.value;
  const filtered = typed !== '' || department !== '';

  return (
    <section>
      <div className={classes.head}>
        <Title order={1}>{w.people}</Title>
        <Button size="lg" leftSection={<IconPlus />} onClick={onNew}>
          {w.newPerson}
        </Button>
      </div>
      <div className={classes.filters}>
        <TextInput
          size="lg"
          type="search"
          aria-label={w.search}
          placeholder={w.searchHint}
          leftSection={<IconSearch size={20} />}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setOffset(0);
          }}
        />
        <NativeSelect
          size="lg"
          aria-label={w.department}
          value={department}
          onChange={(event) => {
            setDepartment(event.currentTarget.value);
            setOffset(0);
          }}
          data={[
            { value: '', label: w.allDepartments },
            ...(known.value ?? []).map((one) => ({ value: one.code, label: one.name })),
          ]}
        />
      </div>
      {people.error !== null ? (
        <ProblemAlert problem={problemIn(people.error)}>
          <Button variant="default" mt="sm" onClick={people.reload}>
            {words.tryAgain}
          </Button>
        </ProblemAlert>
      ) : page === null ? (
        <Loader aria-label={words.loading} mx="auto" my={60} display="block" />
      ) : page.items.length === 0 ? (
        <div className={`card ${classes.empty}`}>
          <IconPeople size={48} />
          <Title order={2} size="h3">
            {filtered ? w.noMatch : w.noPeople}
          </Title>
          <Text c="dimmed">{filtered ? w.noMatchText : w.noPeopleText}</Text>
        </div>
      ) : (
        <>
          <ul className={`card ${classes.list}`}>
            {page.items.map((subject) => (
              <Row key={subject.id} subject={subject} onOpen={() => onPerson(subject.username)} />
            ))}
          </ul>
          <div className={classes.pager}>
            <Text c="dimmed" role="status">
              {w.total(offset + 1, offset + page.items.length, page.total)}
            </Text>
            {page.total > PAGE && (
              <div className={classes.pagerButtons}>
                <Button variant="default" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                  {w.previous}
                </Button>
                <Button
                  variant="default"
                  disabled={offset + page.items.length >= page.total}
                  onClick={() => setOffset(offset + PAGE)}
                >
                  {w.next}
                </Button>
              </div>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function Row({ subject, onOpen }: { subject: Subject; onOpen: () => void }) {
  return (
    <li>
      <a
        className={classes.row}
        href={`?${new URLSearchParams({ person: subject.username })}`}
        onClick={(event: MouseEvent) => {
          event.preventDefault();
          onOpen();
        }}
      >
        <span className={classes.initials} aria-hidden="true">
          {initials(subject.display_name)}
        </span>
        <span className={classes.who}>
          <strong>{subject.display_name}</strong>
          <span>
            {subject.username} · {subject.department.name}
          </span>
        </span>
        <Status subject={subject} />
      </a>
    </li>
  );
}

export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = [parts[0], parts.length > 1 ? parts[parts.length - 1] : undefined];
  return letters.map((part) => [...(part ?? '')][0] ?? '').join('').toUpperCase();
}

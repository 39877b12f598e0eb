import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import { IconPeople, IconPlus, IconSearch } from '../app/icons.tsx';
import { navigate } from '../app/navigate.ts';
import { useOfficer } from '../enrol/officer.tsx';
import { Status } from '../enrol/Status.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { people, policies } from './api.ts';
import classes from './console.module.css';
import { narrows, peopleFilter, peopleQuery, written, type PeopleFilter } from './filters.ts';
import { DataTable, Empty, Head, PageLink, Show } from './parts.tsx';
import { PersonDetail } from './PersonDetail.tsx';
import { mayEnrol } from './sections.ts';
import { address, useConsole } from './useConsole.ts';
import { useConsoleWords } from './words.ts';

const PAGE = 25;

export function People() {
  const { query } = useConsole();
  const person = query.get('person');
  return person === null ? <List /> : <PersonDetail key={person} id={person} />;
}

function List() {
  const words = useWords();
  const w = useConsoleWords();
  const { call } = useOfficer();
  const { account, query, go } = useConsole();
  const filter = peopleFilter(query);
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const [text, setText] = useState(filter.query);
  const [typed] = useDebouncedValue(text, 250);
  const apply = useCallback(
    (change: Partial<PeopleFilter>, replace = false) =>
      go('people', written({ ...peopleFilter(new URLSearchParams(window.location.search)), ...change }), replace),
    [go],
  );
  const applied = useRef(filter.query);
  useEffect(() => {
    if (typed !== applied.current) {
      applied.current = typed;
      apply({ query: typed }, true);
    }
  }, [typed, apply]);
  useEffect(() => {
    // A link, or the browser's Back, may name another text than was typed.
    if (filter.query !== applied.current) {
      applied.current = filter.query;
      setText(filter.query);
    }
  }, [filter.query]);

  const departments = useLoaded(useCallback(() => policies(call), [call]));
  const search = peopleQuery(filter, (page - 1) * PAGE, PAGE);
  const found = useLoaded(useCallback(() => people(call, search), [call, search]));
  const toPage = (number: number) => go('people', { ...written(filter), ...(number > 1 ? { page: String(number) } : {}) });
  const choice = (name: keyof PeopleFilter, label: string, options: readonly { value: string; label: string }[]) => (
    <NativeSelect
      size="md"
      label={label}
      value={filter[name]}
      onChange={(event) => apply({ [name]: event.currentTarget.value })}
      data={[{ value: '', label: w.any }, ...options]}
    />
  );

  return (
    <>
      <Head title={w.section.people} lead={w.people.lead}>
        {mayEnrol(account) && (
          <Button size="md" leftSection={<IconPlus />} onClick={() => navigate('/enrol?view=new')}>
            {w.people.add}
          </Button>
        )}
      </Head>
      <form className={`card ${classes.filters}`} role="search" onSubmit={(event) => event.preventDefault()}>
        <TextInput
          className={classes.wide ?? ''}
          size="md"
          type="search"
          label={w.people.search}
          leftSection={<IconSearch size={20} />}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {choice('department', w.people.department, (departments.value ?? []).map((one) => ({ value: one.code, label: one.name })))}
        {choice('active', w.people.status, [
          { value: 'true', label: w.active },
          { value: 'false', label: w.inactive },
        ])}
        {choice('enrolled', w.people.enrolment, [
          { value: 'true', label: w.people.enrolled },
          { value: 'false', label: w.people.notEnrolled },
        ])}
        {choice('role', w.people.role, Object.entries(words.enrol.role).map(([value, label]) => ({ value, label })))}
      </form>
      <Show loaded={found}>
        {(value) =>
          value.items.length === 0 ? (
            <Empty icon={<IconPeople size={48} />} title={narrows(filter) ? words.enrol.noMatch : words.enrol.noPeople}>
              {narrows(filter) ? (
                <Button
                  variant="default"
                  mt="xs"
                  onClick={() => go('people')}
                >
                  {w.people.clear}
                </Button>
              ) : (
                <Text c="dimmed">{words.enrol.noPeopleText}</Text>
              )}
            </Empty>
          ) : (
            <>
              <div className={`card ${classes.tableCard}`}>
                <DataTable
                  label={w.people.table}
                  rows={value.items}
                  id={(one) => one.id}
                  columns={[
                    {
                      head: w.people.name,
                      names: true,
                      cell: (one) => (
                        <>
                          <PageLink
                            to={address('people', { person: one.id })}
                            className={classes.link}
                            onGo={() => go('people', { person: one.id })}
                          >
                            {one.display_name}
                          </PageLink>
                          <span className={classes.second}>{one.username}</span>
                        </>
                      ),
                    },
                    { head: w.people.department, cell: (one) => one.department.name },
                    {
                      head: w.people.roles,
                      cell: (one) => one.roles.map((role) => lookUp(words.enrol.role, role) ?? role).join(', ') || w.none,
                    },
                    { head: w.people.state, cell: (one) => <Status subject={one} /> },
                  ]}
                />
              </div>
              <div className={classes.pager}>
                <Text c="dimmed" role="status">
                  {words.enrol.total((page - 1) * PAGE + 1, (page - 1) * PAGE + value.items.length, value.total)}
                </Text>
                {value.total > PAGE && (
                  <div className={classes.row}>
                    <Button variant="default" disabled={page === 1} onClick={() => toPage(page - 1)}>
                      {words.enrol.previous}
                    </Button>
                    <Button variant="default" disabled={page * PAGE >= value.total} onClick={() => toPage(page + 1)}>
                      {words.enrol.next}
                    </Button>
                  </div>
                )}
              </div>
            </>
          )
        }
      </Show>
    </>
  );
}

import { Button, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconBack, IconBuilding, IconPlus } from '../app/icons.tsx';
import { useOfficer } from '../enrol/officer.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { modelPack, policies, type Policy } from './api.ts';
import classes from './console.module.css';
import { DepartmentForm } from './DepartmentForm.tsx';
import { oneIn } from './identification.ts';
import { Badge, DataTable, Empty, Head, PageLink, Show } from './parts.tsx';
import { Retention } from './Retention.tsx';
import { isAdmin } from './sections.ts';
import { address, useConsole } from './useConsole.ts';
import { useConsoleWords } from './words.ts';

export function Departments() {
  const w = useConsoleWords();
  const { call } = useOfficer();
  const { account, query, go } = useConsole();
  const known = useLoaded(useCallback(() => policies(call), [call]));
  const pack = useLoaded(useCallback(() => modelPack(call), [call]));
  const [saved, setSaved] = useState('');
  const code = query.get('department');
  const making = query.get('view') === 'new' && isAdmin(account);
  const back = () => go('departments');

  if (code !== null || making) {
    return (
      <>
        <Button variant="subtle" color="gray" px="sm" leftSection={<IconBack />} onClick={back}>
          {w.section.departments}
        </Button>
        <Show loaded={known}>
          {(all) => (
            <Show loaded={pack}>
              {(models) => {
                const one = all.find((candidate) => candidate.code === code);
                return one === undefined && !making ? (
                  <Empty icon={<IconBuilding size={48} />} title={w.notForYouTitle} order={1} />
                ) : (
                  <DepartmentForm
                    key={code ?? ''}
                    department={one ?? null}
                    points={models.operating_points}
                    onSaved={(name) => {
                      setSaved(name);
                      known.reload();
                      back();
                    }}
                  />
                );
              }}
            </Show>
          )}
        </Show>
      </>
    );
  }
  return (
    <>
      <Head title={w.section.departments} lead={w.departments.lead}>
        {isAdmin(account) && (
          <Button size="md" leftSection={<IconPlus />} onClick={() => go('departments', { view: 'new' })}>
            {w.departments.add}
          </Button>
        )}
      </Head>
      <Text role="status" className={saved === '' ? 'visually-hidden' : (classes.hint ?? '')}>
        {saved === '' ? '' : w.departments.saved(saved)}
      </Text>
      <Show loaded={known}>
        {(all) => (
          <div className={`card ${classes.tableCard}`}>
            <DataTable
              label={w.departments.table}
              rows={all}
              id={(one) => one.code}
              columns={[
                {
                  head: w.departments.name,
                  names: true,
                  cell: (one) => (
                    <>
                      <PageLink
                        to={address('departments', { department: one.code })}
                        className={classes.link}
                        onGo={() => go('departments', { department: one.code })}
                      >
                        {one.name}
                      </PageLink>
                      <span className={classes.second}>{one.code}</span>
                    </>
                  ),
                },
                {
                  head: w.departments.status,
                  cell: (one) => <Badge tone={one.active ? 'good' : 'off'}>{one.active ? w.active : w.inactive}</Badge>,
                },
                { head: w.departments.liveness, cell: (one) => lookUp(w.departments.livenessKind, one.liveness) ?? one.liveness },
                { head: w.departments.verification, cell: (one) => <Rate rate={one.verification_fmr} /> },
                { head: w.departments.identification, cell: (one) => <Identification department={one} /> },
                { head: w.departments.faces, numeric: true, cell: (one) => <Count count={one.references} /> },
              ]}
            />
          </div>
        )}
      </Show>
      <Retention />
    </>
  );
}

function Rate({ rate }: { rate: number }) {
  const { locale } = useWords();
  return <>{useConsoleWords().oneIn(oneIn(rate, locale))}</>;
}

function Count({ count }: { count: number }) {
  return <>{count.toLocaleString(useWords().locale)}</>;
}

function Identification({ department }: { department: Policy }) {
  const { locale } = useWords();
  const w = useConsoleWords();
  if (!department.identification) {
    return <>{w.departments.off}</>;
  }
  return department.identification_fmr == null ? (
    <>{w.departments.tooLarge}</>
  ) : (
    <>{w.departments.onAt(w.oneIn(oneIn(department.identification_fmr, locale)))}</>
  );
}

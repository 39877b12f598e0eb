import { NativeSelect, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconCheck } from '../../app/icons.tsx';
import { Remarks } from '../../attendance/SheetTable.tsx';
import { dayOf, plusDays, sayDay } from '../../attendance/time.ts';
import { useAttendanceWords } from '../../attendance/words.ts';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { useWords } from '../../words/words.tsx';
import classes from '../console.module.css';
import { DataTable, Empty, Head, PageLink, Show } from '../parts.tsx';
import { address, useConsole } from '../useConsole.ts';
import { exceptions } from './api.ts';
import { DayInput, inAddress, nameOf, useWhere, WhereFields, type Places } from './fields.tsx';
import own from './time.module.css';
import { useTimeWords } from './words.ts';

const LOOKED_BACK_DAYS = 13;

export function Exceptions({ departments }: Places) {
  const { locale } = useWords();
  const w = useTimeWords();
  const times = useAttendanceWords();
  const { call } = useOfficer();
  const { go } = useConsole();
  const where = useWhere();
  const [to, setTo] = useState(() => dayOf(new Date()));
  const [from, setFrom] = useState(() => plusDays(dayOf(new Date()), -LOOKED_BACK_DAYS));
  const [remark, setRemark] = useState('');
  const valid = from !== '' && to !== '' && from <= to;
  const found = useLoaded(
    useCallback(async () => (valid ? exceptions(call, where, from, to) : []), [call, where, from, to, valid]),
  );
  return (
    <>
      <Head title={w.view.exceptions} lead={w.exceptions.lead} />
      <div className={own.filters}>
        <DayInput label={w.from} value={from} onChange={setFrom} />
        <DayInput label={w.to} value={to} min={from} onChange={setTo} />
        <WhereFields
          departments={departments}
          value={where}
          onChange={(chosen) => go('attendance', { view: 'exceptions', ...inAddress(chosen) }, true)}
        />
        <NativeSelect
          size="md"
          label={w.exceptions.remark}
          value={remark}
          onChange={(event) => setRemark(event.currentTarget.value)}
          data={[
            { value: '', label: w.exceptions.any },
            ...Object.entries(times.remark)
              .filter(([value]) => value !== 'PRESENT')
              .map(([value, label]) => ({ value, label })),
          ]}
        />
      </div>
      {!valid && <Text role="alert">{w.reports.order}</Text>}
      <Show loaded={found}>
        {(all) => {
          const rows = all.filter((one) => remark === '' || one.remarks.includes(remark));
          return rows.length === 0 ? (
            <Empty icon={<IconCheck size={48} />} title={w.exceptions.noneTitle}>
              <p>{w.exceptions.noneText}</p>
            </Empty>
          ) : (
            <>
              <Text role="status" c="dimmed">
                {w.exceptions.count(rows.length)}
              </Text>
              <div className={`card ${classes.tableCard}`}>
                <DataTable
                  label={w.exceptions.table}
                  rows={rows}
                  id={(one) => one.person.id + one.day}
                  columns={[
                    {
                      head: w.person,
                      names: true,
                      cell: (one) => (
                        <>
                          <PageLink
                            to={address('attendance', { view: 'timesheets', person: one.person.id, day: one.day })}
                            className={classes.link}
                            aria-label={w.exceptions.open(one.person.display_name, sayDay(one.day, locale))}
                            onGo={() => go('attendance', { view: 'timesheets', person: one.person.id, day: one.day })}
                          >
                            {one.person.display_name}
                          </PageLink>
                          <span className={classes.second}>{nameOf(departments, one.person.department)}</span>
                        </>
                      ),
                    },
                    { head: w.day, cell: (one) => <time dateTime={one.day}>{sayDay(one.day, locale)}</time> },
                    { head: times.remarks, cell: (one) => <Remarks remarks={one.remarks} /> },
                  ]}
                />
              </div>
            </>
          );
        }}
      </Show>
    </>
  );
}

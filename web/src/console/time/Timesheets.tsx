import { useCallback } from 'react';
import { IconPeople } from '../../app/icons.tsx';
import { MonthStepper } from '../../attendance/MonthStepper.tsx';
import { overtimeOf } from '../../attendance/SheetTable.tsx';
import { dayOf, hours, isDay, monthOf } from '../../attendance/time.ts';
import { useAttendanceWords } from '../../attendance/words.ts';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import classes from '../console.module.css';
import { DataTable, Empty, Head, PageLink, Show } from '../parts.tsx';
import { address, useConsole } from '../useConsole.ts';
import { sheets, type Where } from './api.ts';
import { inAddress, nameOf, useWhere, WhereFields, type Places } from './fields.tsx';
import { PersonSheet } from './PersonSheet.tsx';
import own from './time.module.css';
import { useTimeWords } from './words.ts';

export function Timesheets({ departments }: Places) {
  const { query } = useConsole();
  const person = query.get('person');
  const asked = query.get('day');
  const day = isDay(asked) ? asked : dayOf(new Date());
  return person === null ? <Everybody departments={departments} day={day} /> : <PersonSheet key={person} person={person} day={day} />;
}

function Everybody({ departments, day }: Places & { day: string }) {
  const w = useTimeWords();
  const times = useAttendanceWords();
  const { call } = useOfficer();
  const { go } = useConsole();
  const where = useWhere();
  const { from, to } = monthOf(day);
  const found = useLoaded(useCallback(() => sheets(call, where, from, to), [call, where, from, to]));
  const move = (chosen: Where, moved: string) => go('attendance', { view: 'timesheets', day: moved, ...inAddress(chosen) }, true);
  return (
    <>
      <Head title={w.view.timesheets} lead={w.sheets.lead} />
      <div className={own.filters}>
        <WhereFields departments={departments} value={where} onChange={(chosen) => move(chosen, day)} />
        <div className={own.step}>
          <MonthStepper day={day} onDay={(moved) => move(where, moved)} />
        </div>
      </div>
      <Show loaded={found}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={<IconPeople size={48} />} title={w.nobodyTitle}>
              <p>{w.nobodyText}</p>
            </Empty>
          ) : (
            <div className={`card ${classes.tableCard}`}>
              <DataTable
                label={w.sheets.table}
                rows={all}
                id={(one) => one.person.id}
                columns={[
                  {
                    head: w.person,
                    names: true,
                    cell: ({ person: { id, display_name: name, department: code } }) => (
                      <>
                        <PageLink
                          to={address('attendance', { view: 'timesheets', person: id, day })}
                          className={classes.link}
                          aria-label={w.sheets.open(name)}
                          onGo={() => go('attendance', { view: 'timesheets', person: id, day })}
                        >
                          {name}
                        </PageLink>
                        <span className={classes.second}>{nameOf(departments, code)}</span>
                      </>
                    ),
                  },
                  { head: times.scheduled, numeric: true, cell: (one) => hours(one.total.scheduled) },
                  { head: times.worked, numeric: true, cell: (one) => hours(one.total.worked) },
                  { head: times.overtime, numeric: true, cell: (one) => hours(overtimeOf(one.total)) },
                  { head: times.missing, numeric: true, cell: (one) => hours(one.total.missing) },
                  {
                    head: w.sheets.exceptions,
                    numeric: true,
                    cell: (one) => one.days.filter((each) => each.remarks.some((remark) => remark !== 'PRESENT')).length,
                  },
                ]}
              />
            </div>
          )
        }
      </Show>
    </>
  );
}

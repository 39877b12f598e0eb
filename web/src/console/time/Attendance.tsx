import { useCallback, useEffect, useRef, type ComponentType } from 'react';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { policies } from '../api.ts';
import { PageLink, Show } from '../parts.tsx';
import { address, useConsole } from '../useConsole.ts';
import { Board } from './Board.tsx';
import { Exceptions } from './Exceptions.tsx';
import type { Places } from './fields.tsx';
import { Kiosks } from './Kiosks.tsx';
import { Pay } from './Pay.tsx';
import { Plan } from './Plan.tsx';
import { Reports } from './Reports.tsx';
import { Shifts } from './Shifts.tsx';
import classes from './time.module.css';
import { Timesheets } from './Timesheets.tsx';
import { viewsOf, type View } from './views.ts';
import { useTimeWords } from './words.ts';

const PARTS: Readonly<Record<View, ComponentType<Places>>> = {
  board: Board,
  exceptions: Exceptions,
  timesheets: Timesheets,
  plan: Plan,
  shifts: Shifts,
  rules: Pay,
  kiosks: Kiosks,
  reports: Reports,
};

/** Attendance in its parts; which of them there are depends on who looks. */
export default function Attendance() {
  const w = useTimeWords();
  const { call } = useOfficer();
  const { account, query, go } = useConsole();
  const open = viewsOf(account);
  const view = open.find((one) => one === query.get('view')) ?? 'board';
  const places = useLoaded(useCallback(() => policies(call), [call]));
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // On a narrow screen the parts are a strip, of which the present one may be out of sight.
    const strip = list.current;
    const present = strip?.querySelector<HTMLElement>('[aria-current]');
    if (strip && present) {
      strip.scrollLeft = present.offsetLeft - (strip.clientWidth - present.offsetWidth) / 2;
    }
  }, [view]);
  const Part = PARTS[view];
  return (
    <>
      <nav className={classes.parts} aria-label={w.views}>
        <ul ref={list}>
          {open.map((one) => (
            <li key={one}>
              <PageLink
                to={address('attendance', { view: one })}
                aria-current={one === view ? 'page' : undefined}
                onGo={() => go('attendance', { view: one })}
              >
                {w.view[one]}
              </PageLink>
            </li>
          ))}
        </ul>
      </nav>
      <Show loaded={places}>{(departments) => <Part departments={departments} />}</Show>
    </>
  );
}

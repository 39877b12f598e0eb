import { NativeSelect, Switch, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { IconPeople } from '../../app/icons.tsx';
import { Remarks, SeePicture } from '../../attendance/SheetTable.tsx';
import { clock } from '../../attendance/time.ts';
import { useAttendanceWords } from '../../attendance/words.ts';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { lookUp } from '../../words/advice.ts';
import { useWords } from '../../words/words.tsx';
import classes from '../console.module.css';
import { Badge, DataTable, Empty, Head, PageLink, Show } from '../parts.tsx';
import { address, useConsole } from '../useConsole.ts';
import { board, type Board as Seen, type BoardRow, type Where } from './api.ts';
import { inAddress, nameOf, useWhere, WhereFields, type Places } from './fields.tsx';
import { Capture } from './PersonSheet.tsx';
import own from './time.module.css';
import { useTimeWords } from './words.ts';

const PERIOD_MS = 15_000;

export function Board({ departments }: Places) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { call } = useOfficer();
  const { go } = useConsole();
  const where = useWhere();
  const [live, setLive] = useState(true);
  const seen = useLoaded(useCallback(() => board(call, where), [call, where]));
  const { reload } = seen;
  useEffect(() => {
    const timer = live ? setInterval(() => document.visibilityState === 'visible' && reload(), PERIOD_MS) : undefined;
    return () => clearInterval(timer);
  }, [live, reload]);
  const at = seen.value === null ? '…' : new Date(seen.value.at).toLocaleTimeString(locale);
  return (
    <>
      <Head title={w.view.board} lead={w.board.lead(at)}>
        <Switch size="md" label={w.board.live} checked={live} onChange={(event) => setLive(event.currentTarget.checked)} />
      </Head>
      <Show loaded={seen}>
        {(known) => (
          <Rows
            known={known}
            departments={departments}
            where={where}
            onWhere={(chosen) => go('attendance', { view: 'board', ...inAddress(chosen) }, true)}
          />
        )}
      </Show>
    </>
  );
}

interface RowsProps extends Places {
  readonly known: Seen;
  readonly where: Where;
  readonly onWhere: (where: Where) => void;
}

function Rows({ known, departments, where, onWhere }: RowsProps) {
  const { locale } = useWords();
  const w = useTimeWords();
  const times = useAttendanceWords();
  const { go } = useConsole();
  const [seeing, setSeeing] = useState<BoardRow | null>(null);
  const [shown, setShown] = useState<'all' | 'present' | 'absent'>('all');
  const late = known.items.filter((one) => one.remarks.includes('LATE')).length;
  const rows = known.items.filter((one) => shown === 'all' || one.present === (shown === 'present'));
  const number = (value: number) => value.toLocaleString(locale);
  return (
    <>
      <p className="visually-hidden" role="status">
        {w.board.announce(known.present, known.items.length)}
      </p>
      <ul className={classes.tiles}>
        <Tile name={w.board.in} value={w.board.of(number(known.present), number(known.items.length))} share={known.present / Math.max(1, known.items.length)} />
        <Tile name={w.board.out} value={number(known.items.length - known.present)} />
        <Tile name={w.board.late} value={number(late)} />
      </ul>
      <div className={own.filters}>
        <WhereFields departments={departments} value={where} onChange={onWhere} />
        <NativeSelect
          size="md"
          label={w.board.show}
          value={shown}
          onChange={(event) => setShown(event.currentTarget.value as typeof shown)}
          data={[
            { value: 'all', label: w.board.all },
            { value: 'present', label: w.board.present },
            { value: 'absent', label: w.board.absent },
          ]}
        />
      </div>
      {rows.length === 0 ? (
        <Empty icon={<IconPeople size={48} />} title={w.nobodyTitle}>
          <p>{w.nobodyText}</p>
        </Empty>
      ) : (
        <div className={`card ${classes.tableCard}`}>
          <DataTable
            label={w.board.table}
            rows={rows}
            id={(one) => one.person.id}
            columns={[
              {
                head: w.person,
                names: true,
                cell: (one) => (
                  <>
                    <PageLink
                      to={address('attendance', { view: 'timesheets', person: one.person.id })}
                      className={classes.link}
                      onGo={() => go('attendance', { view: 'timesheets', person: one.person.id })}
                    >
                      {one.person.display_name}
                    </PageLink>
                    <span className={classes.second}>{nameOf(departments, one.person.department)}</span>
                  </>
                ),
              },
              {
                head: w.board.state,
                cell: (one) => <Badge tone={one.present ? 'good' : 'off'}>{one.present ? w.board.isIn : w.board.isOut}</Badge>,
              },
              { head: w.board.last, cell: (one) => <Last row={one} onSee={() => setSeeing(one)} /> },
              {
                head: w.board.by,
                cell: (one) => <Text c="dimmed">{one.last == null ? '–' : (lookUp(times.method, one.last.method) ?? one.last.method)}</Text>,
              },
              { head: times.remarks, cell: (one) => <Remarks remarks={one.remarks.filter((remark) => remark !== 'PRESENT')} /> },
            ]}
          />
        </div>
      )}
      {seeing?.last != null && (
        <Capture who={seeing.person.display_name} punch={seeing.last} onClose={() => setSeeing(null)} />
      )}
    </>
  );
}

function Last({ row, onSee }: { row: BoardRow; onSee: () => void }) {
  const times = useAttendanceWords();
  return row.last == null ? (
    <>–</>
  ) : (
    <>
      {lookUp(times.direction, row.last.direction)} <time dateTime={row.last.at}>{clock(row.last.at)}</time>{' '}
      <Text span c="dimmed">
        {lookUp(times.status, row.last.status)}
      </Text>{' '}
      {row.last.picture === true && <SeePicture punch={row.last} onSee={onSee} />}
    </>
  );
}

function Tile({ name, value, share }: { name: string; value: string; share?: number }) {
  return (
    <li className={`card ${classes.tile}`}>
      <span>{name}</span>
      <strong>{value}</strong>
      {share !== undefined && (
        <svg className={own.share} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <path d="M0 2H100" data-part="all" />
          <path d={`M0 2H${Math.round(share * 100)}`} data-part="part" />
        </svg>
      )}
    </li>
  );
}

import { Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { Leave, Punch } from '../attendance/api.ts';
import { MonthStepper } from '../attendance/MonthStepper.tsx';
import { SheetTable, Totals } from '../attendance/SheetTable.tsx';
import { dayOf, monthOf, sayDay } from '../attendance/time.ts';
import classes from '../console/console.module.css';
import { Badge, Card, DataTable, Head, Show } from '../console/parts.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { useWords } from '../words/words.tsx';
import { Consent } from '../presence/Consent.tsx';
import { Picture } from '../presence/Picture.tsx';
import { leaves, picture, pictureConsent, timesheet } from './api.ts';
import own from './privacy.module.css';
import { usePrivacyWords } from './words.ts';

export function Time() {
  const w = usePrivacyWords();
  const [day, setDay] = useState(() => dayOf(new Date()));
  const { from, to } = monthOf(day);
  const sheet = useLoaded(useCallback(() => timesheet(from, to), [from, to]));
  const [seeing, setSeeing] = useState<Punch | null>(null);
  const away = useLoaded(useCallback(() => leaves(), []));
  return (
    <>
      <Head title={w.section.time} lead={w.time.lead} />
      <MonthStepper day={day} onDay={setDay} />
      <Show loaded={sheet}>
        {(known) => (
          <>
            <Totals total={known.total} />
            <div className={`card ${classes.tableCard}`}>
              <SheetTable sheet={known} onPicture={setSeeing} />
            </div>
            {seeing !== null && <Mine who={known.person.display_name} punch={seeing} onClose={() => setSeeing(null)} />}
          </>
        )}
      </Show>
      <Consent own may request={pictureConsent} />
      <Card title={w.time.leave}>
        <Show loaded={away}>{(all) => (all.length === 0 ? <Text c="dimmed">{w.time.noLeave}</Text> : <Leaves all={all} />)}</Show>
      </Card>
      <p className={own.foot}>{w.time.wrong}</p>
    </>
  );
}

function Mine({ who, punch, onClose }: { who: string; punch: Punch; onClose: () => void }) {
  const load = useCallback(() => picture(punch.event_id), [punch.event_id]);
  return <Picture who={who} at={punch.at} own load={load} onClose={onClose} />;
}

function Leaves({ all }: { all: readonly Leave[] }) {
  const { locale } = useWords();
  const w = usePrivacyWords();
  return (
    <DataTable
      label={w.time.leave}
      rows={all}
      id={(one) => one.id}
      columns={[
        { head: w.time.kind, names: true, cell: (one) => one.kind },
        { head: w.time.from, cell: (one) => sayDay(one.from, locale, 'year') },
        { head: w.time.to, cell: (one) => sayDay(one.to, locale, 'year') },
        {
          head: w.time.state,
          cell: (one) =>
            one.cancelled_at == null ? <Badge tone="good">{w.time.granted}</Badge> : <Badge tone="off">{w.time.cancelled}</Badge>,
        },
      ]}
    />
  );
}

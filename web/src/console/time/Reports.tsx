import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert, problemIn } from '../../app/ProblemAlert.tsx';
import { saveFile } from '../../app/saveFile.ts';
import { dayOf, monthOf } from '../../attendance/time.ts';
import { useOfficer } from '../../enrol/officer.tsx';
import { useWords } from '../../words/words.tsx';
import classes from '../console.module.css';
import { Card, Head } from '../parts.tsx';
import { report, type ReportKind, type Where } from './api.ts';
import { DayInput, useWhere, WhereFields, type Places } from './fields.tsx';
import own from './time.module.css';
import { useTimeWords } from './words.ts';

export function Reports({ departments }: Places) {
  const w = useTimeWords();
  const { locale } = useWords();
  const { call } = useOfficer();
  const [where, setWhere] = useState<Where>(useWhere());
  const month = monthOf(dayOf(new Date()));
  const [from, setFrom] = useState(month.from);
  const [to, setTo] = useState(month.to);
  const [busy, setBusy] = useState<ReportKind | null>(null);
  const [saved, setSaved] = useState('');
  const [error, setError] = useState<unknown>(null);
  const valid = from !== '' && to !== '' && from <= to;
  const save = async (kind: ReportKind) => {
    setBusy(kind);
    setError(null);
    try {
      const name = `timesheets-${[where.department, where.site].map((one) => (one === '' ? '' : `${one.replace(/[^\p{L}\p{N}-]+/gu, '_')}-`)).join('')}${from}-${to}.${kind}`;
      saveFile(await report(call, kind, where, from, to, locale), name);
      setSaved(w.reports.saved(name));
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(null);
  };
  return (
    <>
      <Head title={w.view.reports} lead={w.reports.lead} />
      <Card title={w.view.timesheets}>
        {error !== null && <ProblemAlert problem={problemIn(error)} />}
        <div className={own.filters}>
          <DayInput label={w.from} value={from} onChange={setFrom} />
          <DayInput label={w.to} value={to} min={from} onChange={setTo} />
          <WhereFields departments={departments} value={where} onChange={setWhere} />
        </div>
        {!valid && <Text role="alert">{w.reports.order}</Text>}
        <div className={classes.row}>
          <Button size="md" loading={busy === 'xlsx'} disabled={!valid || busy !== null} onClick={() => void save('xlsx')}>
            {w.reports.xlsx}
          </Button>
          <Button size="md" variant="default" loading={busy === 'pdf'} disabled={!valid || busy !== null} onClick={() => void save('pdf')}>
            {w.reports.pdf}
          </Button>
          <Button size="md" variant="default" loading={busy === 'csv'} disabled={!valid || busy !== null} onClick={() => void save('csv')}>
            {w.reports.csv}
          </Button>
        </div>
        <Text role="status" className={saved === '' ? 'visually-hidden' : undefined}>
          {saved}
        </Text>
        <Text c="dimmed" size="sm">
          {w.reports.wait}
        </Text>
      </Card>
    </>
  );
}

import { Switch, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { useOfficer } from '../enrol/officer.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { useWords } from '../words/words.tsx';
import { health, modelPack, type Health } from './api.ts';
import { Chart } from './Chart.tsx';
import classes from './console.module.css';
import { decimal, oneIn } from './identification.ts';
import { Badge, Card, DataTable, Facts, Head, Show } from './parts.tsx';
import { useConsoleWords } from './words.ts';

const PERIOD_MS = 5_000;
/** Five minutes. */
const SAMPLES = 60;

interface Sample {
  readonly at: number;
  readonly health: Health;
}

export function System() {
  const words = useWords();
  const w = useConsoleWords();
  const [live, setLive] = useState(true);
  const { samples, error } = useHealth(live);
  const last = samples.at(-1);
  const { locale } = words;
  return (
    <>
      <Head title={w.section.system} lead={w.system.lead}>
        <Switch size="md" label={w.system.live} checked={live} onChange={(event) => setLive(event.currentTarget.checked)} />
      </Head>
      {error !== null && <ProblemAlert problem={problemIn(error)} />}
      <div className={classes.cards}>
        {last !== undefined && (
          <div className={classes.stack}>
            <Card title={w.start.server}>
              <div className={classes.row}>
                <Badge tone={error === null && last.health.status === 'UP' ? 'good' : 'bad'}>
                  {error !== null ? w.system.unreachable : last.health.status === 'UP' ? w.system.up : w.system.down}
                </Badge>
                <Text c="dimmed">{w.system.updated(new Date(last.at).toLocaleTimeString(locale))}</Text>
              </div>
              <Facts
                facts={[
                  [w.system.database, last.health.database ? w.system.answers : w.system.silent],
                  [w.system.models, last.health.models_loaded ? w.system.loaded : w.system.missing],
                  [w.system.faces, last.health.references.toLocaleString(locale)],
                  [w.system.threads, last.health.queue.threads.toLocaleString(locale)],
                ]}
              />
            </Card>
            <Card title={w.system.chart}>
              <p className="visually-hidden">
                {w.system.chartText(last.health.active_connections, last.health.queue.waiting, last.health.queue.busy)}
              </p>
              <div className={classes.charts}>
                <Chart label={w.system.sessions} values={samples.map((one) => one.health.active_connections)} most={SAMPLES} />
                <Chart label={w.system.queue} values={samples.map((one) => one.health.queue.waiting)} most={SAMPLES} />
                <Chart label={w.system.busy} values={samples.map((one) => one.health.queue.busy)} most={SAMPLES} />
              </div>
            </Card>
          </div>
        )}
        <Pack />
      </div>
    </>
  );
}

function Pack() {
  const { locale } = useWords();
  const w = useConsoleWords();
  const { call } = useOfficer();
  const pack = useLoaded(useCallback(() => modelPack(call), [call]));
  return (
    <Card title={w.system.pack}>
      <Show loaded={pack}>
        {(known) => (
          <>
            <Facts
              facts={[
                [w.system.pack, known.name],
                [w.system.licence, known.licence],
                [w.system.extractor, <code key="hash">{known.extractor}</code>],
              ]}
            />
            <Text c="dimmed">{w.system.pointsLead}</Text>
            <DataTable
              label={w.system.points}
              rows={known.operating_points}
              id={(point) => String(point.fmr)}
              compact
              columns={[
                {
                  head: w.system.fmr,
                  names: true,
                  cell: (point) => `${w.oneIn(oneIn(point.fmr, locale))} (${decimal(point.fmr, locale)})`,
                },
                { head: w.system.basis, cell: (point) => (point.demonstrated ? w.system.demonstrated : w.system.extrapolated) },
              ]}
            />
          </>
        )}
      </Show>
    </Card>
  );
}

/** The server's health, asked again and again while the page is in sight. */
function useHealth(live: boolean): { samples: readonly Sample[]; error: unknown } {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let over = false;
    const ask = () =>
      health().then(
        (answer) => {
          if (!over) {
            setSamples((before) => [...before.slice(1 - SAMPLES), { at: Date.now(), health: answer }]);
            setError(null);
          }
        },
        (thrown: unknown) => {
          if (!over) {
            setError(thrown);
          }
        },
      );
    void ask();
    const timer = live
      ? setInterval(() => {
          if (document.visibilityState === 'visible') {
            void ask();
          }
        }, PERIOD_MS)
      : undefined;
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [live]);
  return { samples, error };
}

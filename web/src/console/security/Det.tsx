import { NativeSelect, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { useWords } from '../../words/words.tsx';
import { modelPack, type Measured } from '../api.ts';
import classes from '../console.module.css';
import { decimal, oneIn } from '../identification.ts';
import { Card, DataTable, Facts, PageLink, Show } from '../parts.tsx';
import { address, useConsole } from '../useConsole.ts';
import { useConsoleWords } from '../words.ts';
import { place } from './det.ts';
import own from './security.module.css';
import { useSecurityWords } from './words.ts';

/** The rate that a comparison with one person is made at, unless a department says otherwise. */
const DEFAULT_FMR = 1e-4;

/** The models in use, what their thresholds cost, and what a target rate means. */
export default function Det() {
  const w = useSecurityWords();
  const c = useConsoleWords();
  const { call } = useOfficer();
  const pack = useLoaded(useCallback(() => modelPack(call), [call]));
  return (
    <Card title={c.system.pack}>
      <Show loaded={pack}>
        {(known) => (
          <>
            <Facts
              facts={[
                [c.system.pack, known.name],
                [c.system.licence, known.licence],
                [c.system.extractor, <code key="hash">{known.extractor}</code>],
              ]}
            />
            {known.measured == null ? <Text>{w.det.none}</Text> : <Cost measured={known.measured} />}
          </>
        )}
      </Show>
    </Card>
  );
}

function Cost({ measured }: { measured: Measured }) {
  const { locale } = useWords();
  const w = useSecurityWords();
  const c = useConsoleWords();
  const { go } = useConsole();
  const [target, setTarget] = useState(() => (measured.rates.some((rate) => rate.fmr === DEFAULT_FMR) ? DEFAULT_FMR : (measured.rates[0]?.fmr ?? 0)));
  const chosen = measured.rates.find((rate) => rate.fmr === target);
  const count = (value: number) => value.toLocaleString(locale);
  const percent = (rate: number) => rate.toLocaleString(locale, { style: 'percent', maximumSignificantDigits: 3 });
  return (
    <>
      <h3 className={own.heading}>{w.det.title}</h3>
      <Text>{w.det.lead(count(measured.people), count(measured.mated), count(measured.non_mated))}</Text>
      <div className={classes.sides}>
        <Plot measured={measured} target={target} />
        <div className={classes.stack}>
          <NativeSelect
            size="md"
            label={w.det.target}
            description={w.det.targetHint}
            value={String(target)}
            onChange={(event) => setTarget(Number(event.currentTarget.value))}
            data={measured.rates.map((rate) => ({
              value: String(rate.fmr),
              label: `${c.oneIn(oneIn(rate.fmr, locale))} (${decimal(rate.fmr, locale)})`,
            }))}
          />
          {chosen !== undefined && (
            <p role="status" className={classes.sentence}>
              {w.det.sentence(oneIn(chosen.fmr, locale), percent(chosen.fnmr))}
              {!chosen.demonstrated && ` ${w.det.extrapolated}`}
            </p>
          )}
          <Text c="dimmed" size="sm">
            {w.det.more}
          </Text>
          <PageLink to={address('departments')} className={classes.link} onGo={() => go('departments')}>
            {w.det.choose}
          </PageLink>
        </div>
      </div>
      <DataTable
        label={w.det.title}
        rows={measured.rates}
        id={(rate) => String(rate.fmr)}
        compact
        columns={[
          { head: w.det.x, names: true, cell: (rate) => `${c.oneIn(oneIn(rate.fmr, locale))} (${decimal(rate.fmr, locale)})` },
          { head: w.det.fnmr, cell: (rate) => percent(rate.fnmr) },
          { head: c.system.basis, cell: (rate) => (rate.demonstrated ? c.system.demonstrated : c.system.extrapolated) },
        ]}
      />
      <Text c="dimmed" size="sm">
        {w.det.source}: <span lang="en">{measured.source}</span>
      </Text>
    </>
  );
}

const BOX = { width: 360, height: 240 };
const LEFT = 58;
const BELOW = 44;

function Plot({ measured, target }: { measured: Measured; target: number }) {
  const { locale } = useWords();
  const w = useSecurityWords();
  const { x, y, points, curve } = place(measured.rates, measured.curve, BOX);
  const shown = points.filter((point) => point.rate.demonstrated);
  const guessed = points.slice(Math.max(0, shown.length - 1));
  const chosen = points.find((point) => point.rate.fmr === target);
  const line = (some: readonly { readonly x: number; readonly y: number }[]) => some.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join('');
  const percent = (rate: number) => rate.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 4 });
  return (
    <figure className={own.figure}>
      <svg className={own.plot} viewBox={`${-LEFT} -12 ${BOX.width + LEFT + 14} ${BOX.height + BELOW + 12}`} role="img" aria-label={w.det.plot}>
        {x.ticks.map((tick, index) => {
          const at = (index / (x.ticks.length - 1)) * BOX.width;
          return (
            <g key={tick}>
              <path d={`M${at} 0V${BOX.height}`} />
              <text x={at} y={BOX.height + 17} textAnchor="middle">
                {decimal(tick, locale)}
              </text>
            </g>
          );
        })}
        {y.ticks.map((tick, index) => {
          const at = (1 - index / (y.ticks.length - 1)) * BOX.height;
          return (
            <g key={tick}>
              <path d={`M0 ${at}H${BOX.width}`} />
              <text x={-8} y={at + 4} textAnchor="end">
                {percent(tick)}
              </text>
            </g>
          );
        })}
        {chosen !== undefined && <path d={`M${chosen.x} ${BOX.height}V${chosen.y}H0`} data-part="cross" />}
        <path d={line(curve.length > 1 ? curve : shown)} data-part="line" />
        <path d={line(guessed)} data-part="guess" />
        {points.map((point) => (
          <circle key={point.rate.fmr} cx={point.x} cy={point.y} r={point === chosen ? 7 : 4.5} data-chosen={point === chosen} />
        ))}
        <text x={BOX.width / 2} y={BOX.height + 38} textAnchor="middle">
          {w.det.x}
        </text>
        <text transform={`translate(${-LEFT + 12} ${BOX.height / 2}) rotate(-90)`} textAnchor="middle">
          {w.det.y}
        </text>
      </svg>
    </figure>
  );
}

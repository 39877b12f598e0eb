import { useWords } from '../words/words.tsx';
import { path } from './chartPath.ts';
import classes from './console.module.css';
import { useConsoleWords } from './words.ts';

const WIDTH = 240;
const HEIGHT = 48;

interface ChartProps {
  readonly label: string;
  readonly values: readonly number[];
  /** How many values fill the width. */
  readonly most: number;
}

/** A line of the latest values, with the last in digits. Drawn for the eye: the page says the same in words. */
export function Chart({ label, values, most }: ChartProps) {
  const { locale } = useWords();
  const w = useConsoleWords();
  const line = path(values, most, WIDTH, HEIGHT);
  return (
    <div className={classes.chart}>
      <span>{label}</span>
      <strong>{(values.at(-1) ?? 0).toLocaleString(locale)}</strong>
      <svg viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path d={`M0 ${HEIGHT}H${WIDTH}`} data-part="base" />
        <path d={line} data-part="line" />
      </svg>
      <span>{w.system.most(Math.max(0, ...values))}</span>
    </div>
  );
}

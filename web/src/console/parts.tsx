import { Button, Loader, Text, Title } from '@mantine/core';
import { useId, useState, type MouseEvent, type ReactNode } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import type { Loaded } from '../enrol/useLoaded.ts';
import { useWords } from '../words/words.tsx';
import classes from './console.module.css';

/** A section's heading, what it is for, and what one does there most. */
export function Head({ title, lead, children }: { title: string; lead?: string; children?: ReactNode }) {
  return (
    <div className={classes.head}>
      <div>
        <Title order={1}>{title}</Title>
        {lead !== undefined && <Text c="dimmed">{lead}</Text>}
      </div>
      {children}
    </div>
  );
}

/** What was loaded, or that it is awaited, or why it could not be. */
export function Show<T>({ loaded, children }: { loaded: Loaded<T>; children: (value: T) => ReactNode }) {
  const words = useWords();
  if (loaded.error !== null) {
    return (
      <ProblemAlert problem={problemIn(loaded.error)}>
        <Button variant="default" mt="sm" onClick={loaded.reload}>
          {words.tryAgain}
        </Button>
      </ProblemAlert>
    );
  }
  return loaded.value === null ? <Loading /> : children(loaded.value);
}

export function Loading() {
  const words = useWords();
  return (
    <div className={classes.loading} role="status">
      <Loader aria-label={words.loading} />
    </div>
  );
}

interface EmptyProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** 1 where it is all there is on the page. */
  readonly order?: 1 | 2;
  readonly children?: ReactNode;
}

export function Empty({ icon, title, order = 2, children }: EmptyProps) {
  return (
    <div className={`card ${classes.empty}`}>
      {icon}
      <Title order={order} size="h3">
        {title}
      </Title>
      {children}
    </div>
  );
}

interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  /** Names the row for screen readers. */
  readonly names?: boolean;
  readonly numeric?: boolean;
}

interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly id: (row: T) => string;
  /** Few short columns: it stays a table on a narrow screen. */
  readonly compact?: boolean;
}

/** A table; on a narrow screen each row is a card. The roles are said, because style sheets that lay out anew would hide them. */
export function DataTable<T>({ label, columns, rows, id, compact = false }: DataTableProps<T>) {
  return (
    <table className={`${classes.table} ${compact ? classes.compact : ''}`} role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.head} scope="col" role="columnheader" data-numeric={column.numeric}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={id(row)} role="row">
            {columns.map((column) => {
              const content = (
                <>
                  <span className={classes.cellName} aria-hidden="true">
                    {column.head}
                  </span>
                  <span className={classes.cell}>{column.cell(row)}</span>
                </>
              );
              return column.names === true ? (
                <th key={column.head} scope="row" role="rowheader">
                  {content}
                </th>
              ) : (
                <td key={column.head} role="cell" data-numeric={column.numeric}>
                  {content}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export type Tone = 'good' | 'open' | 'off' | 'bad';

export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}

/** Names and values. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly act: string;
  readonly danger?: boolean;
  /** Whether one may go on; with a box to tick first, once it is ticked. */
  readonly ready?: boolean;
  readonly children?: ReactNode;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<void>;
}

/** Asks before something that matters. What goes wrong is shown here, and the question stays. */
export function Confirm({ title, text, act, danger = false, ready = true, children, onClose, onConfirm }: ConfirmProps) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog label={title} onClose={onClose}>
      <Title order={2} size="h3" mb="xs">
        {title}
      </Title>
      <Text mb="lg">{text}</Text>
      {children}
      {error !== null && (
        <div className={classes.problem}>
          <ProblemAlert problem={problemIn(error)} />
        </div>
      )}
      <div className="actions">
        <Button size="lg" variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button size="lg" {...(danger ? { color: 'red.9' } : {})} loading={busy} disabled={!ready} onClick={() => void confirm()}>
          {act}
        </Button>
      </div>
    </Dialog>
  );
}

/** A link within the pages; a click with a key held goes to the browser, which opens another tab. */
export function PageLink({ to, className, children, onGo, ...rest }: PageLinkProps) {
  return (
    <a
      href={to}
      {...(className === undefined ? {} : { className })}
      {...rest}
      onClick={(event: MouseEvent) => {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
          event.preventDefault();
          onGo();
        }
      }}
    >
      {children}
    </a>
  );
}

interface PageLinkProps {
  readonly to: string;
  readonly className?: string | undefined;
  readonly 'aria-current'?: 'page' | undefined;
  readonly 'aria-label'?: string | undefined;
  readonly title?: string | undefined;
  readonly children: ReactNode;
  readonly onGo: () => void;
}

export function Card({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={`card ${classes.card}`} aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
}

export function useMoment(): (at: string) => string {
  const { locale } = useWords();
  return (at) => new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}

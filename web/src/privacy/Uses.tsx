import { Button, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { IconFace, IconShield } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import classes from '../console/console.module.css';
import { Badge, DataTable, Empty, Head } from '../console/parts.tsx';
import { lookUp } from '../words/advice.ts';
import { useWords } from '../words/words.tsx';
import { uses, USES_PAGE, type Use } from './api.ts';
import own from './privacy.module.css';
import { usePrivacyWords } from './words.ts';

/** Each time that the person's face was used. */
export function Uses() {
  const words = useWords();
  const w = usePrivacyWords();
  const [found, setFound] = useState<readonly Use[] | null>(null);
  const [end, setEnd] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const load = async (after: readonly Use[]) => {
    setBusy(true);
    setError(null);
    try {
      const page = await uses(after.at(-1)?.sequence ?? null);
      setFound([...after, ...page]);
      setEnd(page.length < USES_PAGE);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  useEffect(() => void load([]), []);
  const time = (at: string) => new Date(at).toLocaleString(words.locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <Head title={w.section.uses} lead={w.uses.lead} />
      {error !== null && <ProblemAlert problem={problemIn(error)} />}
      {found !== null &&
        (found.length === 0 ? (
          <Empty icon={<IconFace size={48} />} title={w.uses.noneTitle}>
            <p>{w.uses.noneText}</p>
          </Empty>
        ) : (
          <div className={`card ${classes.tableCard}`}>
            <DataTable
              label={w.uses.table}
              rows={found}
              id={(use) => String(use.sequence)}
              columns={[
                { head: w.uses.what, names: true, cell: (use) => lookUp(w.uses.action, use.action) ?? use.action },
                { head: w.uses.when, cell: (use) => <time dateTime={use.at}>{time(use.at)}</time> },
                {
                  head: w.uses.result,
                  cell: (use) => (
                    <Badge tone={use.accepted ? 'good' : 'bad'}>{use.accepted ? w.uses.worked : w.uses.refused}</Badge>
                  ),
                },
                { head: w.uses.where, cell: (use) => <Details use={use} /> },
              ]}
            />
          </div>
        ))}
      {found !== null && found.length > 0 && !end && (
        <Button variant="default" size="md" loading={busy} onClick={() => void load(found)}>
          {w.more}
        </Button>
      )}
      <Text className={classes.hint}>
        <IconShield size={20} /> {w.uses.strange}
      </Text>
      <p className={own.foot}>{w.uses.search}</p>
    </>
  );
}

function Details({ use }: { use: Use }) {
  const w = usePrivacyWords();
  const reason = use.detail['reason'];
  const parts = [
    reason === undefined ? null : (lookUp(w.uses.reason, reason) ?? reason),
    use.address == null ? null : w.uses.from(use.address),
  ].filter((part) => part !== null);
  return <>{parts.length === 0 ? '–' : parts.join(', ')}</>;
}

import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { saveFile } from '../app/saveFile.ts';
import classes from '../console/console.module.css';
import { Card, Head } from '../console/parts.tsx';
import { useLanguage } from '../words/words.tsx';
import { copyOfAll } from './api.ts';
import own from './privacy.module.css';
import type { SectionProps } from './PrivacyPage.tsx';
import { usePrivacyWords } from './words.ts';

export function Copy({ me }: SectionProps) {
  const { language } = useLanguage();
  const w = usePrivacyWords();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      saveFile(await copyOfAll(), `vultus-${me.username}.json`);
      setSaved(true);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <>
      <Head title={w.section.copy} lead={w.copy.lead} />
      {error !== null && <ProblemAlert problem={problemIn(error)} />}
      <div className={classes.cards}>
        <Card title={w.copy.readable}>
          <Text>{w.copy.readableText}</Text>
          <div>
            <Button component="a" size="md" href={`/api/me/data?lang=${language}`} target="_blank" rel="noopener">
              {w.copy.openReadable}
            </Button>
          </div>
        </Card>
        <Card title={w.copy.file}>
          <Text>{w.copy.fileText}</Text>
          <Button size="md" variant="default" loading={busy} onClick={() => void save()}>
            {w.copy.download}
          </Button>
          <Text role="status" className={saved ? undefined : 'visually-hidden'}>
            {saved ? w.copy.downloaded : ''}
          </Text>
        </Card>
      </div>
      <p className={own.foot}>{w.copy.withheld}</p>
      <p className={own.foot}>{w.copy.recorded}</p>
    </>
  );
}

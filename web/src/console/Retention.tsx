import { Text } from '@mantine/core';
import { useCallback } from 'react';
import { useOfficer } from '../enrol/officer.tsx';
import { useLoaded } from '../enrol/useLoaded.ts';
import { useWords } from '../words/words.tsx';
import { retention } from './api.ts';
import { Card, Facts, Show } from './parts.tsx';
import { useConsoleWords } from './words.ts';

/** How long the server keeps what, for every department. It is set where the server is run, not here. */
export function Retention() {
  const { locale } = useWords();
  const w = useConsoleWords().retention;
  const { call } = useOfficer();
  const periods = useLoaded(useCallback(() => retention(call), [call]));
  const days = (number: number) => w.days(number.toLocaleString(locale));
  return (
    <Card title={w.title}>
      <Show loaded={periods}>
        {(known) => (
          <Facts
            facts={[
              [w.template, w.afterDeactivation(days(known.template_after_deactivation_days))],
              [w.signIns, days(known.sign_ins_days)],
              [w.time, days(known.time_records_days)],
              [w.pictures, w.byDepartment],
              [w.audit, w.always],
            ]}
          />
        )}
      </Show>
      <Text c="dimmed">{w.where}</Text>
    </Card>
  );
}

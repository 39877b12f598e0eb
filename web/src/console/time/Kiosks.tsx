import { Button, Checkbox, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { IconClock, IconPlus } from '../../app/icons.tsx';
import { useOfficer } from '../../enrol/officer.tsx';
import { useLoaded } from '../../enrol/useLoaded.ts';
import { useWords } from '../../words/words.tsx';
import classes from '../console.module.css';
import { Once } from '../Once.tsx';
import { Badge, Confirm, DataTable, Empty, Head, Show } from '../parts.tsx';
import { kiosks, type Kiosk } from './api.ts';
import { nameOf, type Places } from './fields.tsx';
import own from './time.module.css';
import { useTimeWords } from './words.ts';

export function Kiosks({ departments }: Places) {
  const { locale } = useWords();
  const w = useTimeWords();
  const { call } = useOfficer();
  const all = useLoaded(useCallback(() => kiosks(call), [call]));
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Kiosk | null>(null);
  const [disabling, setDisabling] = useState<Kiosk | null>(null);
  const [site, setSite] = useState('');
  const date = (at: string) => new Date(at).toLocaleDateString(locale, { dateStyle: 'medium' });
  return (
    <>
      <Head title={w.view.kiosks} lead={w.kiosks.lead}>
        <Button size="md" leftSection={<IconPlus />} onClick={() => setAdding(true)}>
          {w.kiosks.add}
        </Button>
      </Head>
      <Show loaded={all}>
        {(known) => {
          const sites = [...new Set(known.map((one) => one.site))].sort();
          return known.length === 0 ? (
            <Empty icon={<IconClock size={48} />} title={w.kiosks.noneTitle}>
              <p>{w.kiosks.noneText}</p>
            </Empty>
          ) : (
            <>
              {sites.length > 1 && (
                <div className={own.filters}>
                  <NativeSelect
                    size="md"
                    label={w.kiosks.site}
                    value={site}
                    onChange={(event) => setSite(event.currentTarget.value)}
                    data={[{ value: '', label: w.kiosks.anySite }, ...sites.map((one) => ({ value: one, label: one }))]}
                  />
                </div>
              )}
              <div className={`card ${classes.tableCard}`}>
                <DataTable
                  label={w.kiosks.table}
                  rows={known.filter((one) => site === '' || one.site === site)}
                  id={(one) => one.id}
                  columns={[
                    { head: w.name, names: true, cell: (one) => one.name },
                    { head: w.kiosks.site, cell: (one) => one.site },
                    {
                      head: w.kiosks.zone,
                      cell: (one) => (
                        <>
                          {one.zone}
                          {one.removed_at == null && one.counts_in != null && (
                            <span className={classes.second}>{w.kiosks.countsIn(one.counts_in)}</span>
                          )}
                        </>
                      ),
                    },
                    { head: w.kiosks.departments, cell: (one) => one.departments.map((code) => nameOf(departments, code)).join(', ') },
                    {
                      head: w.kiosks.state,
                      cell: (one) => (
                        <>
                          <Badge tone={one.removed_at == null ? 'good' : 'off'}>
                            {one.removed_at == null ? w.kiosks.works : w.kiosks.disabled}
                          </Badge>
                          <span className={classes.second}>{w.kiosks.since(date(one.removed_at ?? one.registered_at))}</span>
                        </>
                      ),
                    },
                    {
                      head: w.kiosks.disable,
                      cell: (one) =>
                        one.removed_at == null ? (
                          <Button size="compact-sm" variant="default" aria-label={w.kiosks.disableNamed(one.name)} onClick={() => setDisabling(one)}>
                            {w.kiosks.disable}
                          </Button>
                        ) : (
                          '–'
                        ),
                    },
                  ]}
                />
              </div>
            </>
          );
        }}
      </Show>
      {adding && (
        <NewKiosk
          departments={departments}
          onClose={() => setAdding(false)}
          onDone={(kiosk) => {
            setAdding(false);
            setMade(kiosk);
            all.reload();
          }}
        />
      )}
      {made !== null && (
        <Once
          title={w.kiosks.registered(made.name)}
          text={w.kiosks.credentialText}
          secret={made.credential ?? null}
          onClose={() => setMade(null)}
        />
      )}
      {disabling !== null && (
        <Confirm
          title={w.kiosks.disableTitle(disabling.name)}
          text={w.kiosks.disableText}
          act={w.kiosks.disable}
          danger
          onClose={() => setDisabling(null)}
          onConfirm={async () => {
            await call('DELETE', `/api/kiosks/${disabling.id}`);
            setDisabling(null);
            all.reload();
          }}
        />
      )}
    </>
  );
}

interface NewKioskProps extends Places {
  readonly onClose: () => void;
  readonly onDone: (kiosk: Kiosk) => void;
}

function NewKiosk({ departments, onClose, onDone }: NewKioskProps) {
  const w = useTimeWords();
  const { call } = useOfficer();
  const [name, setName] = useState('');
  const [site, setSite] = useState('main');
  const [zone, setZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [codes, setCodes] = useState<readonly string[]>([]);
  return (
    <Confirm
      title={w.kiosks.add}
      text={w.kiosks.lead}
      act={w.kiosks.register}
      ready={name.trim() !== '' && site.trim() !== '' && zone.trim() !== '' && codes.length > 0}
      onClose={onClose}
      onConfirm={async () => {
        const json = { name: name.trim(), site: site.trim(), zone: zone.trim(), departments: codes };
        onDone(await call<Kiosk>('POST', '/api/kiosks', { json }));
      }}
    >
      <Stack gap="md" mb="lg">
        <TextInput size="md" required maxLength={100} label={w.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput
          size="md"
          required
          maxLength={100}
          label={w.kiosks.site}
          description={w.kiosks.siteHint}
          value={site}
          onChange={(event) => setSite(event.currentTarget.value)}
        />
        <TextInput size="md" required label={w.kiosks.zone} value={zone} onChange={(event) => setZone(event.currentTarget.value)} />
        <Checkbox.Group
          size="md"
          label={w.kiosks.departments}
          description={w.kiosks.departmentsHint}
          value={[...codes]}
          onChange={setCodes}
        >
          <Stack gap="xs" mt="xs">
            {departments.map((one) => (
              <Checkbox key={one.code} size="md" value={one.code} label={one.name} />
            ))}
          </Stack>
        </Checkbox.Group>
        {codes.length === 0 && (
          <Text c="dimmed" size="sm">
            {w.kiosks.chooseDepartment}
          </Text>
        )}
      </Stack>
    </Confirm>
  );
}

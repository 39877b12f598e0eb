import { Button, NativeSelect, NumberInput, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { IconCheck, IconCross } from '../app/icons.tsx';
import { ProblemAlert, problemIn } from '../app/ProblemAlert.tsx';
import { codeFor } from '../enrol/Departments.tsx';
import { useOfficer } from '../enrol/officer.tsx';
import { usePresenceWords } from '../presence/words.ts';
import { useWords } from '../words/words.tsx';
import type { Policy } from './api.ts';
import classes from './console.module.css';
import { decimal, oneIn, weigh, withPresent, type OperatingPoint } from './identification.ts';
import { Badge, Card, DataTable } from './parts.tsx';
import { isAdmin } from './sections.ts';
import { useConsole } from './useConsole.ts';
import { useConsoleWords } from './words.ts';

/** The highest that the server takes, and a tenth of it on and on. */
const HIGHEST_FMR = 0.001;
const BOUNDS = [0.05, 0.01, 0.001, 0.0001];
const DEFAULT_FMR = 0.0001;
const DEFAULT_BOUND = 0.001;
const DEFAULT_PROOF_DAYS = 30;
const MOST_PROOF_DAYS = 365;

interface DepartmentFormProps {
  /** Null for a new one. */
  readonly department: Policy | null;
  readonly points: readonly OperatingPoint[];
  readonly onSaved: (name: string) => void;
}

export function DepartmentForm({ department, points, onSaved }: DepartmentFormProps) {
  const { locale } = useWords();
  const w = useConsoleWords();
  const pictures = usePresenceWords();
  const { call } = useOfficer();
  const { account } = useConsole();
  const may = isAdmin(account);
  const [name, setName] = useState(department?.name ?? '');
  const [code, setCode] = useState<string | null>(department?.code ?? null);
  const [active, setActive] = useState(department?.active ?? true);
  const [liveness, setLiveness] = useState(department?.liveness ?? 'PASSIVE');
  const [fmr, setFmr] = useState(department?.verification_fmr ?? DEFAULT_FMR);
  const [identification, setIdentification] = useState(department?.identification ?? false);
  const [bound, setBound] = useState(department?.fpir_bound ?? DEFAULT_BOUND);
  const [proof, setProof] = useState(department?.presence_proof ?? false);
  const [proofDays, setProofDays] = useState<number | string>(department?.presence_proof_days ?? DEFAULT_PROOF_DAYS);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const shownCode = code ?? codeFor(name);
  const rates = withPresent(
    points.map((point) => point.fmr).filter((rate) => rate <= HIGHEST_FMR * (1 + 1e-9)),
    fmr,
  );
  const option = (rate: number) => ({ value: String(rate), label: `${w.oneIn(oneIn(rate, locale))} (${decimal(rate, locale)})` });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const json = {
      name: name.trim(),
      active,
      liveness,
      verification_fmr: fmr,
      identification,
      fpir_bound: bound,
      presence_proof: proof,
      ...(typeof proofDays === 'number' ? { presence_proof_days: proofDays } : {}),
    };
    try {
      await (department === null
        ? call('POST', '/api/departments', { json: { ...json, code: shownCode } })
        : call('PATCH', `/api/departments/${encodeURIComponent(department.code)}`, { json }));
      onSaved(json.name);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };

  return (
    <>
      <Title order={1} size="h2">
        {department?.name ?? w.departments.add}
      </Title>
      {!may && <Text className={classes.hint}>{w.departments.readOnly}</Text>}
      <div className={classes.sides}>
        <form className={`card ${classes.card}`} onSubmit={(event) => void submit(event)}>
          <fieldset className={classes.plain} disabled={!may}>
            <Stack gap="lg">
              {error !== null && <ProblemAlert problem={problemIn(error)} />}
              <TextInput
                size="md"
                label={w.departments.name}
                required
                maxLength={200}
                autoComplete="off"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              {department === null && (
                <TextInput
                  size="md"
                  label={w.departments.code}
                  description={w.departments.codeHint}
                  required
                  maxLength={40}
                  pattern="[a-z0-9][a-z0-9\-]*"
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  value={shownCode}
                  onChange={(event) => setCode(event.currentTarget.value)}
                />
              )}
              <Switch
                size="md"
                label={w.active}
                description={w.departments.statusHint}
                checked={active}
                onChange={(event) => setActive(event.currentTarget.checked)}
              />
              <NativeSelect
                size="md"
                label={w.departments.liveness}
                description={w.departments.livenessHint}
                value={liveness}
                onChange={(event) => setLiveness(event.currentTarget.value)}
                data={Object.entries(w.departments.livenessKind).map(([value, label]) => ({ value, label }))}
              />
              <NativeSelect
                size="md"
                label={w.departments.verificationFmr}
                description={w.departments.verificationHint}
                value={String(fmr)}
                onChange={(event) => setFmr(Number(event.currentTarget.value))}
                data={rates.map(option)}
              />
              <Switch
                size="md"
                label={w.departments.identification}
                description={w.departments.identificationHint}
                checked={identification}
                onChange={(event) => setIdentification(event.currentTarget.checked)}
              />
              <NativeSelect
                size="md"
                label={w.departments.bound}
                description={w.departments.boundHint}
                value={String(bound)}
                onChange={(event) => setBound(Number(event.currentTarget.value))}
                data={withPresent(BOUNDS, bound).map(option)}
              />
              <Switch
                size="md"
                label={pictures.policy}
                description={pictures.policyHint}
                checked={proof}
                onChange={(event) => setProof(event.currentTarget.checked)}
              />
              {proof && (
                <NumberInput
                  size="md"
                  label={pictures.policyDays}
                  description={pictures.policyDaysHint}
                  required
                  min={1}
                  max={MOST_PROOF_DAYS}
                  allowDecimal={false}
                  allowNegative={false}
                  clampBehavior="strict"
                  value={proofDays}
                  onChange={setProofDays}
                />
              )}
              {may && (
                <Button type="submit" size="lg" loading={busy}>
                  {w.save}
                </Button>
              )}
            </Stack>
          </fieldset>
        </form>
        <Arithmetic points={points} references={department?.references ?? 0} bound={bound} />
      </div>
    </>
  );
}

interface ArithmeticProps {
  readonly points: readonly OperatingPoint[];
  readonly references: number;
  readonly bound: number;
}

/** What a search by face alone costs, for the department as it is or for a larger one. */
function Arithmetic({ points, references, bound }: ArithmeticProps) {
  const { locale } = useWords();
  const w = useConsoleWords();
  // As it is typed, which may be nothing for a moment.
  const [typed, setTyped] = useState<number | string>(Math.max(1, references));
  const n = typeof typed === 'number' && typed >= 1 ? typed : 1;
  const rows = weigh(points, n, bound);
  const used = rows.find((row) => row.used);
  const count = n.toLocaleString(locale);
  return (
    <Card title={w.departments.arithmetic}>
      <Text>{w.departments.arithmeticLead}</Text>
      <p className={classes.formula}>
        FPIR = 1 − (1 − FMR)<sup>N</sup>
      </p>
      <NumberInput
        size="md"
        label={w.departments.howMany}
        description={w.departments.howManyHint(references)}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        hideControls
        value={typed}
        onChange={setTyped}
      />
      <p role="status" className={classes.sentence}>
        {used === undefined ? (
          w.departments.sentenceNone(count, decimal(bound, locale))
        ) : (
          <>
            1 − (1 − {decimal(used.fmr, locale)})<sup>{count}</sup>
            {w.departments.sentence(decimal(used.fpir, locale), decimal(bound, locale))}
          </>
        )}
      </p>
      <DataTable
        label={w.departments.points}
        rows={rows}
        id={(row) => String(row.fmr)}
        compact
        columns={[
          {
            head: w.departments.fmr,
            names: true,
            cell: (row) => (
              <>
                {decimal(row.fmr, locale)}
                {!row.demonstrated && <span className={classes.second}>{w.departments.extrapolated}</span>}
              </>
            ),
          },
          { head: w.departments.fpir, cell: (row) => decimal(row.fpir, locale) },
          {
            head: w.departments.keeps,
            cell: (row) => (
              <span className={classes.keeps} data-keeps={row.keeps}>
                {row.keeps ? <IconCheck size={18} /> : <IconCross size={18} />}
                {row.keeps ? w.yes : w.no}
                {row.used && <Badge tone="good">{w.departments.used}</Badge>}
              </span>
            ),
          },
          { head: w.departments.most, numeric: true, cell: (row) => row.most.toLocaleString(locale) },
        ]}
      />
    </Card>
  );
}

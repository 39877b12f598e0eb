// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useQuery } from '../enrol/useQuery.ts';
import { serve, show, showToOfficer, type Asked } from '../testing/page.tsx';
import { Departments } from './Departments.tsx';
import { People } from './People.tsx';
import Det from './security/Det.tsx';
import type { Section } from './sections.ts';
import { System } from './System.tsx';
import { Kiosks } from './time/Kiosks.tsx';
import { PersonSheet } from './time/PersonSheet.tsx';
import { RosterMonth } from './time/RosterMonth.tsx';
import { ConsoleContext } from './useConsole.ts';

const ADMIN = { id: 'admin-id', username: 'admin', display_name: 'Administrator', department: 'administration', roles: ['ADMIN'] };
const ICU = {
  id: 'icu-id', code: 'icu', name: 'Intensive care', active: true, identification: true, liveness: 'PASSIVE', verification_fmr: 1e-4,
  fpir_bound: 1e-3, presence_proof: false, presence_proof_days: 30, references: 12, identification_fmr: 1e-6,
};
const ANA = {
  id: 'ana-id', username: 'ana', display_name: 'Ana Souza', department: { code: 'icu', name: 'Intensive care' }, roles: ['STAFF'],
  active: true, legal_basis: null, enrolled_at: '2026-11-01T10:00:00Z',
};
const RETENTION = { sign_ins_days: 183, template_after_deactivation_days: 90, time_records_days: 1827 };
const POINTS = [1e-3, 1e-4, 1e-5].map((fmr) => ({ fmr, demonstrated: fmr > 1e-5 }));
const PACK = {
  name: 'pack', licence: 'MIT', extractor: 'x', operating_points: POINTS,
  measured: {
    source: 'LFW', people: 5749, mated: 24_000, non_mated: 300_000,
    rates: POINTS.map(({ fmr, demonstrated }, index) => ({ fmr, demonstrated, fnmr: 0.01 * (index + 1) })),
    curve: [1e-2, 1e-3, 1e-4].map((fmr, index) => ({ fmr, fnmr: 0.005 * (index + 1) })),
  },
};

/** The console around a part of it, with the page's address. */
function Console({ children }: { children: ReactNode }) {
  const [query, goTo] = useQuery();
  const go = (section: Section, chosen: Readonly<Record<string, string>> = {}, replace = false) => goTo({ section, ...chosen }, replace);
  return <ConsoleContext value={{ account: ADMIN, query, go }}>{children}</ConsoleContext>;
}
const open = (part: ReactNode) => showToOfficer(<Console>{part}</Console>);
const asked = (all: readonly Asked[], method: string, path: string) => all.filter((one) => one.method === method && one.path.startsWith(path));

beforeEach(() => window.history.replaceState(null, '', '/console'));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the list of people', () => {
  it('asks for what is typed and chosen, and shows it in the address', async () => {
    const all = serve(({ path }) =>
      path === '/api/departments' ? [ICU] : path.includes('query=zzz') ? { items: [], total: 0 } : { items: [ANA], total: 1 },
    );
    await open(<People />);
    await screen.findByRole('link', { name: 'Ana Souza' });
    const last = () => new URLSearchParams(asked(all, 'GET', '/api/subjects').at(-1)?.path.split('?')[1]);

    for (const value of ['s', 'so', 'sou']) {
      fireEvent.change(screen.getByRole('searchbox'), { target: { value } });
    }
    await waitFor(() => expect(last().get('query')).toBe('sou'));
    // Not a request for every letter.
    expect(asked(all, 'GET', '/api/subjects')).toHaveLength(2);
    for (const [label, value, name] of [
      ['Department', 'icu', 'department'], ['Status', 'true', 'active'], ['Enrolment', 'false', 'enrolled'], ['Role', 'AUDITOR', 'role'],
    ] as const) {
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
      await waitFor(() => expect(last().get(name)).toBe(value));
      expect(new URLSearchParams(window.location.search).get(name)).toBe(value);
    }
    expect(last().get('query')).toBe('sou');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zzz' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Clear filters' }));
    await screen.findByRole('link', { name: 'Ana Souza' });
    expect([...last().keys()].sort()).toEqual(['limit', 'offset']);
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('');
  });
});

describe('a department', () => {
  it('is saved with its liveness check, its rates and its pictures', async () => {
    const all = serve(({ method, path }) =>
      method === 'PATCH' ? {} : path === '/api/departments' ? [ICU] : path === '/api/model-pack' ? PACK : { retention: RETENTION },
    );
    window.history.replaceState(null, '', '/console?section=departments&department=icu');
    await open(<Departments />);
    fireEvent.change(await screen.findByLabelText('Liveness check'), { target: { value: 'STRICT' } });
    fireEvent.change(screen.getByLabelText('False matches with a user name'), { target: { value: '0.00001' } });
    fireEvent.change(screen.getByLabelText('Highest rate of wrong names'), { target: { value: '0.01' } });
    expect(screen.queryByLabelText(/^Days/)).toBeNull();
    const pictures = screen.getAllByRole('switch').at(-1)!;
    fireEvent.click(pictures);
    const days = screen.getAllByRole('textbox').find((one) => (one as HTMLInputElement).value === '30')!;
    fireEvent.change(days, { target: { value: '14' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Intensive care was saved.');
    expect(asked(all, 'PATCH', '/api/departments/icu').map((one) => one.json)).toEqual([
      {
        name: 'Intensive care', active: true, liveness: 'STRICT', verification_fmr: 1e-5, identification: true, fpir_bound: 0.01,
        presence_proof: true, presence_proof_days: 14,
      },
    ]);
  });

  it('keeps things as long as the server says', async () => {
    serve(({ path }) => (path === '/api/me' ? { retention: RETENTION } : path === '/api/departments' ? [ICU] : PACK));
    await open(<Departments />);
    const card = within(await screen.findByRole('region', { name: 'How long what is kept' }));
    await card.findByText('183 days');
    card.getByText('Until withdrawal or erasure; 90 days after the person is deactivated');
    card.getByText('1,827 days');
  });
});

describe('a kiosk', () => {
  it('is disabled after a question', async () => {
    const kiosk = { id: 'k', name: 'Entrance', site: 'main', zone: 'UTC', departments: ['icu'], registered_at: '2026-11-01T10:00:00Z' };
    let removed: string | null = null;
    const all = serve(({ method }) => {
      if (method === 'DELETE') {
        removed = '2026-11-02T10:00:00Z';
        return new Response(null, { status: 204 });
      }
      return [{ ...kiosk, removed_at: removed }];
    });
    await open(<Kiosks departments={[ICU]} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Disable Entrance' }));
    expect(asked(all, 'DELETE', '/')).toHaveLength(0);
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Disable' }));
    await screen.findByText('Disabled');
    expect(asked(all, 'DELETE', '/').map((one) => one.path)).toEqual(['/api/kiosks/k']);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Disable Entrance' })).toBeNull();
  });
});

describe('the plot of both errors', () => {
  it('is drawn, and marks the rate that is chosen', async () => {
    serve(() => PACK);
    await open(<Det />);
    const plot = await screen.findByRole('img', { name: /^DET plot/ });
    expect(plot.querySelectorAll('circle')).toHaveLength(3);
    expect(plot.querySelector('[data-part=line]')?.getAttribute('d')).toMatch(/^M[\d.]+ [\d.]+L[\d.]+ [\d.]+L/);
    const chosen = () => plot.querySelector('[data-chosen=true]')?.getAttribute('cx');
    const before = chosen();
    fireEvent.change(screen.getByLabelText('Target FMR'), { target: { value: '0.00001' } });
    await waitFor(() => expect(chosen()).not.toBe(before));
    expect(screen.getByRole('status').textContent).toContain('100,000');
  });
});

describe('the charts of the system', () => {
  it('move while they are live, and stand when they are not', async () => {
    vi.useFakeTimers();
    let sessions = 0;
    serve(({ path }) =>
      path === '/api/model-pack'
        ? PACK
        : {
            status: 'UP', active_connections: ++sessions, models_loaded: true, model_pack: 'p', references: 1, database: true,
            queue: { threads: 2, busy: 0, waiting: 0 },
          },
    );
    await open(<System />);
    await act(() => vi.advanceTimersByTimeAsync(100));
    const line = () => document.querySelector('svg [data-part=line]')?.getAttribute('d') ?? '';
    const points = () => line().split('L').length;
    expect(points()).toBe(1);
    await act(() => vi.advanceTimersByTimeAsync(15_000));
    expect(points()).toBe(4);
    fireEvent.click(screen.getByRole('switch'));
    await act(() => vi.advanceTimersByTimeAsync(100));
    const stands = line();
    await act(() => vi.advanceTimersByTimeAsync(20_000));
    expect(line()).toBe(stands);
  });
});

const hours = { scheduled: 0, present: 0, uncounted: 0, worked: 0, regular: 0, overtime: {}, unapproved: 0, night: 0, missing: 0 };
const day = (number: number, more: object = {}) => ({
  day: `2026-10-${String(number).padStart(2, '0')}`, kind: 'REST', shifts: [], punches: [], remarks: [], hours, ...more,
});

describe('a month as it is planned', () => {
  it('begins under its day of the week and tells shifts from rest', () => {
    const shifts = [{ name: 'Night', start: '2026-10-02T19:00:00', end: '2026-10-03T07:00:00' }];
    // The first of October 2026 is a Thursday.
    show(
      <StrictMode>
        <RosterMonth days={Array.from({ length: 31 }, (_, index) => day(index + 1, index === 1 ? { kind: 'WORK', shifts } : {}))} />
      </StrictMode>,
    );
    const cells = [...document.querySelectorAll('ol > li')];
    expect(cells.findIndex((cell) => cell.querySelector('time') !== null)).toBe(3);
    expect(cells).toHaveLength(3 + 31);
    expect(cells[4]?.textContent).toContain('Night19:00–07:00');
    expect(cells[5]?.textContent).not.toContain('Night');
    expect(document.querySelectorAll('[data-night=true]')).toHaveLength(1);
  });
});

describe('a picture of a punch', () => {
  it('is fetched when somebody asks to see it, and let go with the dialog', async () => {
    const made: Blob[] = [];
    const revoked: string[] = [];
    URL.createObjectURL = (blob) => `blob:${made.push(blob as Blob)}`;
    URL.revokeObjectURL = (address) => void revoked.push(address);
    const punch = {
      event_id: 'e', at: '2026-10-02T18:58:00', direction: 'IN', status: 'ON_TIME', method: 'FACE', received_at: '2026-10-02T21:58:00Z', picture: true,
    };
    const all = serve(({ path }) =>
      path.includes('/timesheets')
        ? { items: [{ person: { ...ANA, department: 'icu' }, from: '2026-10-01', to: '2026-10-31', as_of: '', days: [day(2, { punches: [punch] })], total: hours }] }
        : path.endsWith('/picture')
          ? new Response('jpeg')
          : [],
    );
    await open(<PersonSheet person="ana-id" day="2026-10-02" />);
    const see = await screen.findByRole('button', { name: 'See the capture: In 18:58' });
    expect(asked(all, 'GET', '/api/attendance/punches')).toHaveLength(0);
    fireEvent.click(see);
    const picture = await within(screen.getByRole('dialog')).findByRole('img', { name: /Ana Souza/ });
    expect(picture.getAttribute('src')).toBe('blob:1');
    expect(picture.getAttribute('alt')).toContain('Ana Souza');
    expect(asked(all, 'GET', '/api/attendance/punches/e/picture')).toHaveLength(1);
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button'));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(revoked).toEqual(['blob:1']);
  });
});

// Attendance in the mock of the server: made-up people at made-up hours, the same at every start. See server.mjs.
import { randomUUID } from 'node:crypto';

const DAY_MS = 86_400_000;
const day = (text, plus = 0) => new Date(Date.parse(`${text}T00:00:00Z`) + plus * DAY_MS).toISOString().slice(0, 10);
const today = new Date().toISOString().slice(0, 10);
const ZONE = '-03:00';
const HOUR = 3600;
const NONE = { scheduled: 0, present: 0, uncounted: 0, worked: 0, regular: 0, overtime: {}, unapproved: 0, night: 0, missing: 0 };

const usual = { early_window: 120, late_window: 240, late_grace: 15, early_leave_grace: 0, unpaid_breaks: [], rounding: 0, on_call: false };
const shifts = [
  { ...usual, id: '00000000-0000-4000-8000-000000000000', name: 'Default', start: '09:00:00', end: '17:00:00' },
  { ...usual, id: '00000000-0000-4000-8000-00000000000a', name: 'Day 07–19', start: '07:00:00', end: '19:00:00', unpaid_breaks: [{ start: '12:00:00', end: '13:00:00' }] },
  { ...usual, id: '00000000-0000-4000-8000-00000000000b', name: 'Night 19–07', start: '19:00:00', end: '07:00:00', late_grace: 10 },
  { ...usual, id: '00000000-0000-4000-8000-00000000000c', name: 'Morning', start: '06:00:00', end: '12:00:00', late_grace: 5 },
];
const week = (id) => [[id], [id], [id], [id], [id], [], []];
const rosters = [
  { id: '00000000-0000-4000-8000-0000000000aa', name: 'Weekdays', zone: 'America/Sao_Paulo', anchor: '2026-01-05', days: week(shifts[0].id), observes_holidays: true },
  { id: '00000000-0000-4000-8000-0000000000ab', name: '12×36 day', zone: 'America/Sao_Paulo', anchor: '2026-01-01', days: [[shifts[1].id], []], observes_holidays: false },
  { id: '00000000-0000-4000-8000-0000000000ac', name: '12×36 night', zone: 'America/Sao_Paulo', anchor: '2026-01-02', days: [[shifts[2].id], []], observes_holidays: false },
];
const holidays = [
  { id: randomUUID(), day: '2026-11-02', name: 'Finados', department: null },
  { id: randomUUID(), day: '2026-11-20', name: 'Consciência Negra', department: null },
  { id: randomUUID(), day: '2026-12-25', name: 'Natal', department: null },
];
const rules = [
  { number: 0, from: '1970-01-01', department: null, count_early: false, daily_threshold: 480, weekly_threshold: 2640, overtime_percent: 50, higher_after: 120, higher_percent: 100, rest_day_percent: 100, night_start: '22:00:00', night_end: '05:00:00', night_percent: 20, approval: false },
  { number: 1, from: '2026-07-01', department: 'emergency', count_early: false, daily_threshold: 720, weekly_threshold: null, overtime_percent: 60, higher_after: 120, higher_percent: 100, rest_day_percent: 100, night_start: '22:00:00', night_end: '05:00:00', night_percent: 25, approval: true },
];
const kiosks = [
  { id: randomUUID(), name: 'Main entrance', site: 'main', zone: 'America/Sao_Paulo', departments: ['emergency', 'icu', 'pharmacy'], registered_at: '2026-10-01T12:00:00Z', removed_at: null },
  { id: randomUUID(), name: 'Emergency door', site: 'main', zone: 'America/Sao_Paulo', departments: ['emergency'], registered_at: '2026-10-03T12:00:00Z', removed_at: null },
  { id: randomUUID(), name: 'Old tablet', site: 'annex', zone: 'America/Sao_Paulo', departments: ['pharmacy'], registered_at: '2026-08-11T12:00:00Z', removed_at: '2026-10-02T09:00:00Z' },
];
const leaves = new Map();
const assignments = new Map();
const closings = new Map();

/** A number from 0 to 1 that is the same for the same text. */
function chance(text) {
  let hash = 2166136261;
  for (const letter of text) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  }
  return ((hash >>> 0) % 1000) / 1000;
}

const at = (date, minutes) => {
  const moved = day(date, Math.floor(minutes / 1440));
  const rest = ((minutes % 1440) + 1440) % 1440;
  const two = (number) => String(Math.floor(number)).padStart(2, '0');
  return `${moved}T${two(rest / 60)}:${two(rest % 60)}:00${ZONE}`;
};

let nsr = 4100;
const punch = (date, minutes, direction, status, method = 'FACE', reason = null) => ({
  picture: method === 'FACE' && minutes % 3 === 0,
  event_id: randomUUID(), nsr: method === 'MANUAL' ? null : ++nsr, at: at(date, minutes), direction, status, method,
  received_at: new Date(Date.parse(at(date, minutes))).toISOString(), reason,
});

/** Who works every second day, from tomorrow on. */
const TURNS = {
  'b.okafor': { name: 'Day', start: 420, offset: 0 },
  'carlos.lima': { name: 'Night', start: 1140, offset: 0 },
  'd.novak': { name: 'Night', start: 1140, offset: 1 },
};

const made = new Map();
function oneDay(person, date) {
  const key = `${person.username} ${date}`;
  if (!made.has(key)) {
    made.set(key, makeDay(person, date));
  }
  return made.get(key);
}

function makeDay(person, date) {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const holiday = holidays.some((one) => one.day === date);
  const away = (leaves.get(person.id) ?? []).some((one) => one.from <= date && date <= one.to && one.cancelled_at === null);
  const turn = date > today ? TURNS[person.username] : undefined;
  const turned = turn !== undefined && (Date.parse(date) / DAY_MS + turn.offset) % 2 === 0;
  const kind = away ? 'LEAVE' : turn !== undefined ? (turned ? 'WORK' : 'REST') : holiday ? 'HOLIDAY' : weekday > 4 ? 'REST' : 'WORK';
  const shown = kind !== 'WORK' ? [] : turn === undefined ? [{ name: 'Default', start: at(date, 540), end: at(date, 1020) }]
    : [{ name: turn.name, start: at(date, turn.start), end: at(date, turn.start + 720) }];
  const base = { day: date, kind, shifts: shown, punches: [], remarks: [], hours: { ...NONE, scheduled: kind === 'WORK' ? 8 * HOUR : 0 }, rules: 0 };
  if (kind !== 'WORK' || date > today) {
    return base;
  }
  const luck = chance(person.username + date);
  if (luck < 0.05) {
    return { ...base, remarks: ['ABSENT'], hours: { ...base.hours, missing: 8 * HOUR } };
  }
  const come = 540 + Math.round((chance(`${date}${person.username}`) - 0.75) * 40) + (luck > 0.88 ? 22 : 0);
  const late = come > 555;
  const arrival = punch(date, come, 'IN', late ? 'LATE' : come < 540 ? 'EARLY' : 'ON_TIME', luck > 0.8 && luck < 0.86 ? 'PIN' : 'FACE');
  if (luck > 0.9 && luck < 0.94) {
    return { ...base, punches: [arrival], remarks: late ? ['LATE', 'MISSING_OUT'] : ['MISSING_OUT'] };
  }
  const leave = 1020 + Math.round(chance(`out${person.username}${date}`) * 50) - 4;
  const end = punch(date, leave, 'OUT', leave > 1020 ? 'OVERTIME' : leave < 1020 ? 'LEFT_EARLY' : 'ON_TIME');
  const over = Math.max(0, leave - 1020) * 60;
  const remarks = [late && 'LATE', leave < 1020 && 'LEFT_EARLY', over > 40 * 60 && 'OVERTIME_NOT_APPROVED'].filter(Boolean);
  const worked = (leave - Math.max(540, come)) * 60;
  return {
    ...base, punches: [arrival, end], remarks,
    hours: { ...base.hours, present: (leave - come) * 60, worked, regular: worked - over, uncounted: Math.max(0, 540 - come) * 60,
      overtime: over > 0 && over <= 2400 ? { 50: over } : {}, unapproved: over > 2400 ? over : 0, missing: late ? (come - 540) * 60 : 0 },
  };
}

const add = (one, other) => {
  const sum = { ...one, overtime: { ...one.overtime } };
  for (const name of Object.keys(NONE).filter((key) => key !== 'overtime')) {
    sum[name] += other[name];
  }
  for (const [percent, seconds] of Object.entries(other.overtime)) {
    sum.overtime[percent] = (sum.overtime[percent] ?? 0) + seconds;
  }
  return sum;
};

export function sheet(person, from, to) {
  const days = [];
  for (let date = from; date <= to; date = day(date, 1)) {
    days.push(oneDay(person, date));
  }
  return {
    person: { id: person.id, username: person.username, display_name: person.display_name, department: person.department.code },
    from, to, as_of: new Date().toISOString(), days, total: days.map((one) => one.hours).reduce(add, NONE),
  };
}

export const leavesOf = (id) => leaves.get(id) ?? [];

/** Answers what it knows of; gives false for anything else. */
export function answer({ route, url, parts, json, send, problem }, subjects) {
  const wish = url.searchParams;
  const people = subjects.filter((one) => one.active && (!wish.get('department') || one.department.code === wish.get('department')));
  const range = [wish.get('from'), wish.get('to')];
  if (leaves.size === 0) {
    const emi = subjects[3];
    leaves.set(emi.id, [{ id: randomUUID(), person: emi.id, from: day(today, -3), to: day(today, 4), kind: 'Férias', cancelled_at: null }]);
    assignments.set(subjects[0].id, [{ id: randomUUID(), person: subjects[0].id, roster: rosters[0].id, from: '2026-01-05' }]);
  }
  const isPerson = (id) => subjects.find((one) => one.id === id);
  if (route === 'GET /api/attendance/places') {
    send(200, { items: ['main', 'north'] });
  } else if (parts[3] === 'people' && parts[5] === 'without-camera') {
    send(200, { pin: true, badge_given_at: '2026-11-03T08:12:00Z' });
  } else if (parts[3] === 'people' && (parts[5] === 'badge' || parts[5] === 'pin')) {
    send(204);
  } else if (route === 'GET /api/attendance/board') {
    const items = people.map((one) => {
      const luck = chance(one.username);
      const last = luck < 0.25 ? null : punch(today, 520 + Math.round(luck * 50), luck > 0.85 ? 'OUT' : 'IN', luck > 0.7 ? 'LATE' : 'ON_TIME', luck > 0.6 && luck < 0.7 ? 'PIN' : 'FACE');
      return {
        person: { id: one.id, username: one.username, display_name: one.display_name, department: one.department.code },
        present: last !== null && last.direction === 'IN', last,
        remarks: last === null ? [] : [...(last.status === 'LATE' ? ['LATE'] : []), ...(last.direction === 'IN' ? ['PRESENT'] : [])],
      };
    });
    send(200, { at: new Date().toISOString(), present: items.filter((one) => one.present).length, items });
  } else if (route === 'GET /api/attendance/timesheets') {
    const chosen = wish.get('person') ? [isPerson(wish.get('person'))] : people;
    send(200, { items: chosen.map((one) => sheet(one, ...range)) });
  } else if (route === 'GET /api/attendance/exceptions') {
    send(200, { items: people.flatMap((one) => sheet(one, ...range).days.map((each) => ({
      person: { id: one.id, username: one.username, display_name: one.display_name, department: one.department.code },
      day: each.day, remarks: each.remarks.filter((remark) => remark !== 'PRESENT'),
    }))).filter((one) => one.remarks.length > 0) });
  } else if (route === 'POST /api/attendance/corrections') {
    const { person, at: when, direction, reason } = json();
    const one = oneDay(isPerson(person), when.slice(0, 10));
    one.punches.push({ ...punch(when.slice(0, 10), 0, direction, 'ON_TIME', 'MANUAL', reason), at: `${when.slice(0, 16)}:00${ZONE}` });
    one.remarks = [...one.remarks.filter((remark) => !remark.startsWith('MISSING')), 'CORRECTED'];
    send(201, { event_id: randomUUID() });
  } else if (parts[3] === 'punches' && parts[5] === 'void') {
    for (const one of made.values()) {
      one.punches = one.punches.filter((each) => each.event_id !== parts[4]);
    }
    send(204);
  } else if (route === 'POST /api/attendance/overtime-approvals') {
    const { person, day: date, minutes } = json();
    const one = oneDay(isPerson(person), date);
    one.hours.overtime = { 50: minutes * 60 };
    one.hours.unapproved = 0;
    one.remarks = one.remarks.filter((remark) => remark !== 'OVERTIME_NOT_APPROVED');
    send(204);
  } else if (route === 'GET /api/attendance/closings') {
    send(200, closings.get(wish.get('person')) ?? []);
  } else if (route === 'POST /api/attendance/closings') {
    const { person, from, to } = json();
    const one = { id: randomUUID(), person, from, to, approved_by: randomUUID(), approved_at: new Date().toISOString(), timesheet: sheet(isPerson(person), from, to), differences: [] };
    closings.set(person, [...(closings.get(person) ?? []), one]);
    send(201, one);
  } else if (route === 'GET /api/attendance/shifts' || route === 'GET /api/attendance/rosters' || route === 'GET /api/attendance/rules') {
    send(200, { shifts, rosters, rules }[parts[3]]);
  } else if (route === 'GET /api/attendance/holidays') {
    send(200, holidays.filter((one) => range[0] <= one.day && one.day <= range[1]));
  } else if (route === 'GET /api/kiosks') {
    send(200, kiosks);
  } else if (route === 'POST /api/kiosks') {
    const one = { id: randomUUID(), removed_at: null, registered_at: new Date().toISOString(), site: 'main', ...json() };
    kiosks.push(one);
    send(201, { ...one, credential: 'kiosk-7Yx2mQvKz0d4RjXoWb1sTq' });
  } else if (['POST'].includes(route.split(' ')[0]) && ['shifts', 'rosters', 'rules', 'holidays'].includes(parts[3])) {
    const list = { shifts, rosters, rules, holidays }[parts[3]];
    if (list.some((one) => one.name !== undefined && one.name === json().name && parts[3] !== 'holidays')) {
      problem(409, 'already-exists', 'That name is taken', `There is a ${parts[3].slice(0, -1)} ${json().name} already.`);
    } else {
      const one = { ...usual, id: randomUUID(), number: list.length, ...json() };
      list.push(one);
      send(201, one);
    }
  } else if (route.startsWith('DELETE') && ['shifts', 'rosters', 'holidays', 'kiosks'].includes(parts[3] ?? '')) {
    const list = { shifts, rosters, holidays }[parts[3]];
    list.splice(list.findIndex((one) => one.id === parts[4]), 1);
    send(204);
  } else if (route.startsWith('DELETE /api/kiosks/')) {
    kiosks.find((one) => one.id === parts[3]).removed_at = new Date().toISOString();
    send(204);
  } else if (route === 'GET /api/attendance/assignments') {
    send(200, assignments.get(wish.get('person')) ?? []);
  } else if (route === 'POST /api/attendance/assignments') {
    const one = { id: randomUUID(), roster: null, ...json() };
    assignments.set(one.person, [...(assignments.get(one.person) ?? []), one]);
    send(201, one);
  } else if (route === 'GET /api/attendance/leaves') {
    send(200, leavesOf(wish.get('person')));
  } else if (route === 'POST /api/attendance/leaves') {
    const one = { id: randomUUID(), cancelled_at: null, ...json() };
    leaves.set(one.person, [...leavesOf(one.person), one]);
    send(201, one);
  } else if (route.startsWith('DELETE /api/attendance/leaves/')) {
    leavesOf(wish.get('person')).find((one) => one.id === parts[4]).cancelled_at = new Date().toISOString();
    send(204);
  } else if (url.pathname.startsWith('/api/attendance/reports/')) {
    send(200, {});
  } else {
    return false;
  }
  return true;
}

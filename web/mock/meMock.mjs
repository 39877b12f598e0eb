// A person's own data in the mock of the server, and what looks like trouble. See server.mjs.
import { randomUUID } from 'node:crypto';
import { leavesOf, sheet } from './timeMock.mjs';

const HOUR_MS = 3_600_000;
const ago = (hours) => new Date(Date.now() - hours * HOUR_MS).toISOString();
const RECEIPTS = {
  '11111111-1111-4111-8111-111111111111': { state: 'OPEN', asked_at: ago(30) },
  '22222222-2222-4222-8222-222222222222': { state: 'ERASED', asked_at: ago(300), answered_at: ago(20), certificate: 'eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl' },
};
let history;
let inForce;
let requests;
let pinChosen;

/** Everything as it was at the start. */
export function begin() {
  history = [{ basis: 'CONSENT', notice_version: '2025-06', recorded_at: '2025-06-02T13:00:00Z', withdrawn_at: '2026-11-03T09:11:00Z' }];
  inForce = { basis: 'CONSENT', notice_version: '2026-11', recorded_at: '2026-11-03T09:12:00Z' };
  requests = [{ id: randomUUID(), kind: 'OBJECTION', words: 'I do not want my face used at the door of the canteen.', asked_at: ago(700), answered_at: ago(650), answer: 'The camera at the canteen was taken away. Thank you for telling us.' }];
  pinChosen = false;
}
begin();

const uses = (() => {
  const kinds = [
    ['FACE_SIGN_IN', true, '10.2.0.31', {}], ['PUNCH', true, null, { method: 'FACE' }], ['FACE_SIGN_IN', true, '10.2.0.31', {}],
    ['FACE_SIGN_IN', false, '10.2.0.44', { reason: 'NO_MATCH' }], ['PUNCH', true, null, { method: 'FACE' }], ['PUNCH', true, null, { method: 'FACE' }],
    ['PRESENTATION_ATTACK', false, '10.2.7.9', { reason: 'REPLAY' }],
  ];
  const all = Array.from({ length: 40 }, (_, index) => {
    const [action, accepted, address, detail] = kinds[index % kinds.length];
    return { sequence: 900 - index, at: ago(2 + 7.3 * index), action, by_you: true, of_you: true, accepted, address, detail };
  });
  return [...all, { sequence: 1, at: '2026-11-03T09:20:00Z', action: 'ENROLMENT', by_you: false, of_you: true, accepted: true, address: null, detail: { images: '6' } }];
})();

/** Answers what it knows of; gives false for anything else. */
export function answerMe({ route, url, parts, json, send, problem }, person) {
  const range = [url.searchParams.get('from'), url.searchParams.get('to')];
  if (parts[2] === 'erasure-receipts') {
    const one = RECEIPTS[parts[3]] ?? requests.filter((each) => each.id === parts[3]).map(({ asked_at }) => ({ asked_at, state: 'OPEN' }))[0];
    return one === undefined ? problem(404, 'not-found', 'There is no such thing', 'A request for erasure with that number does not exist.') : send(200, { request: parts[3], ...one });
  }
  if (parts[2] !== 'me') {
    return false;
  }
  if (person === null) {
    problem(401, 'not-signed-in', 'Sign in first', 'Send a token that is still good.');
  } else if (route === 'GET /api/me') {
    send(200, {
      id: person.id, username: person.username, display_name: person.display_name, department: person.department.code,
      department_name: person.department.name, roles: ['STAFF'], enrolled_at: inForce === null ? null : '2026-11-03T09:20:00Z',
      legal_basis: inForce, requests, retention: { sign_ins_days: 183, template_after_deactivation_days: 90, time_records_days: 1827 },
    });
  } else if (route === 'GET /api/me/consent') {
    send(200, { in_force: inForce, history: [...history, ...(inForce === null ? [] : [inForce])] });
  } else if (route === 'POST /api/me/withdrawal') {
    history = [...history, { ...inForce, withdrawn_at: new Date().toISOString() }];
    inForce = null;
    send(200, { in_force: null, history });
  } else if (route === 'GET /api/me/uses') {
    const before = Number(url.searchParams.get('before') ?? 1e9);
    send(200, uses.filter((one) => one.sequence < before).slice(0, Number(url.searchParams.get('limit'))));
  } else if (route === 'GET /api/me/timesheet') {
    send(200, sheet(person, ...range));
  } else if (route === 'GET /api/me/leaves') {
    send(200, leavesOf(person.id).length > 0 ? leavesOf(person.id) : [
      { id: randomUUID(), person: person.id, from: '2026-12-21', to: '2027-01-05', kind: 'Férias', cancelled_at: null },
      { id: randomUUID(), person: person.id, from: '2026-07-06', to: '2026-07-10', kind: 'Curso', cancelled_at: '2026-06-30T10:00:00Z' },
    ]);
  } else if (route === 'GET /api/me/pin') {
    send(200, { chosen: pinChosen });
  } else if (route === 'PUT /api/me/pin') {
    pinChosen = true;
    send(204);
  } else if (route === 'GET /api/me/data') {
    send(200, { identity: { username: person.username } });
  } else if (route === 'POST /api/me/objection' || route === 'POST /api/me/erasure-request') {
    const kind = parts[3] === 'objection' ? 'OBJECTION' : 'ERASURE';
    const one = { id: randomUUID(), kind, words: json().words ?? null, asked_at: new Date().toISOString(), answered_at: null, answer: null };
    requests = [...requests, one];
    send(202, one);
  } else {
    return false;
  }
  return true;
}

const TROUBLE = [
  ['ATTACK', 'PRESENTATION_ATTACK', 'REPLAY', '10.2.7.9'], ['LOCKOUT', 'FACE_SIGN_IN', 'LOCKED', '10.2.7.9'], ['FAILURE', 'PASSWORD_SIGN_IN', 'WRONG_PASSWORD', '10.2.1.20'],
  ['ATTACK', 'PUNCH', 'PRESENTATION_ATTACK', '10.2.0.5'], ['SENSITIVE', 'KEYS_ROTATED', null, '10.2.0.17'], ['FAILURE', 'FACE_SIGN_IN', 'NO_MATCH', '10.2.3.3'],
  ['ATTACK', 'PRESENTATION_ATTACK', 'ARTEFACT', '10.2.7.9'], ['ATTACK', 'PRESENTATION_ATTACK', 'SWAP', '10.2.0.31'],
];

let waiting;

export function answerSecurity({ route, url, parts, send }, subjects) {
  waiting ??= [
    { id: randomUUID(), subject: subjects[1].id, kind: 'ERASURE', words: 'I leave the hospital at the end of the month.', asked_at: ago(50), answered_at: null, answer: null },
    { id: randomUUID(), subject: subjects[2].id, kind: 'OBJECTION', words: null, asked_at: ago(20), answered_at: null, answer: null },
  ];
  if (route === 'GET /api/privacy/requests') {
    send(200, waiting);
  } else if (parts[2] === 'privacy' && parts[5] === 'answer') {
    waiting = waiting.filter((one) => one.id !== parts[4]);
    send(200, {});
  } else if (parts[2] === 'people' && parts[4] === 'erasure') {
    waiting = waiting.filter((one) => one.subject !== parts[3]);
    send(200, { subject: parts[3], certificate: 'eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl' });
  } else if (route === 'GET /api/security/events') {
    const wanted = (url.searchParams.get('concern') ?? 'ATTACK,LOCKOUT').split(',');
    send(200, TROUBLE.map(([concern, action, reason, address], index) => ({
      concern, species: reason,
      event: { sequence: 1500 - index, at: ago(1 + 9 * index), action, actor: concern === 'SENSITIVE' ? subjects.at(-1).id : null, address,
        subject: index % 3 === 0 ? subjects[0].id : null, department: subjects[0].department.id, accepted: concern === 'SENSITIVE', detail: reason === null ? {} : { reason }, hash: '5f'.repeat(32) },
    })).filter((one) => wanted.includes(one.concern)));
  } else if (route === 'GET /api/security/summary') {
    const counts = [];
    for (let back = 29; back >= 0; back--) {
      const date = ago(24 * back).slice(0, 10);
      const wave = Math.round(3 + 3 * Math.sin(back / 3));
      counts.push({ day: date, concern: 'FAILURE', events: 4 + wave }, { day: date, concern: 'SENSITIVE', events: 1 });
      if (back % 4 === 0 || back === 1) {
        counts.push({ day: date, concern: 'ATTACK', events: 1 + (back % 3) }, { day: date, concern: 'LOCKOUT', events: back % 2 });
      }
    }
    send(200, { from: ago(24 * 29).slice(0, 10), counts, waits: [
      { what: 'FACE_ADDRESS', address: '10.2.7.9', failures: 9, until: new Date(Date.now() + 240_000).toISOString() },
      { what: 'PASSWORD_NAME', address: '10.2.1.20', failures: 6, until: new Date(Date.now() + 50_000).toISOString() },
    ] });
  } else {
    return false;
  }
  return true;
}

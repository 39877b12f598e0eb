// A stand-in for the server, to look at the pages without one: `npm run build && npm run mock`, then http://localhost:8790.
// Nothing is checked and nothing kept. What it answers depends on what is asked:
//   sign-in user name   stranger → not recognised, locked → locked, slow → busy, then recognised, drop → connection lost
//   passwords           wrong → 401, many → 429, first → must be changed, anything else is right
//   console             officer, auditor and nurse have those roles, anybody else is the administrator
//   kiosk               credential wrong → not registered; PIN 000000 → wrong, 429429 → locked; MOCK_FACES says who comes
//   new people          username twin → possible duplicate, username blurred → photos refused
import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { answerMe, answerSecurity, begin } from './meMock.mjs';
import { answer as answerTime } from './timeMock.mjs';

const STATIC = fileURLToPath(new URL('../target/classes/static', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.txt': 'text/plain', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };

/** The policy that the server should send with the pages. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "manifest-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const ADVICE = {
  MOVE_CLOSER: 'Move closer to the camera.',
  CENTRE_FACE: 'Move so that your face is in the middle.',
  HOLD_STILL: 'Hold still, and check that the lens is clean.',
  MORE_LIGHT: 'Find more light.',
};
const advice = (code) => ({ code, text: ADVICE[code] });

function department(code, name, identification, references) {
  return {
    id: randomUUID(), code, name, active: true, identification, liveness: 'PASSIVE', verification_fmr: 1e-4, fpir_bound: 1e-3,
    references, identification_fmr: references > 1000 ? null : 1e-6,
  };
}
/** Of nobody. */
const DRAWN_FACE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200" fill="#c9d6d8"/><ellipse cx="100" cy="95" rx="48" ry="62" fill="#a97c62"/><path d="M30 200c10-50 130-50 140 0z" fill="#2f6f73"/><circle cx="82" cy="88" r="5"/><circle cx="118" cy="88" r="5"/><path d="M82 120c10 10 26 10 36 0" fill="none" stroke="#000" stroke-width="3"/></svg>';
let pictureConsent = {};
const departments = [
  department('administration', 'Administration', false, 1),
  department('emergency', 'Emergency', true, 240),
  department('icu', 'Intensive care', true, 1400),
  department('pharmacy', 'Pharmacy', false, 38),
];
const consent = { basis: 'CONSENT', notice_version: '2026-11', recorded_at: '2026-11-03T09:12:00Z' };
const subject = (username, display_name, department, legal_basis, enrolled_at, active = true) => ({
  id: randomUUID(), username, display_name, department: departments[department + 1], roles: ['STAFF'], active, legal_basis, enrolled_at,
});
const subjects = [
  subject('ana.souza', 'Ana Beatriz Souza', 0, consent, '2026-11-03T09:20:00Z'),
  subject('b.okafor', 'Blessing Okafor', 0, consent, null),
  subject('carlos.lima', 'Carlos Eduardo Lima de Albuquerque', 1, null, null),
  subject('d.novak', 'Dana Nováková', 1, consent, '2026-10-28T14:02:00Z'),
  subject('e.tanaka', 'Emi Tanaka', 2, consent, '2026-10-30T08:45:00Z', false),
  subject('f.rossi', 'Francesco Rossi', 2, null, null),
];
const admin = { ...subject('admin', 'Administrator', -1, null, null), roles: ['ADMIN'] };
subjects.push(admin);
const clients = [];
let siteKey = 2024801217;
const events = [
  ['KEYS_ROTATED', null, true, { site_key: '2024801217', rewrapped_subjects: '4' }],
  ['FACE_SIGN_IN', subjects[3], false, { reason: 'NOT_RECOGNISED' }],
  ['ENROLMENT', subjects[0], true, { images: '6', quality: '84' }],
  ['LEGAL_BASIS_RECORDED', subjects[0], true, { basis: 'CONSENT', notice_version: '2026-11' }],
  ['DEPARTMENT_CREATED', null, true, { code: 'pharmacy' }],
  ['SERVER_STARTED', null, true, {}],
].map(([action, about, accepted, detail], index) => ({
  sequence: 1206 - index, at: new Date(Date.UTC(2026, 10, 21, 9, 40 - 7 * index)).toISOString(), action, accepted, detail,
  actor: action === 'SERVER_STARTED' ? null : admin.id, address: action === 'SERVER_STARTED' ? null : '10.2.0.17',
  subject: about?.id ?? null, department: about?.department.id ?? null, hash: '5f'.repeat(32),
}));
const user = (username) => {
  const known = subjects.find((one) => one.username === username) ?? subjects[0];
  return { id: known.id, username: known.username, display_name: known.display_name, department: known.department.name };
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const json = () => JSON.parse(body.toString() || '{}');
  const send = (status, value, headers = {}) => {
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    response.writeHead(status, { 'Content-Type': type, ...headers }).end(value === undefined ? '' : JSON.stringify(value));
  };
  const problem = (status, kind, title, detail, more = {}, headers = {}) =>
    send(status, { type: `https://vultus.example/problems/${kind}`, title, detail, status, ...more }, headers);
  const checkPassword = (password) => {
    if (password === 'wrong') {
      problem(401, 'bad-credentials', 'Not signed in', 'User name or password is not right.');
    } else if (password === 'many') {
      problem(429, 'too-many-attempts', 'Too many attempts', 'Wait a little.', {}, { 'Retry-After': '25' });
    } else if (password === 'first') {
      problem(403, 'password-change-required', 'Change your password', 'The first password works only once.');
    } else {
      return true;
    }
    return false;
  };

  const route = `${request.method} ${url.pathname}`;
  const parts = url.pathname.split('/');
  const asked = { route, url, parts, json, send, problem };
  if (route === 'GET /models/on-device') {
    // No networks for the device: the pages go by the server's advice.
    send(204);
  } else if (route === 'GET /face-auth/departments') {
    send(200, departments);
  } else if (route === 'GET /sign-in/state') {
    const here = (request.headers.referer ?? '').includes('/privacy') && request.headers.cookie?.includes('me=');
    send(200, { csrf: 'mock', signed_in: here ? user('ana.souza') : null }, { 'Set-Cookie': 'XSRF-TOKEN=mock; Path=/' });
  } else if (route === 'POST /sign-in/face' || route === 'POST /sign-in/password') {
    if (request.headers['x-xsrf-token'] !== 'mock') {
      problem(403, 'csrf', 'The page is out of date', 'Load it again.');
    } else if (route.endsWith('face') || checkPassword(json().password)) {
      begin();
      // The Referer has the address that the browser shows: /sign-in?continue… stands for an application that waits.
      const waits = (request.headers.referer ?? '').includes('continue');
      send(200, { redirect: waits ? '/oauth2/authorize?client_id=demo' : null }, { 'Set-Cookie': 'me=ana; Path=/' });
    }
  } else if (route === 'POST /sign-in/out') {
    send(204, undefined, { 'Set-Cookie': 'me=; Path=/; Max-Age=0' });
  } else if (answerMe(asked, request.headers.cookie?.includes('me=') || request.headers.authorization ? subjects.find((one) => one.username === 'ana.souza') : null) !== false) {
    // A person's own data.
  } else if (route === 'POST /api/account/password') {
    if ((json().new_password ?? '').length < 12) {
      problem(422, 'weak-password', 'Password too short', 'Use at least 12 characters.');
    } else {
      send(204);
    }
  } else if (route === 'POST /token') {
    signedIn = new URLSearchParams(body.toString()).get('username');
    if (checkPassword(new URLSearchParams(body.toString()).get('password'))) {
      send(200, { access_token: 'mock', token_type: 'Bearer', expires_in: 1800 });
    }
  } else if (url.pathname.startsWith('/api/') && request.headers.authorization !== 'Bearer mock') {
    problem(401, 'unauthorised', 'Not signed in', 'Sign in again.');
  } else if (answerTime(asked, subjects) || answerSecurity(asked, subjects)) {
    // Attendance and security.
  } else if (route === 'GET /api/account') {
    // "Bearer mock" is whoever signed in last: officer, auditor and nurse have their roles, anybody else is the administrator.
    const roles = { officer: ['ENROLMENT_OFFICER'], auditor: ['AUDITOR'], manager: ['DEPARTMENT_MANAGER'], nurse: ['STAFF'] }[signedIn] ?? ['ADMIN'];
    send(200, { ...admin, id: roles[0] === 'ADMIN' ? admin.id : randomUUID(), department: 'administration', roles });
  } else if (route === 'GET /face-auth/health' || route === 'GET /api/model-pack') {
    send(200, route.endsWith('pack') ? PACK : health());
  } else if (route === 'GET /api/clients') {
    send(200, clients);
  } else if (route === 'POST /api/clients') {
    clients.push(json());
    send(201, { ...json(), client_secret: json().confidential ? 'gj3SNbmJ4uMEr8x2hVqTgk0cAywZ' : null });
  } else if (request.method === 'DELETE' && parts[2] === 'clients') {
    clients.splice(clients.findIndex((one) => one.client_id === parts[3]), 1);
    send(204);
  } else if (route === 'GET /api/keys' || route === 'POST /api/keys/rotate') {
    siteKey += request.method === 'POST' ? 1 : 0;
    send(200, { site_key: String(siteKey), signing_key: '6152c0de-01', rewrapped_subjects: request.method === 'POST' ? 4 : null });
  } else if (route === 'GET /api/audit/chain') {
    send(200, { events: 1206, hash: '5f'.repeat(32), signatures: 14, signed_up_to: 1190, signed_at: '2026-11-21T09:00:00Z', key: 'a7c3-audit' });
  } else if (route === 'GET /api/audit/export') {
    send(200, {});
  } else if (route === 'GET /api/audit') {
    const wish = url.searchParams;
    send(200, events.filter((one) => (!wish.has('action') || one.action === wish.get('action')) &&
      (!wish.has('person') || one.actor === wish.get('person') || one.subject === wish.get('person'))));
  } else if (request.method === 'PATCH' && parts[2] === 'departments') {
    send(200, Object.assign(departments.find((one) => one.code === parts[3]), json()));
  } else if (url.pathname.endsWith('/picture')) {
    response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(DRAWN_FACE);
  } else if (url.pathname.endsWith('/picture-consent')) {
    pictureConsent = request.method === 'PUT' ? { consented_at: new Date().toISOString(), ...json() } : request.method === 'DELETE' ? {} : pictureConsent;
    send(request.method === 'DELETE' ? 204 : 200, request.method === 'DELETE' ? undefined : { kept: true, days: 30, ...pictureConsent });
  } else if (request.method === 'PATCH' && parts[2] === 'subjects') {
    const { department: code, ...change } = json();
    const one = subjects.find((candidate) => candidate.id === parts[3]);
    Object.assign(one, change, code ? { department: departments.find((candidate) => candidate.code === code) } : {});
    send(200, one);
  } else if (parts[2] === 'subjects' && parts[4] === 'password') {
    send(200, { one_time_password: 'canoe-lantern-72-violet' });
  } else if (route === 'GET /api/departments') {
    send(200, departments);
  } else if (route === 'POST /api/departments') {
    const made = { ...department('', '', false, 0), ...json() };
    if (departments.some((one) => one.code === made.code)) {
      problem(409, 'already-exists', 'This code is taken', `There is already a department with the code ${made.code}.`);
    } else {
      departments.push(made);
      send(201, made);
    }
  } else if (route === 'GET /api/subjects') {
    const query = (url.searchParams.get('query') ?? '').toLowerCase();
    const department = url.searchParams.get('department');
    const found = subjects.filter(
      (one) =>
        (one.display_name + one.username).toLowerCase().includes(query) &&
        (!department || one.department.code === department) &&
        (!url.searchParams.get('active') || String(one.active) === url.searchParams.get('active')) &&
        (!url.searchParams.get('enrolled') || String(one.enrolled_at !== null) === url.searchParams.get('enrolled')) &&
        (!url.searchParams.get('role') || one.roles.includes(url.searchParams.get('role'))),
    );
    const offset = Number(url.searchParams.get('offset') ?? 0);
    send(200, { items: found.slice(offset, offset + Number(url.searchParams.get('limit') ?? 20)), total: found.length });
  } else if (route === 'POST /api/subjects') {
    const { username, display_name, department, roles } = json();
    const made = subject(username, display_name, 0, null, null);
    made.department = departments.find((one) => one.code === department);
    made.roles = roles;
    subjects.unshift(made);
    send(201, { ...made, one_time_password: 'canoe-lantern-72-violet' });
  } else if (parts[2] === 'subjects' && parts[4] === 'legal-basis') {
    const one = subjects.find((candidate) => candidate.id === parts[3]);
    one.legal_basis = request.method === 'DELETE' ? null : { ...json(), recorded_at: new Date().toISOString() };
    one.enrolled_at = request.method === 'DELETE' ? null : one.enrolled_at;
    send(request.method === 'DELETE' ? 204 : 201, request.method === 'DELETE' ? undefined : one.legal_basis);
  } else if (parts[2] === 'subjects' && parts.length === 4) {
    send(200, subjects.find((candidate) => candidate.id === parts[3]));
  } else if (route === 'POST /face-auth/enroll/check') {
    const good = checks++ % 3 !== 0;
    setTimeout(
      () =>
        send(200, {
          accepted: good,
          reason: good ? null : 'LOW_QUALITY',
          advice: good ? [] : [advice('HOLD_STILL')],
          quality: good ? 70 + (checks % 25) : 31,
        }),
      120,
    );
  } else if (route === 'POST /face-auth/enroll') {
    enrol(json(), send, problem);
  } else if (url.pathname.startsWith('/recognize')) {
    kiosk(route, request.headers.authorization, json, send, problem);
  } else if (route === 'GET /oauth2/authorize') {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end('The application goes on from here.');
  } else {
    file(url.pathname, response);
  }
});
/** Who comes to the kiosk one after another: in, late, out, closer, stranger, nobody, pin-only. */
let faces = (process.env.MOCK_FACES ?? 'in closer late out stranger').split(' ');
export function kioskSees(...next) {
  faces = next;
}
function kiosk(route, authorization, json, send, problem) {
  const liveness = faces[0] === 'pin-only' ? null : faces[0] === 'active' ? 'ACTIVE' : 'PASSIVE';
  const greet = (name, direction, status, repeated = false) =>
    send(200, { name, direction, status, time: '2026-11-23T08:57:12-03:00', repeated, method: 'FACE', event_id: randomUUID() });
  if (authorization === 'Bearer wrong') {
    problem(401, 'not-signed-in', 'Not signed in', 'This device is not registered.');
  } else if (route === 'GET /recognize/kiosk') {
    send(200, {
      name: 'Main entrance', site: 'main', zone: 'America/Sao_Paulo', departments: ['Emergency', 'Intensive care'], liveness,
      time: new Date().toISOString(),
    });
  } else if (route === 'PUT /recognize/kiosk/key') {
    send(204);
  } else if (route === 'POST /recognize/badge') {
    if (json().badge.includes('9')) {
      problem(401, 'not-recognised', 'Not recognised', 'Try again.');
    } else {
      greet('Blessing Okafor', 'IN', 'ON_TIME');
    }
  } else if (route === 'POST /recognize/pin') {
    const { pin } = json();
    if (pin === '000000') {
      problem(401, 'not-recognised', 'Not recognised', 'Try again.');
    } else if (pin === '429429') {
      problem(429, 'too-many-attempts', 'Too many attempts', 'Wait.', {}, { 'Retry-After': '30' });
    } else {
      greet('Blessing Okafor', 'IN', 'ON_TIME');
    }
  } else {
    const face = faces.length > 1 ? faces.shift() : faces[0];
    setTimeout(() => {
      if (face === 'closer' || face === 'nobody') {
        const code = face === 'closer' ? 'MORE_LIGHT' : 'LOOK_AT_CAMERA';
        problem(422, 'frames-refused', 'Frames refused', 'Come closer.', { advice: [{ code, text: code }], good: 0, wanted: 3 });
      } else if (face === 'stranger') {
        problem(401, 'not-recognised', 'Not recognised', 'Use your PIN.');
      } else if (face === 'late') {
        greet('Carlos Eduardo Lima de Albuquerque', 'IN', 'LATE');
      } else if (face === 'out') {
        greet('Dana Nováková', 'OUT', 'OVERTIME');
      } else if (face === 'again') {
        greet('Dana Nováková', 'OUT', 'OVERTIME', true);
      } else {
        greet('Ana Beatriz Souza', 'IN', 'ON_TIME');
      }
    }, 350);
  }
}
let checks = 0;
let signedIn = '';
const PACK = {
  name: 'human-2026', licence: 'MIT', extractor: '87aacdfe'.repeat(8),
  operating_points: [1e-2, 1e-3, 1e-4, 1e-5, 1e-6].map((fmr) => ({ fmr, demonstrated: fmr > 1e-6 })),
  measured: {
    source: 'made up for the mock', people: 1241, mated: 2891, non_mated: 2687149,
    rates: [[1e-2, 0.0038], [1e-3, 0.0107], [1e-4, 0.0287], [1e-5, 0.0598], [1e-6, 0.1249]].map(([fmr, fnmr]) => ({ fmr, fnmr, demonstrated: fmr > 1e-6 })),
    curve: Array.from({ length: 36 }, (_, step) => 10 ** (-1 - step / 8)).map((fmr) => ({ fmr, fnmr: 0.0011 * fmr ** -0.34 })),
  },
};
const health = () => ({
  status: 'UP', active_connections: 3 + (++pulse % 5), models_loaded: true, model_pack: PACK.name, references: 1679, database: true,
  queue: { threads: 4, busy: pulse % 4, waiting: pulse % 3 },
});
let pulse = 0;

function enrol({ user_id, face_images, confirm_distinct }, send, problem) {
  const one = subjects.find((candidate) => candidate.id === user_id);
  const images = face_images.map((_image, index) => ({ index, accepted: true, reason: null, advice: [], quality: 82 }));
  if (one.username === 'twin' && confirm_distinct !== true) {
    problem(409, 'possible-duplicate', 'Possible duplicate', 'A person with a very similar face is already enrolled.');
  } else if (one.username === 'blurred') {
    images.slice(1).forEach((image) => Object.assign(image, { accepted: false, reason: 'BLURRED', advice: [advice('MORE_LIGHT')], quality: 22 }));
    problem(422, 'too-few-good-images', 'Too few good photos', 'At least 3 are needed.', { images });
  } else {
    one.enrolled_at = new Date().toISOString();
    send(201, { enrollment_id: randomUUID(), images_used: images.length, quality: 84, images });
  }
}

function file(path, response) {
  let name = join(STATIC, normalize(path));
  if (!existsSync(name) || statSync(name).isDirectory()) {
    name = join(STATIC, 'index.html');
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
  });
  createReadStream(name).pipe(response);
}

const sockets = new WebSocketServer({ server, maxPayload: 2 << 20 });
sockets.on('connection', (socket, request) => {
  const username = new URL(request.url, 'http://mock').searchParams.get('username') ?? '';
  const say = (message) => socket.send(JSON.stringify(message));
  if (request.url.startsWith('/recognize/live')) {
    const script = ['BLINK', 'TURN_LEFT'].map((action) => ({ action, window_ms: 4000 }));
    say({ type: 'session', session_id: randomUUID(), nonce: 'mock', policy: 'active', script, frames_wanted: 3 });
    let seen = 0;
    socket.on('message', (_data, binary) => {
      seen += binary ? 1 : 0;
      const index = Math.min(1, Math.floor(seen / 18));
      const step = { index, of: 2, action: script[index].action, remaining_ms: 4000, begun: seen > 3 };
      if (binary && seen <= 36) {
        say({ type: 'feedback', frame: seen, accepted: true, advice: [], quality: 80, good: 1, wanted: 3, step });
      } else if (binary && socket.readyState === 1) {
        say({ type: 'result', outcome: 'accepted' });
        say({ type: 'greeting', name: 'Emi Tanaka', direction: 'IN', status: 'EARLY', time: '2026-11-23T08:41:00-03:00', repeated: false });
        socket.close(1000);
      }
    });
    return;
  }
  const refuse = (reason, code, retry_after = null) => {
    say({ type: 'result', outcome: 'refused', reason, text: 'Refused.', fallback: 'password', retry_after });
    socket.close(code);
  };
  say({
    type: 'session', session_id: randomUUID(), nonce: 'mock', expires_at: new Date(Date.now() + 60_000).toISOString(),
    policy: 'passive', script: [], frames_wanted: 3,
  });
  if (username === 'locked') {
    refuse('LOCKED', 4403, 45);
    return;
  }
  let frames = 0;
  let good = 0;
  socket.on('message', () => {
    frames++;
    const pace = Number(process.env.MOCK_FRAMES_PER_STEP ?? 8);
    if (username === 'slow' && frames <= 3) {
      say({ type: 'feedback', busy: { place: 8 - frames } });
    } else if (username === 'drop' && frames > 4) {
      socket.terminate();
    } else if (frames <= pace) {
      say({ type: 'feedback', frame: frames, accepted: false, advice: [advice('MOVE_CLOSER')], quality: 30, good, wanted: 3 });
    } else {
      good = Math.min(3, Math.ceil((frames - pace) / (pace / 2)));
      say({ type: 'feedback', frame: frames, accepted: true, advice: [], quality: 85, good, wanted: 3 });
      if (good === 3 && socket.readyState === 1) {
        if (username === 'stranger') {
          refuse('NOT_RECOGNISED', 4401);
          return;
        }
        say({ type: 'result', outcome: 'accepted', reason: null, text: 'Recognised.', fallback: 'password', retry_after: null });
        say({ type: 'authentication_complete', access_token: 'mock', token_type: 'Bearer', expires_in: 1800, user: user(username) });
        socket.close(1000);
      }
    }
  });
});

const port = Number(process.env.PORT ?? 8790);
server.listen(port, '127.0.0.1', () => console.log(`The pages, with a mock of the server: http://localhost:${port}`));

import { isRecord } from '../http/problem.ts';
import { request } from '../http/request.ts';
import { person, type Person } from './protocol.ts';

export interface Department {
  readonly code: string;
  readonly name: string;
  /** Whether people are recognised without a user name. */
  readonly identification: boolean;
}

export async function departments(): Promise<Department[]> {
  return departmentsIn(await request<unknown>('GET', '/face-auth/departments'));
}

/** A list, or a page with `items`. */
export function departmentsIn(answer: unknown): Department[] {
  const items = isRecord(answer) ? answer['items'] : answer;
  return (Array.isArray(items) ? items : []).filter(isRecord).map((item) => ({
    code: String(item['code']),
    name: String(item['name'] ?? item['code']),
    identification: item['identification'] === true,
  }));
}

/** Who is signed in to this browser; also sets the cookie that the other requests need. */
export async function signedIn(): Promise<Person | null> {
  const state = await request<{ signed_in: unknown }>('GET', '/sign-in/state');
  return state.signed_in == null ? null : person(state.signed_in);
}

/** Ends this browser's session here. What applications were given stays theirs. */
export async function signOut(): Promise<void> {
  await request('POST', '/sign-in/out');
}

/** Turns the token of a face into this browser's session; gives the address to go on to, if an application waits. */
export async function withFace(token: string): Promise<string | null> {
  return redirectOf(await request('POST', '/sign-in/face', { json: { access_token: token } }));
}

export async function withPassword(username: string, password: string): Promise<string | null> {
  return redirectOf(await request('POST', '/sign-in/password', { json: { username, password } }));
}

export async function changePassword(username: string, current: string, chosen: string): Promise<void> {
  await request('POST', '/api/account/password', {
    json: { username, current_password: current, new_password: chosen },
  });
}

function redirectOf(answer: unknown): string | null {
  return isRecord(answer) && typeof answer['redirect'] === 'string' ? answer['redirect'] : null;
}

/** Whether an address leads to this very server, so that no answer can send a person who just signed in elsewhere. */
export function isOwn(redirect: string, origin: string): boolean {
  try {
    return new URL(redirect, origin).origin === origin;
  } catch {
    return false;
  }
}

import { ProblemError, problemOf, UNREACHABLE } from './problem.ts';

/** Sends a request to this server and gives the JSON of its answer (undefined for 204). Everything else is a ProblemError. */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const headers = new Headers({
    Accept: 'application/json, application/problem+json',
    'Accept-Language': document.documentElement.lang || 'en',
  });
  const token = options.bearer;
  if (token !== undefined) {
    headers.set('Authorization', `Bearer ${token}`);
  }
  if (options.signature !== undefined) {
    headers.set('Vultus-Signature', options.signature);
  }
  if (method !== 'GET' && token === undefined) {
    const xsrf = await xsrfToken();
    if (xsrf !== null) {
      headers.set('X-XSRF-TOKEN', xsrf);
    }
  }
  let body: BodyInit | null = null;
  if (options.json !== undefined) {
    headers.set('Content-Type', 'application/json');
    body = JSON.stringify(options.json);
  } else if (options.form !== undefined) {
    body = new URLSearchParams(options.form);
  } else if (options.jpeg !== undefined) {
    headers.set('Content-Type', 'image/jpeg');
    body = options.jpeg;
  } else if (options.parts !== undefined) {
    body = options.parts;
  }
  const init: RequestInit = { method, headers, body, cache: 'no-store' };
  // A bearer request must not also carry the browser's session.
  init.credentials = token === undefined ? 'same-origin' : 'omit';
  if (options.signal !== undefined) {
    init.signal = options.signal;
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (options.signal?.aborted === true) {
      throw error;
    }
    throw new ProblemError(UNREACHABLE);
  }
  if (!response.ok) {
    throw new ProblemError(await problemOf(response));
  }
  if (options.file === true) {
    return (await response.blob()) as T;
  }
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export interface RequestOptions {
  readonly json?: unknown;
  readonly form?: Record<string, string>;
  readonly jpeg?: Blob;
  readonly parts?: FormData;
  /** The answer is a file: it is given as a Blob. */
  readonly file?: true;
  readonly bearer?: string;
  /** A kiosk's, of what is sent. */
  readonly signature?: string;
  readonly signal?: AbortSignal;
}

/** Signing in and out changes the cookie, so it may have to be asked for again. */
async function xsrfToken(): Promise<string | null> {
  const known = cookie('XSRF-TOKEN');
  if (known !== null) {
    return known;
  }
  // If the server cannot be reached, the request itself will tell.
  await fetch('/sign-in/state', { credentials: 'same-origin', cache: 'no-store' }).catch(() => undefined);
  return cookie('XSRF-TOKEN');
}

function cookie(name: string): string | null {
  const found = document.cookie.split('; ').find((part) => part.startsWith(name + '='));
  return found === undefined ? null : decodeURIComponent(found.slice(name.length + 1));
}

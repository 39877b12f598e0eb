import type { Leave, Sheet } from '../attendance/api.ts';
import { request } from '../http/request.ts';

export interface Basis {
  /** RECOGNITION, or what else a basis was given for. */
  readonly purpose?: string;
  readonly basis: string;
  readonly reason?: string | null;
  readonly notice_version: string;
  readonly recorded_at: string;
  readonly withdrawn_at?: string | null;
}

export interface PrivacyRequest {
  readonly id: string;
  readonly kind: string;
  readonly words?: string | null;
  readonly asked_at: string;
  readonly answered_at?: string | null;
  readonly answer?: string | null;
}

/** What the server tells a person of themself. */
export interface Me {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly department: string;
  readonly department_name: string;
  readonly roles: readonly string[];
  readonly enrolled_at?: string | null;
  readonly legal_basis?: Basis | null;
  readonly requests: readonly PrivacyRequest[];
  readonly retention: { readonly sign_ins_days: number; readonly template_after_deactivation_days: number };
}

export interface Consent {
  readonly in_force?: Basis | null;
  readonly history: readonly Basis[];
}

/** Something that was done with the person's face. */
export interface Use {
  readonly sequence: number;
  readonly at: string;
  readonly action: string;
  readonly by_you: boolean;
  readonly of_you: boolean;
  readonly accepted: boolean;
  readonly address?: string | null;
  readonly detail: Readonly<Record<string, string>>;
}

export interface Receipt {
  readonly request: string;
  readonly state: string;
  readonly asked_at: string;
  readonly answered_at?: string | null;
  readonly certificate?: string | null;
}

export const USES_PAGE = 25;

export const me = () => request<Me>('GET', '/api/me');
export const consent = () => request<Consent>('GET', '/api/me/consent');
export const withdraw = () => request<Consent>('POST', '/api/me/withdrawal', { json: {} });
export const uses = (before: number | null) =>
  request<readonly Use[]>('GET', `/api/me/uses?limit=${USES_PAGE}${before === null ? '' : `&before=${before}`}`);
export const timesheet = (from: string, to: string) => request<Sheet>('GET', `/api/me/timesheet?from=${from}&to=${to}`);
export const leaves = () => request<readonly Leave[]>('GET', '/api/me/leaves');
export const picture = (event: string) => request<Blob>('GET', `/api/me/punches/${encodeURIComponent(event)}/picture`, { file: true });
export const pictureConsent = <T>(method: 'GET' | 'PUT' | 'DELETE', json?: unknown) =>
  request<T>(method, '/api/me/picture-consent', json === undefined ? {} : { json });
export const pin = () => request<{ readonly chosen: boolean }>('GET', '/api/me/pin');
export const choosePin = (digits: string) => request<void>('PUT', '/api/me/pin', { json: { pin: digits } });
export const copyOfAll = () => request<Blob>('GET', '/api/me/data', { file: true });
export const receipt = (id: string) => request<Receipt>('GET', `/api/erasure-receipts/${encodeURIComponent(id)}`);

export function ask(kind: 'objection' | 'erasure-request', words: string): Promise<PrivacyRequest> {
  return request('POST', `/api/me/${kind}`, { json: words.trim() === '' ? {} : { words: words.trim() } });
}

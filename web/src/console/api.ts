import type { Department, Page, Subject } from '../enrol/api.ts';
import type { Call } from '../enrol/officer.tsx';
import { isRecord, ProblemError } from '../http/problem.ts';
import { request } from '../http/request.ts';
import type { OperatingPoint } from './identification.ts';
import type { Account } from './sections.ts';

/** The rest of what the server tells of a department. */
export interface Policy extends Department {
  readonly id: string;
  readonly active: boolean;
  readonly verification_fmr: number;
  readonly fpir_bound: number;
  readonly presence_proof: boolean;
  readonly presence_proof_days: number;
  readonly references: number;
  readonly identification_fmr?: number | null;
}

export interface AuditEvent {
  readonly sequence: number;
  readonly at: string;
  readonly action: string;
  readonly actor?: string | null;
  readonly address?: string | null;
  readonly subject?: string | null;
  readonly department?: string | null;
  readonly accepted: boolean;
  readonly detail: Readonly<Record<string, string>>;
  readonly hash: string;
}

export interface Chain {
  readonly events: number;
  readonly hash: string;
  readonly signatures: number;
  readonly signed_up_to?: number | null;
  readonly signed_at?: string | null;
  readonly key?: string | null;
}

export interface Application {
  readonly client_id: string;
  readonly name: string;
  readonly redirect_uris: readonly string[];
  readonly post_logout_redirect_uris: readonly string[];
  readonly liveness: 'PASSIVE' | 'ACTIVE' | 'STRICT';
  readonly client_secret?: string | null;
}

export interface Keys {
  readonly site_key: string;
  readonly signing_key: string;
  readonly rewrapped_subjects?: number | null;
}

/** How the thresholds were measured, and what they cost. */
export interface Measured {
  readonly source: string;
  readonly people: number;
  readonly mated: number;
  readonly non_mated: number;
  readonly rates: readonly { readonly fmr: number; readonly fnmr: number; readonly demonstrated: boolean }[];
  /** Of both errors, by falling FMR; empty where the calibration does not tell. */
  readonly curve: readonly { readonly fmr: number; readonly fnmr: number }[];
}

export interface ModelPack {
  readonly name: string;
  readonly licence: string;
  readonly extractor: string;
  readonly operating_points: readonly OperatingPoint[];
  readonly measured?: Measured | null;
}

export interface Health {
  readonly status: string;
  readonly active_connections: number;
  readonly models_loaded: boolean;
  readonly model_pack: string;
  readonly references: number;
  readonly database: boolean;
  readonly queue: { readonly threads: number; readonly busy: number; readonly waiting: number };
}

/** How long what is kept, in days. */
export interface Periods {
  readonly sign_ins_days: number;
  readonly template_after_deactivation_days: number;
  readonly time_records_days: number;
}

export const account = (call: Call) => call<Account>('GET', '/api/account');
export const policies = (call: Call) => call<readonly Policy[]>('GET', '/api/departments');
export const people = (call: Call, query: string) => call<Page<Subject>>('GET', `/api/subjects?${query}`);
export const person = (call: Call, id: string) => call<Subject>('GET', personPath(id));
export const chain = (call: Call) => call<Chain>('GET', '/api/audit/chain');
export const events = (call: Call, query: string) => call<readonly AuditEvent[]>('GET', `/api/audit?${query}`);
export const applications = (call: Call) => call<readonly Application[]>('GET', '/api/clients');
export const openRequests = async (call: Call) => (await call<readonly unknown[]>('GET', '/api/privacy/requests')).length;
export const keys = (call: Call) => call<Keys>('GET', '/api/keys');
/** The server tells everybody, with their own data. */
export const retention = async (call: Call) => (await call<{ retention: Periods }>('GET', '/api/me')).retention;
export const modelPack = (call: Call) => call<ModelPack>('GET', '/api/model-pack');

export function personPath(id: string): string {
  return `/api/subjects/${encodeURIComponent(id)}`;
}

/** Asked without a token. A server that is not well answers 503 and says what is missing. */
export async function health(): Promise<Health> {
  try {
    return await request<Health>('GET', '/face-auth/health');
  } catch (error) {
    if (error instanceof ProblemError && isRecord(error.problem.body) && 'queue' in error.problem.body) {
      return error.problem.body as unknown as Health;
    }
    throw error;
  }
}

import { isRecord } from '../http/problem.ts';
import { isAdvice, type AdviceItem } from '../words/advice.ts';
import type { Call } from './officer.tsx';

export interface Department {
  readonly code: string;
  readonly name: string;
  readonly identification: boolean;
  readonly liveness: string;
}

export interface LegalBasis {
  readonly basis: string;
  readonly notice_version: string;
  readonly recorded_at: string;
}

export interface Subject {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly department: { readonly code: string; readonly name: string };
  readonly roles: readonly string[];
  readonly active: boolean;
  readonly legal_basis: LegalBasis | null;
  readonly enrolled_at: string | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** What the server found about one photo. */
export interface Verdict {
  readonly accepted: boolean;
  readonly advice: readonly AdviceItem[];
  readonly quality: number | null;
}

export interface Enrolled {
  readonly images_used: number;
  readonly quality: number;
}

export async function departments(call: Call): Promise<readonly Department[]> {
  const answer = await call<readonly Department[] | Page<Department>>('GET', '/api/departments');
  return 'items' in answer ? answer.items : answer;
}

export function subjects(call: Call, query: string, department: string, offset: number, limit: number) {
  const search = new URLSearchParams({ query, department, offset: String(offset), limit: String(limit) });
  if (department === '') {
    search.delete('department');
  }
  return call<Page<Subject>>('GET', `/api/subjects?${search}`);
}

/** The person with exactly this user name. */
export async function subjectNamed(call: Call, username: string): Promise<Subject | null> {
  const found = await subjects(call, username, '', 0, 100);
  return found.items.find((one) => one.username === username) ?? null;
}

export async function check(call: Call, jpeg: Blob, signal?: AbortSignal): Promise<Verdict> {
  return verdict(await call('POST', '/face-auth/enroll/check', signal === undefined ? { jpeg } : { jpeg, signal }));
}

export async function enrol(call: Call, subject: Subject, photos: readonly Blob[], distinct: boolean): Promise<Enrolled> {
  return call('POST', '/face-auth/enroll', {
    json: {
      user_id: subject.id,
      username: subject.username,
      display_name: subject.display_name,
      department: subject.department.code,
      face_images: await Promise.all(photos.map(base64)),
      ...(distinct ? { confirm_distinct: true } : {}),
    },
  });
}

/** The verdicts by index of the photo sent, in the answer to an enrolment, be it accepted or refused. */
export function verdictsIn(body: unknown): ReadonlyMap<number, Verdict> {
  const images = isRecord(body) && Array.isArray(body['images']) ? body['images'] : [];
  return new Map(
    images
      .filter(isRecord)
      .filter((image) => typeof image['index'] === 'number')
      .map((image) => [image['index'] as number, verdict(image)]),
  );
}

function verdict(json: unknown): Verdict {
  const found = isRecord(json) ? json : {};
  return {
    accepted: found['accepted'] === true,
    advice: Array.isArray(found['advice']) ? found['advice'].filter(isAdvice) : [],
    quality: typeof found['quality'] === 'number' ? Math.round(found['quality']) : null,
  };
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(new Error('unreadable'));
    reader.readAsDataURL(blob);
  });
}

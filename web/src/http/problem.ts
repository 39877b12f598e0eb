import { isAdvice, type AdviceItem } from '../words/advice.ts';

/** A refusal or fault that a person can read: an RFC 9457 problem, or what is known where the answer was none. */
export interface Problem {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Last segment of the problem's `type`, for example `no-legal-basis`; empty when there was none. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly advice: readonly AdviceItem[];
  /** Seconds from `Retry-After`, when given. */
  readonly retryAfter: number | null;
  /** The whole body, for members that only some problems have. */
  readonly body: unknown;
}

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title || `HTTP ${problem.status}`);
    this.problem = problem;
  }
}

export const UNREACHABLE: Problem = {
  status: 0,
  kind: 'unreachable',
  title: '',
  detail: '',
  advice: [],
  retryAfter: null,
  body: null,
};

export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => '');
  return parseProblem(response.status, text, response.headers.get('Retry-After'));
}

export function parseProblem(status: number, text: string, retryAfter: string | null): Problem {
  const body = parseJson(text);
  const members = isRecord(body) ? body : {};
  return {
    status,
    kind: lastSegment(members['type']),
    title: stringOf(members['title']),
    detail: stringOf(members['detail']),
    advice: Array.isArray(members['advice']) ? members['advice'].filter(isAdvice) : [],
    retryAfter: seconds(retryAfter),
    body,
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function lastSegment(type: unknown): string {
  const segment = stringOf(type).split(/[/:]/).pop() ?? '';
  return segment === 'blank' ? '' : segment;
}

/** Servers may also send a date here; ours sends seconds, and a date is treated as not given. */
function seconds(header: string | null): number | null {
  const value = Number.parseInt(header ?? '', 10);
  return Number.isFinite(value) && value >= 0 && /^\d+$/.test((header ?? '').trim()) ? value : null;
}

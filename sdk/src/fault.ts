import type { Problem } from './api.gen.ts';

/**
 * Why Evenhand did not do as asked. silent: no answer in time · unreachable: no connection · unauthorised: the key is not known ·
 * forbidden: the key lacks a scope · invalid: what was sent is wrong (`errors` says where) · missing: there is no such thing ·
 * limited: asked too often · unavailable: Evenhand is in trouble or starting · unreadable: the answer is none of Evenhand's · stopped: by your signal.
 */
export interface Fault {
  readonly kind:
    | 'silent'
    | 'unreachable'
    | 'unauthorised'
    | 'forbidden'
    | 'invalid'
    | 'missing'
    | 'limited'
    | 'unavailable'
    | 'unreadable'
    | 'stopped';
  /** For whoever runs the shop; never for its customers. Holds no personal data. */
  readonly detail: string;
  /** The HTTP status, where there was an answer. */
  readonly status: number | null;
  /** Which fields are wrong, and how. */
  readonly errors: NonNullable<Problem['errors']>;
  /** Evenhand's own name for the reason, where it has one. */
  readonly why: string | null;
  /** How long to wait before asking again, in milliseconds, where Evenhand said so. */
  readonly retryAfterMs: number | null;
}

/** A fault as an error, for whoever would rather catch: `throw new EvenhandError(fault)`. */
export class EvenhandError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`Evenhand: ${fault.detail}`);
    this.name = 'EvenhandError';
    this.fault = fault;
  }
}

export const faultOf = (kind: Fault['kind'], detail: string, more: Partial<Fault> = {}): Fault => ({
  kind,
  detail,
  status: null,
  errors: [],
  why: null,
  retryAfterMs: null,
  ...more,
});

/** What an answer other than success comes to. */
export async function faultOfAnswer(answer: Response, now: number): Promise<Fault> {
  const { status } = answer;
  const problem = await problemIn(answer);
  const { detail = problem?.title ?? `Evenhand answered ${status}.`, errors = [], why = null } = problem ?? {};
  return faultOf(kindOf(status, problem !== null), detail, {
    status,
    errors,
    why,
    retryAfterMs: waitIn(answer.headers.get('retry-after'), now),
  });
}

function kindOf(status: number, said: boolean): Fault['kind'] {
  if (status === 401) return 'unauthorised';
  if (status === 403) return 'forbidden';
  if (status === 404) return said ? 'missing' : 'unreadable';
  if (status === 429) return 'limited';
  if (status === 408 || status === 425 || status >= 500) return 'unavailable';
  return said ? 'invalid' : 'unreadable';
}

async function problemIn(answer: Response): Promise<Problem | null> {
  try {
    const read: unknown = await answer.json();
    return typeof read === 'object' && read !== null && 'title' in read && 'status' in read ? (read as Problem) : null;
  } catch {
    return null;
  }
}

/** Retry-After: seconds, or a date (RFC 9110, 10.2.3). */
function waitIn(header: string | null, now: number): number | null {
  if (header === null) return null;
  const at = /^\d+$/.test(header.trim()) ? now + Number(header) * 1_000 : Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

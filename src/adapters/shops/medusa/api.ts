import type { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Json, PlatformFault, Reach } from '../../../ports/platforms.ts';

type Asked<T> = Promise<Result<T, PlatformFault>>;

/** The Admin API of one Medusa. Paths are without "/admin/" at the beginning. */
export interface Api {
  readonly get: <T>(path: string, query: Query, shape: z.ZodType<T>) => Asked<T>;
  readonly post: <T>(path: string, body: Json, shape: z.ZodType<T>) => Asked<T>;
}

/** Lists are sent as Medusa reads them: `id[]=a&id[]=b`, `updated_at[$gte]=…`. Never personal data: addresses are logged along the way. */
export type Query = Readonly<Record<string, string | number | readonly string[]>>;

const LIMITED_MS = 30_000;
const LONGEST_MS = 15 * 60_000;

/** Asks with a secret API key, which travels in a header. */
export function apiOf({ connection, credentials, fetch, now }: Reach): Api {
  const authorization = `Basic ${Buffer.from(`${credentials.secretKey ?? ''}:`, 'utf8').toString('base64')}`;

  async function ask<T>(path: string, init: RequestInit, shape: z.ZodType<T>): Asked<T> {
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${connection.address}/admin/${path}`, {
        ...init,
        headers: { accept: 'application/json', authorization, ...init.headers },
      });
      text = await answer.text();
    } catch (error) {
      return err({ kind: 'unavailable', detail: error instanceof Error ? error.message : 'The request failed.' });
    }
    const body = parsed(text);
    if (!answer.ok) return err(faultOf(answer, body, now));
    const read = shape.safeParse(body);
    if (read.success) return ok(read.data);
    return err({
      kind: 'drift',
      path: [path.split('?', 1)[0] ?? '', ...(read.error.issues[0]?.path ?? [])].join('.'),
    });
  }

  return {
    get: (path, query, shape) => {
      const asked = searchOf(query);
      return ask(asked === '' ? path : `${path}?${asked}`, { method: 'GET' }, shape);
    },
    post: (path, body, shape) =>
      ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }, shape),
  };
}

/** An id as it may stand in a path; null: it is none of Medusa's. */
export const idOf = (reference: string): string | null => (/^[A-Za-z0-9_-]{1,120}$/.test(reference) ? reference : null);

function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string' || typeof value === 'number') search.set(name, String(value));
    else for (const each of value) search.append(`${name}[]`, each);
  }
  return search.toString();
}

function faultOf(answer: Response, body: unknown, now: number): PlatformFault {
  const { type, message } = refusal(body);
  switch (answer.status) {
    case 401:
      return { kind: 'unauthorised' };
    case 403:
      return { kind: 'forbidden', scope: null };
    case 404:
      // A path that Medusa does not know is answered in HTML: that is no missing thing.
      return type === 'not_found' ? { kind: 'gone' } : { kind: 'refused', detail: 'none: There is no such route.' };
    case 429:
      return { kind: 'limited', retryAfterMs: waitOf(answer.headers.get('retry-after'), now) };
    default:
      if (answer.status >= 500 || answer.status === 408 || answer.status < 400)
        return { kind: 'unavailable', detail: `It answered ${answer.status}.` };
      return { kind: 'refused', detail: `${type}: ${message}` };
  }
}

function refusal(body: unknown): { readonly type: string; readonly message: string } {
  const { type, message } = (typeof body === 'object' && body !== null ? body : {}) as Readonly<
    Record<string, unknown>
  >;
  return {
    type: typeof type === 'string' ? type.slice(0, 60) : 'none',
    message: typeof message === 'string' ? message.slice(0, 300) : 'It gave no reason.',
  };
}

/** A Retry-After, in seconds or as a date, within sense. */
function waitOf(text: string | null, now: number): number {
  if (text === null) return LIMITED_MS;
  const ms = /^\d{1,6}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? LIMITED_MS : Math.min(Math.max(ms, 1_000), LONGEST_MS);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

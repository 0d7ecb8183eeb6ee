import type { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Json, PlatformFault, Reach } from '../../../ports/platforms.ts';

/** What came back, with the count of all there are where it is a list. */
export interface Answer<T> {
  readonly value: T;
  readonly total: number | null;
}

type Asked = Promise<Result<Answer<unknown>, PlatformFault>>;

/** WooCommerce's REST API of one connection. Keys travel in a header, never in an address, and so never in anybody's log. */
export interface Client {
  readonly get: (path: string, query?: Readonly<Record<string, string>>) => Asked;
  readonly send: (method: 'POST' | 'PUT' | 'DELETE', path: string, body: Json) => Asked;
}

const LIMITED_MS = 30_000;
const LONGEST_MS = 15 * 60_000;

/** A client for `wc/v3` and what else lies under `/wp-json/`. Paths are without a slash at the beginning: "wc/v3/orders". */
export function clientOf({ connection, credentials, fetch, now }: Reach): Client {
  const keys = `${credentials.consumerKey ?? ''}:${credentials.consumerSecret ?? ''}`;
  const authorization = `Basic ${Buffer.from(keys, 'utf8').toString('base64')}`;

  const ask = async (path: string, init: RequestInit): Asked => {
    let answer: Response;
    let body: string;
    try {
      answer = await fetch(`${connection.address}/wp-json/${path}`, {
        ...init,
        headers: { accept: 'application/json', authorization, ...init.headers },
      });
      body = await answer.text();
    } catch (error) {
      return err({ kind: 'unavailable', detail: error instanceof Error ? error.message : 'The request failed.' });
    }
    if (!answer.ok) return err(faultOf(answer, body, now));
    const value = parsed(body);
    // Themes and extensions that print warnings before the JSON are the commonest fault of a WordPress.
    if (value === undefined) return err({ kind: 'drift', path: `${path.split('?', 1)[0]} (the answer is no JSON)` });
    const total = answer.headers.get('x-wp-total');
    return ok({ value, total: total !== null && /^\d{1,12}$/.test(total) ? Number(total) : null });
  };

  return {
    get: (path, query = {}) => {
      const asked = new URLSearchParams(query).toString();
      return ask(asked === '' ? path : `${path}?${asked}`, { method: 'GET' });
    },
    send: (method, path, body) =>
      ask(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  };
}

/** What is read of an answer, or the path of what is missing in it. */
export function shapedAs<T>(
  shape: z.ZodType<T>,
  path: string,
  answer: Result<Answer<unknown>, PlatformFault>,
): Result<T, PlatformFault> {
  if (!answer.ok) return answer;
  const read = shape.safeParse(answer.value.value);
  if (read.success) return ok(read.data);
  return err({ kind: 'drift', path: [path, ...(read.error.issues[0]?.path ?? [])].join('.') });
}

/** The code that WordPress gives with a refusal, such as "woocommerce_rest_coupon_code_already_exists". */
export const isRefusal = (fault: PlatformFault, code: string): boolean =>
  fault.kind === 'refused' && fault.detail.startsWith(`${code}: `);

function faultOf(answer: Response, body: string, now: number): PlatformFault {
  const { code, message } = refusal(body);
  const detail = `${code}: ${message}`;
  switch (answer.status) {
    case 401:
      return { kind: 'unauthorised' };
    case 403:
      return { kind: 'forbidden', scope: null };
    case 404:
    case 410:
      // A wrong path is not a missing thing: WordPress says which.
      return code === 'rest_no_route' || code === 'none' ? { kind: 'refused', detail } : { kind: 'gone' };
    case 429:
      return { kind: 'limited', retryAfterMs: waitOf(answer.headers.get('retry-after'), now) };
    case 500:
      // WooCommerce answers 500 to refunds a payment provider did not take.
      return code === 'woocommerce_rest_cannot_create_order_refund'
        ? { kind: 'refused', detail }
        : { kind: 'unavailable', detail: 'It answered 500.' };
    default:
      if (answer.status >= 500 || answer.status === 408 || answer.status < 400)
        return { kind: 'unavailable', detail: `It answered ${answer.status}.` };
      return { kind: 'refused', detail };
  }
}

function refusal(body: string): { readonly code: string; readonly message: string } {
  const value = parsed(body);
  if (typeof value !== 'object' || value === null) return { code: 'none', message: 'It gave no reason.' };
  const { code, message } = value as { readonly code?: unknown; readonly message?: unknown };
  return {
    code: typeof code === 'string' ? code.slice(0, 100) : 'none',
    message: typeof message === 'string' ? message.replaceAll(/<[^>]*>/g, '').slice(0, 300) : 'It gave no reason.',
  };
}

/** A Retry-After, in seconds or as a date, within sense. */
function waitOf(text: string | null, now: number): number {
  if (text === null) return LIMITED_MS;
  const ms = /^\d{1,6}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? LIMITED_MS : Math.min(Math.max(ms, 1_000), LONGEST_MS);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

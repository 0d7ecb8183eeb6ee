import { type Answer, invalid, ok } from './answers.ts';
import type { Thing } from './shop.ts';

const LARGEST_PAGE = 1_000;

/** A list as Medusa gives it: filtered, in the order of one field, a page of it, with the count of all. */
export function list(name: string, things: readonly Thing[], query: URLSearchParams): Answer {
  const order = query.get('order') ?? 'id';
  // Only one field can be named: with two, Medusa 2.21 fails.
  if (order.includes(','))
    return { status: 500, body: { code: 'unknown_error', message: 'An unknown error occurred.' } };
  const limit = Number(query.get('limit') ?? 50);
  const offset = Number(query.get('offset') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) return invalid('Invalid limit');
  const since = query.get('updated_at[$gte]');
  if (since !== null && Number.isNaN(Date.parse(since))) return invalid('Invalid updated_at');
  const found = things
    .filter((thing) => since === null || String(thing.updated_at) >= since)
    .filter((thing) => matches(thing, query))
    .toSorted((a, b) => (String(a[order]) < String(b[order]) ? -1 : 1));
  return ok({ [name]: found.slice(offset, offset + limit), count: found.length, offset, limit });
}

function matches(thing: Thing, query: URLSearchParams): boolean {
  const after = query.get('id[$gt]');
  if (after !== null && thing.id <= after) return false;
  const account = query.get('has_account');
  if (account !== null && String(thing.has_account) !== account) return false;
  const code = query.get('code');
  if (code !== null && thing.code !== code) return false;
  return ['id', 'order_id', 'name'].every((field) => {
    const wanted = query.getAll(`${field}[]`);
    return wanted.length === 0 || wanted.includes(String(thing[field]));
  });
}

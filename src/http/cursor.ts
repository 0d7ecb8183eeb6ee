import { z } from 'zod';
import { type ProblemAnswer, problem } from './problem.ts';

const cursor = z.tuple([z.int(), z.string().max(60)]);

/** A place in a list as text that callers hand back unread. */
export function writeCursor(value: number, id: string): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

/** The place a cursor stands for; null without one. A cursor that we did not write is refused. */
export function readCursor(
  text: string | undefined,
  ofId: RegExp,
): { value: number; id: string } | null | ProblemAnswer {
  if (text === undefined) return null;
  try {
    const [value, id] = cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (ofId.test(id)) return { value, id };
  } catch {
    // Said below.
  }
  return problem(400, '"cursor" is not one that a page of this list gave as "next".', {
    errors: [{ field: 'cursor', message: 'is not one that a page of this list gave' }],
  });
}

export const UUID_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const NUMBER_ID = /^\d{1,15}$/;

/** One more row than asked for was read: then there is a next page, from the last one shown. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  place: (last: T) => { value: number; id: string },
): { items: readonly T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items, next: null };
  const { value, id } = place(last);
  return { items, next: writeCursor(value, id) };
}

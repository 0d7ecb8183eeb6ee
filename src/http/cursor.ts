import { z } from 'zod';
import { type ProblemAnswer, problem } from './problem.ts';

/** Where a page ended: the value sorted by and the id that breaks ties. */
export interface Place {
  readonly value: number;
  readonly id: string;
}

/** In a list that is in groups, also which group that was in. */
export interface GroupPlace<Group extends string = string> extends Place {
  readonly group: Group;
}

const place = z.tuple([z.int(), z.string().max(60)]);
const groupPlace = z.tuple([z.int(), z.string().max(60), z.string().max(20)]);

/** A place in a list as text that callers hand back unread. */
function writeCursor(at: Place | GroupPlace): string {
  return Buffer.from(JSON.stringify([at.value, at.id, ...('group' in at ? [at.group] : [])])).toString('base64url');
}

/** The place a cursor stands for; null without one. A cursor that we did not write is refused. */
export function readCursor(text: string | undefined, ofId: RegExp): Place | null | ProblemAnswer {
  if (text === undefined) return null;
  const [value, id] = place.safeParse(unpacked(text)).data ?? [];
  return value !== undefined && id !== undefined && ofId.test(id) ? { value, id } : notOurs();
}

/** The same in a list that is in these groups. */
export function readGroupCursor<Group extends string>(
  text: string | undefined,
  ofId: RegExp,
  groups: readonly Group[],
): GroupPlace<Group> | null | ProblemAnswer {
  if (text === undefined) return null;
  const [value, id, named] = groupPlace.safeParse(unpacked(text)).data ?? [];
  const group = groups.find((each) => each === named);
  return value !== undefined && id !== undefined && group !== undefined && ofId.test(id)
    ? { value, id, group }
    : notOurs();
}

function unpacked(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

const notOurs = (): ProblemAnswer =>
  problem(400, '"cursor" is not one that a page of this list gave as "next".', {
    errors: [{ field: 'cursor', message: 'is not one that a page of this list gave' }],
  });

export const UUID_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const NUMBER_ID = /^\d{1,15}$/;

/** One more row than asked for was read: then there is a next page, from the last one shown. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  placeOf: (last: T) => Place | GroupPlace,
): { items: readonly T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items, next: null };
  return { items, next: writeCursor(placeOf(last)) };
}

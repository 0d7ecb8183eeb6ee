import { isStronger } from '../../core/lists/answers.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { formatInstant, type Instant } from '../../core/shared/time.ts';
import type { EntryChange, ListEntry } from '../../ports/lists.ts';
import { extendEntry, removeEntries } from '../../workflows/lists/change-entry.ts';
import { readLines } from '../../workflows/lists/read-lines.ts';
import { readValues } from '../../workflows/lists/search.ts';
import type { EntryWish } from '../../workflows/lists/wish.ts';
import { type ListDeps, writeEntries } from '../../workflows/lists/write-entries.ts';
import { NUMBER_ID, pageOf, readCursor, UUID_ID } from '../cursor.ts';
import { ProblemAnswer, refused } from '../problem.ts';
import type { ProblemWords } from '../problem-words.ts';
import { readUntil } from './acting-routes.ts';
import type { RegisterRoute } from './route.ts';

export type EntryDeps = ListDeps;

/** The shop's lists: who is always let through, who is stopped. */
export function entryRoutes(route: RegisterRoute, deps: EntryDeps, words: ProblemWords): void {
  const { lists } = deps.store;

  route('POST /api/shops/:shop/lists/search', async ({ shop, body }) => {
    const after = readCursor(body.cursor, UUID_ID);
    if (after instanceof ProblemAnswer) return after;
    const now = deps.clock.now();
    const [rows, counts] = await Promise.all([
      lists.page(shop.id, {
        list: body.list ?? null,
        types: body.type,
        show: body.show,
        values: readValues(deps.vault, shop, body.q ?? ''),
        now,
        after,
        limit: body.limit + 1,
      }),
      after === null ? lists.counts(shop.id, now) : null,
    ]);
    const page = pageOf(rows, body.limit, (last) => ({
      value: body.show === 'ending' ? last.until : last.createdAt,
      id: last.id,
    }));
    return { items: page.items.map(entryView), next: page.next, counts };
  });

  route('POST /api/shops/:shop/lists/entries/preview', async ({ shop, body, language }) => {
    const read = await readLines(deps, shop, body);
    return {
      ...read,
      lines: read.lines.map((line) => ({
        ...line,
        refusal: line.refusal && { ...line.refusal, message: words.say(language, line.refusal.message) },
        known: line.known && {
          list: line.known.list,
          answer: line.known.answer,
          until: formatInstant(line.known.until),
        },
      })),
    };
  });

  route('POST /api/shops/:shop/lists/entries', async ({ shop, session, body, language }) => {
    const wishes: EntryWish[] = [];
    for (const entry of body.entries) {
      const until = untilOf(entry.until);
      if (!until.ok) return refused(until.error);
      wishes.push({ ...entry, until: until.value });
    }
    const outcomes = await writeEntries(deps, shop, session.staff.id, wishes);
    return {
      results: outcomes.map((outcome, index) =>
        outcome.status === 'refused'
          ? {
              index,
              status: outcome.status,
              entries: [],
              error: { ...outcome.refusal, message: words.say(language, outcome.refusal.message) },
            }
          : { index, status: outcome.status, entries: [...outcome.ids], error: null },
      ),
    };
  });

  route('POST /api/shops/:shop/lists/entries/:id/extend', async ({ shop, session, params, body }) => {
    const until = readUntil(body.until);
    if (!until.ok) return refused(until.error);
    const extended = await extendEntry(deps, shop, session.staff.id, params.id, {
      until: until.value,
      reason: body.reason,
    });
    return extended.ok ? entryView(extended.value) : refused(extended.error);
  });

  route('POST /api/shops/:shop/lists/remove', async ({ shop, session, body }) => {
    const removed = await removeEntries(deps, shop, session.staff.id, body.entries);
    return removed.ok ? { ok: true } : refused(removed.error);
  });

  route('GET /api/shops/:shop/lists/changes', async ({ shop, query }) => {
    const before = readCursor(query.cursor, NUMBER_ID);
    if (before instanceof ProblemAnswer) return before;
    const rows = await lists.changes(shop.id, {
      entry: query.entry ?? null,
      before: before?.value ?? null,
      limit: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (last) => ({ value: last.seq, id: String(last.seq) }));
    return { items: page.items.map(changeView), next: page.next };
  });
}

function untilOf(text: string | undefined): Result<Instant | undefined, Parameters<typeof refused>[0]> {
  if (text === undefined) return ok(undefined);
  const until = readUntil(text);
  return until.ok ? ok(until.value) : err(until.error);
}

export const entryView = (entry: ListEntry) => ({
  ...entry,
  harder: entry.answer !== null && isStronger(entry.type, entry.answer),
  createdAt: formatInstant(entry.createdAt),
  until: formatInstant(entry.until),
  lastHitAt: entry.lastHitAt === null ? null : formatInstant(entry.lastHitAt),
});

const changeView = ({ seq: _seq, ...change }: EntryChange) => ({
  ...change,
  at: formatInstant(change.at),
  until: formatInstant(change.until),
});

import { type Kysely, type RawBuilder, sql } from 'kysely';
import { soonBefore } from '../../../core/lists/ends.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { days, subtractPeriod } from '../../../core/shared/period.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { EntriesWanted, EntryCounts, EntryFilter, ListEntry } from '../../../ports/lists.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { type EntryRow, selectEntries, toEntry } from './entry-row.ts';
import { valuesTable } from './values-table.ts';

/** Whoever was not met for so long is perhaps not coming back. */
const UNUSED_FOR = days(90);

const at = (instant: Instant): RawBuilder<unknown> => sql`${formatInstant(instant)}::timestamptz`;

/** The condition of each filter on `e`. */
function shown(filter: EntryFilter, now: Instant): RawBuilder<unknown> {
  switch (filter) {
    case 'valid':
      return sql`e.until_at > ${at(now)}`;
    case 'ending':
      return sql`e.until_at > ${at(now)} and e.until_at <= ${at(soonBefore(now))}`;
    case 'ended':
      return sql`e.until_at <= ${at(now)}`;
    case 'unused':
      return sql`e.until_at > ${at(now)} and e.hits = 0 and e.created_at <= ${at(subtractPeriod(now, UNUSED_FOR))}`;
  }
}

/** A page of the lists: what is about to end by its end, all else newest first. */
export async function entriesPage(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  { list, types, show, values, now, after, limit }: EntriesWanted,
): Promise<readonly ListEntry[]> {
  const byEnd = show === 'ending';
  const column = sql.raw(byEnd ? 'e.until_at' : 'e.created_at');
  const place =
    after === null
      ? sql``
      : byEnd
        ? sql`and (${column}, e.id) > (${at(after.value as Instant)}, ${after.id}::uuid)`
        : sql`and (${column} < ${at(after.value as Instant)} or (${column} = ${at(after.value as Instant)} and e.id > ${after.id}::uuid))`;
  const { rows } = await sql<EntryRow>`
    ${selectEntries}
     where e.shop_id = ${shop} and ${shown(show, now)}
       ${list === null ? sql`` : sql`and e.list = ${list}`}
       ${types.length === 0 ? sql`` : sql`and e.type = any(${[...types]}::text[])`}
       ${values === null ? sql`` : sql`and (e.type, e.hash) in (select type, hash from ${valuesTable(values)})`}
       ${place}
     order by ${column} ${sql.raw(byEnd ? 'asc' : 'desc')}, e.id limit ${limit}`.execute(db);
  return rows.map((row) => toEntry(vault, row));
}

/** How many each filter would show. */
export async function entryCounts(db: Kysely<Database>, shop: ShopId, now: Instant): Promise<EntryCounts> {
  const { rows } = await sql<EntryCounts>`
    select count(*) filter (where ${shown('valid', now)} and e.list = 'allow') as allow,
           count(*) filter (where ${shown('valid', now)} and e.list = 'deny') as deny,
           count(*) filter (where ${shown('ending', now)}) as ending,
           count(*) filter (where ${shown('ended', now)}) as ended,
           count(*) filter (where ${shown('unused', now)}) as unused
      from list_entry e where e.shop_id = ${shop}`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('Counting gave no row');
  return row;
}

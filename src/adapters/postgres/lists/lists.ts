import { type Kysely, sql } from 'kysely';
import type { EntryAnswer, EntryType, ListName } from '../../../core/lists/types.ts';
import type { StaffId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { EntryChange, ListStore } from '../../../ports/lists.ts';
import type { Clock, Ids, Vault } from '../../../ports.ts';
import type { Soon } from '../../jobs/jobs.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { staffName } from '../staff/sealed-person.ts';
import { inTransaction } from '../transaction.ts';
import { type EntryRow, reasonOf, selectEntries, toEntry } from './entry-row.ts';
import { entriesInMemory } from './in-memory.ts';
import { entriesPage, entryCounts } from './page.ts';
import { toldValues } from './told-values.ts';
import { valuesTable } from './values-table.ts';
import { extendEntry, removeEntries, writeEntries } from './write.ts';

/** What the ledger calls what is done to lists, as the indexes of `0004_lists.sql` name it. */
const OF_LISTS = sql`kind in ('entry.added', 'entry.changed', 'entry.extended', 'entry.removed')`;

export interface ListContext {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly soon?: Soon | undefined;
}

/** The shop's lists on PostgreSQL. */
export function createListStore(db: Kysely<Database>, context: ListContext): ListStore {
  const { vault } = context;
  const appending = () => ({ vault, ids: context.ids, now: context.clock.now(), soon: context.soon });
  return {
    page: (shop, wanted) => entriesPage(db, vault, shop, wanted),
    counts: (shop, now) => entryCounts(db, shop, now),
    async entry(shop, id) {
      const { rows } = await sql<EntryRow>`${selectEntries} where e.shop_id = ${shop} and e.id = ${id}::uuid`.execute(
        db,
      );
      return rows[0] === undefined ? null : toEntry(vault, rows[0]);
    },
    async known(shop, values) {
      if (values.length === 0) return [];
      const { rows } = await sql<{
        place: number;
        id: string;
        list: ListName;
        answer: EntryAnswer | null;
        reason: Buffer | null;
        old_reason: string | null;
        createdAt: Instant;
        until: Instant;
      }>`
        select v.place::int as place, e.id, e.list, e.answer, e.reason, e.old_reason, e.created_at as "createdAt", e.until_at as until
          from ${valuesTable(values)} join list_entry e on e.shop_id = ${shop} and e.type = v.type and e.hash = v.hash`.execute(
        db,
      );
      const found = new Map(
        rows.map(({ place, old_reason, ...row }) => [
          place,
          { ...row, reason: reasonOf(vault, { ...row, old_reason }) },
        ]),
      );
      return values.map((_, index) => found.get(index + 1) ?? null);
    },
    async about(shop, customer, limit) {
      const { rows } = await sql<EntryRow>`
        ${selectEntries}
         where e.shop_id = ${shop}
           and (e.type, e.hash) in (select type, hash from customer_identifier where shop_id = ${shop} and customer_id = ${customer}
                                    union select type, hash from ${valuesTable(await toldValues(db, vault, shop, customer))})
         order by e.created_at desc, e.id limit ${limit}`.execute(db);
      return rows.map((row) => toEntry(vault, row));
    },
    async concerned(shop, values) {
      if (values.length === 0) return { customers: 0, good: 0 };
      const { rows } = await sql<{ customers: number; good: number }>`
        select count(*) as customers, count(*) filter (where c.standing in ('good', 'watched')) as good
          from customer c
         where c.shop_id = ${shop} and c.id in (
           select i.customer_id from ${valuesTable(values)}
             join customer_identifier i on i.shop_id = ${shop} and i.type = v.type and i.hash = v.hash)`.execute(db);
      return rows[0] ?? { customers: 0, good: 0 };
    },
    write: (shop, entries, by) => inTransaction(db, (tx) => writeEntries(tx, appending(), shop, entries, by)),
    extend: (shop, id, to, by) => inTransaction(db, (tx) => extendEntry(tx, appending(), shop, id, to, by)),
    remove: (shop, ids, by) =>
      ids.length === 0 ? Promise.resolve(0) : inTransaction(db, (tx) => removeEntries(tx, appending(), shop, ids, by)),
    async changes(shop, { entry, before, limit }) {
      const { rows } = await sql<ChangeRow>`
        select l.seq, l.kind, l.occurred_at, l.body, s.sealed as staff_sealed
          from ledger_event l left join staff s on s.id = (l.body ->> 'by')::uuid
         where l.shop_id = ${shop} and ${OF_LISTS}
           ${entry === null ? sql`` : sql`and l.body ->> 'entry' = ${entry}`}
           ${before === null ? sql`` : sql`and l.seq < ${before}`}
         order by l.seq desc limit ${limit}`.execute(db);
      return rows.map((row) => toChange(vault, row));
    },
    async hit(shop, counts) {
      if (counts.length === 0) return;
      // In the order of their ids, so that two processes that count at once never wait for each other in a circle.
      const ordered = [...counts].sort((a, b) => (a.id < b.id ? -1 : 1));
      await sql`
        with counted as (
          select e.id, h.count, h.at
            from unnest(${packed(
              'uuid',
              ordered.map(({ id }) => id),
            )}, ${packed(
              'bigint',
              ordered.map(({ count }) => count),
            )}, ${packed(
              'timestamptz',
              ordered.map(({ lastAt }) => formatInstant(lastAt)),
            )}) as h (id, count, at)
            join list_entry e on e.shop_id = ${shop} and e.id = h.id
           order by e.id for update of e)
        update list_entry e
           set hits = e.hits + counted.count, last_hit_at = greatest(e.last_hit_at, counted.at)
          from counted where e.shop_id = ${shop} and e.id = counted.id`.execute(db);
    },
    inMemory: (shop, now, only) => entriesInMemory(db, vault, shop, now, only),
  };
}

interface ChangeRow {
  readonly seq: number;
  readonly kind: string;
  readonly occurred_at: Instant;
  readonly staff_sealed: Buffer | null;
  readonly body: {
    readonly entry: string;
    readonly list: ListName;
    readonly type: EntryType;
    readonly answer: EntryAnswer | null;
    readonly until: string;
    readonly by: StaffId | null;
  };
}

const WHAT: Readonly<Record<string, EntryChange['what']>> = {
  'entry.added': 'added',
  'entry.changed': 'changed',
  'entry.extended': 'extended',
  'entry.removed': 'removed',
};

function toChange(vault: Vault, { seq, kind, occurred_at, staff_sealed, body }: ChangeRow): EntryChange {
  const name = staffName(vault, body.by, staff_sealed);
  const what = WHAT[kind];
  if (what === undefined) throw new Error('An event that is not about a list was read as one');
  return {
    seq,
    entry: body.entry,
    type: body.type,
    at: occurred_at,
    what,
    by: body.by === null || name === null ? null : { id: body.by, name },
    list: body.list,
    answer: body.answer,
    until: Date.parse(body.until) as Instant,
  };
}

import { type Kysely, sql, type Transaction } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { CountBatch, LiveStore } from '../../../ports/live.ts';
import type { Database } from '../schema.ts';

/** Batches read at a time when a process begins. */
const PART = 50;

interface Row {
  readonly shop_id: ShopId;
  readonly process: string;
  readonly number: number;
  readonly counts: Buffer;
}

const batchOf = (row: Row): CountBatch => ({
  shop: row.shop_id,
  process: row.process,
  number: row.number,
  counts: row.counts,
});

/** See `LiveStore`. */
export function createLiveStore(db: Kysely<Database>): LiveStore {
  return {
    async exchange(process, { number, at, shops }, known) {
      const told = sql`(select * from unnest(${[...known.keys()]}::uuid[], ${[...known.values()]}::bigint[]) as known (process, number))`;
      const news = sql`select c.shop_id, c.process, c.number, c.counts from live_count c
        left join ${told} as known on known.process = c.process
        where c.process <> ${process} and c.number > coalesce(known.number, 0)
        order by c.process, c.number`;
      const { rows } =
        shops.size === 0
          ? await sql<Row>`${news}`.execute(db)
          : await sql<Row>`with mine as (
              insert into live_count (shop_id, process, number, at, counts)
              select shop, ${process}, ${number}, ${formatInstant(at)}, substring(${Buffer.concat([...shops.values()])}::bytea from start for length)
              from unnest(${[...shops.keys()]}::uuid[], ${startsOf([...shops.values()])}::int[], ${[...shops.values()].map(({ length }) => length)}::int[])
                as mine (shop, start, length)
              on conflict do nothing
            ) ${news}`.execute(db);
      return rows.map(batchOf);
    },

    readAll: (each) =>
      db
        .transaction()
        // What another process puts together meanwhile must not be read twice.
        .setIsolationLevel('repeatable read')
        .execute(async (tx) => {
          const { rows } = await sql<{ process: string; number: number }>`
            select process, max(number) as number from live_count group by process`.execute(tx);
          for (const { process } of rows) await readProcess(tx, process, each);
          return new Map(rows.map((row) => [row.process, row.number]));
        }),

    async tidy(packedBefore, { ofShops, ofAll }) {
      await sql`delete from live_count where at < ${formatInstant(ofAll)}`.execute(db);
      await sql`delete from live_count c using unnest(
          ${[...ofShops.keys()]}::uuid[], ${[...ofShops.values()].map(formatInstant)}::timestamptz[]) as kept (shop, since)
        where c.shop_id = kept.shop and c.at < kept.since`.execute(db);
      // One row a minute, shop and process instead of two a second; each count in them has its own time.
      await sql`with taken as (
          delete from live_count where not packed and at < ${formatInstant(packedBefore)} returning *
        )
        insert into live_count (shop_id, process, number, at, packed, counts)
        select shop_id, process, max(number), max(at), true, string_agg(counts, ''::bytea order by number)
        from taken group by shop_id, process, date_trunc('minute', at)`.execute(db);
    },
  };
}

/** Where each part begins once they stand behind one another, counted from 1. One text of bytes goes to the database as it is; a list of them goes as hexadecimal text. */
function startsOf(parts: readonly Uint8Array[]): readonly number[] {
  let next = 1;
  return parts.map(({ length }) => {
    const start = next;
    next += length;
    return start;
  });
}

async function readProcess(
  tx: Transaction<Database>,
  process: string,
  each: (batch: CountBatch) => void,
): Promise<void> {
  let after: { readonly number: number; readonly shop: string } = { number: 0, shop: NO_SHOP };
  for (;;) {
    const { rows } = await sql<Row>`
      select shop_id, process, number, counts from live_count
      where process = ${process} and (number, shop_id) > (${after.number}::bigint, ${after.shop}::uuid)
      order by number, shop_id limit ${PART}`.execute(tx);
    for (const row of rows) each(batchOf(row));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PART) return;
    after = { number: last.number, shop: last.shop_id };
  }
}

const NO_SHOP = '00000000-0000-0000-0000-000000000000';

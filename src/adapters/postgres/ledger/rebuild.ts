import { sql, type Transaction } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { Shop, Vault } from '../../../ports.ts';
import { makeAllDue } from '../enforcing/make-due.ts';
import { project } from '../projections/project.ts';
import { type EventRow, eventColumns, toEvent } from '../queries/event-row.ts';
import type { Database } from '../schema.ts';
import { lockHead } from './lock-head.ts';
import { tell } from './tell.ts';

const ROWS_AT_ONCE = 2_000;

/** See `LedgerStore.rebuild`. */
export async function rebuild(
  tx: Transaction<Database>,
  vault: Vault,
  shop: Shop,
  now: Instant,
  onProgress: (rows: number) => void = () => undefined,
): Promise<void> {
  await lockHead(tx, shop.id);
  await empty(tx, shop.id);
  let rows = 0;
  for (let after = 0; ; ) {
    const batch = await readAfter(tx, shop.id, after);
    await project(
      tx,
      vault,
      shop,
      batch.map((row) => ({ event: toEvent(row), sealed: row.sealed })),
      now,
    );
    rows += batch.length;
    onProgress(rows);
    const last = batch.at(-1);
    if (last === undefined || batch.length < ROWS_AT_ONCE) break;
    after = last.seq;
  }
  const unenforced = await makeAllDue(tx, shop.id, now);
  await tell(tx, { shop: shop.id, seq: null, decisions: true, unassessed: true, unenforced });
}

/** Row by row and not by truncate, which would take the other shops' rows with it. */
async function empty(tx: Transaction<Database>, shop: ShopId): Promise<void> {
  for (const table of [
    'customer',
    'customer_identifier',
    'customer_search',
    'measure',
    'proposal',
    'appeal',
    'customer_link',
    'customer_trait',
    'objection',
  ])
    await sql`delete from ${sql.table(table)} where shop_id = ${shop}`.execute(tx);
}

async function readAfter(
  tx: Transaction<Database>,
  shop: ShopId,
  seq: number,
): Promise<readonly (EventRow & { readonly sealed: Buffer | null })[]> {
  const { rows } = await sql<EventRow & { sealed: Buffer | null }>`
    select ${eventColumns}, sealed from ledger_event
    where shop_id = ${shop} and seq > ${seq} order by seq limit ${ROWS_AT_ONCE}`.execute(tx);
  return rows;
}

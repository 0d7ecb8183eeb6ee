import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { EnforcementStore, Restricted } from '../../../ports/standing.ts';
import { hex, packed } from '../packed.ts';
import { type MeasureRow, measureColumns, toMeasure } from '../queries/measure-row.ts';
import type { Database } from '../schema.ts';
import { keysOf, measuredInMemory } from './in-memory.ts';

/** What decisions are made from. Read when something changed, never while somebody waits at a checkout. */
export function createEnforcementStore(db: Kysely<Database>): EnforcementStore {
  /** Customers with measures in force, all of a shop or some. */
  async function restricted(shop: ShopId, only: RawBuilder<unknown>): Promise<readonly Restricted[]> {
    const { rows } = await sql<MeasureRow>`
      select ${measureColumns} from measure m
      where m.shop_id = ${shop} and m.state = 'active' ${only} order by m.customer_id, m.started_at, m.id`.execute(db);
    if (rows.length === 0) return [];
    const measures = Map.groupBy(rows, (row) => row.customer_id);
    const { rows: hashes } = await sql<{ customer_id: CustomerId; type: string; hash: Buffer }>`
      select customer_id, type, hash from customer_identifier
      where shop_id = ${shop} and customer_id = any(${[...measures.keys()]}::uuid[])`.execute(db);
    const hashesOf = Map.groupBy(hashes, (row) => row.customer_id);
    return [...measures].map(([customer, own]) => ({
      customer,
      hashes: (hashesOf.get(customer) ?? []).map((row) => `${row.type}:${row.hash.toString('hex')}`),
      measures: own.map(toMeasure),
    }));
  }

  return {
    restricted: (shop) => restricted(shop, sql``),
    async restrictedAmong(shop, customers) {
      return customers.length === 0 ? [] : restricted(shop, sql`and m.customer_id = any(${packed('uuid', customers)})`);
    },
    async restrictedBy(shop, hashes) {
      if (hashes.length === 0) return [];
      return restricted(
        shop,
        sql`and m.customer_id in (
          select i.customer_id from ${wanted(hashes)} join customer_identifier i using (type, hash) where i.shop_id = ${shop})`,
      );
    },
    async allowed(shop) {
      const { rows } = await sql<{ type: string; hash: Buffer; until_at: Instant }>`
        select type, hash, until_at from list_entry
         where shop_id = ${shop} and list = 'allow' and type in ('email', 'external', 'phone')`.execute(db);
      return new Map(rows.map((row) => [`${row.type}:${row.hash.toString('hex')}`, row.until_at]));
    },
    async customersOf(shop, hashes) {
      const { rows } = await sql<{ type: string; hash: Buffer; customer_id: CustomerId }>`
        select type, hash, customer_id from ${wanted(hashes)}
        join customer_identifier using (type, hash) where shop_id = ${shop}`.execute(db);
      return new Map(rows.map((row) => [`${row.type}:${row.hash.toString('hex')}`, row.customer_id]));
    },
    inMemory: (shop, only) => measuredInMemory(db, shop, only),
    async shopsInForce(most) {
      const { rows } = await sql<{ id: ShopId }>`
        select id from shop
         where exists (select 1 from measure m where m.shop_id = shop.id and m.state = 'active')
            or exists (select 1 from list_entry e where e.shop_id = shop.id)
         limit ${most}`.execute(db);
      return rows.map((row) => row.id);
    },
    keysOf: (shop, customers) => keysOf(db, shop, customers),
    async counters(shops) {
      const { rows } = await sql<{ shop_id: ShopId; counter: number }>`
        select shop_id, counter from shop_change where shop_id = any(${packed('uuid', shops)})`.execute(db);
      return new Map(rows.map((row) => [row.shop_id, row.counter]));
    },
    async changesSince(shop, counter, most) {
      return db
        .selectFrom('decision_change')
        .select(['counter', 'everything', 'policy', 'customers', 'entries'])
        .where('shop_id', '=', shop)
        .where('counter', '>', counter)
        .orderBy('counter')
        .limit(most)
        .execute();
    },
  };
}

/** Identifiers, as type and keyed hash, as a table to join. */
function wanted(hashes: readonly string[]): RawBuilder<unknown> {
  const parts = hashes.map((hash) => hash.split(':'));
  return sql`unnest(${packed(
    'text',
    parts.map(([type]) => type ?? ''),
  )}, ${packed(
    'bytea',
    parts.map(([, hash]) => hex(Buffer.from(hash ?? '', 'hex'))),
  )}) as wanted (type, hash)`;
}

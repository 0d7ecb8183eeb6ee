import { type Kysely, sql } from 'kysely';
import type { Obligation, Surface } from '../../../core/events/measures.ts';
import type { Measure } from '../../../core/measures/types.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { EnforcementStore, MeasureRecord } from '../../../ports/standing.ts';
import { hex, packed } from '../packed.ts';
import type { Database } from '../schema.ts';

interface MeasureRow {
  readonly customer_id: CustomerId;
  readonly id: Measure['id'];
  readonly type: Measure['type'];
  readonly obligations: Obligation[];
  readonly surfaces: Surface[];
  readonly ladder: string | null;
  readonly step: number | null;
  readonly rules: string[];
  readonly policy_version: number | null;
  readonly started_at: Instant;
  readonly until_at: Instant;
}

/** What decisions are made from. Read when something changed, never while somebody waits at a checkout. */
export function createEnforcementStore(db: Kysely<Database>): EnforcementStore {
  return {
    async restricted(shop) {
      const { rows } = await sql<MeasureRow>`
        select customer_id, id, type, obligations, surfaces, ladder, step, rules, policy_version, started_at, until_at
        from measure where shop_id = ${shop} and state = 'active' order by customer_id, started_at, id`.execute(db);
      const measures = Map.groupBy(rows, (row) => row.customer_id);
      const { rows: hashes } = await sql<{ customer_id: CustomerId; type: string; hash: Buffer }>`
        select customer_id, type, hash from customer_identifier
        where shop_id = ${shop} and customer_id = any(${[...measures.keys()]}::uuid[])`.execute(db);
      const hashesOf = Map.groupBy(hashes, (row) => row.customer_id);
      return [...measures].map(([customer, own]) => ({
        customer,
        hashes: (hashesOf.get(customer) ?? []).map((row) => `${row.type}:${row.hash.toString('hex')}`),
        measures: own.map(
          (row): MeasureRecord => ({
            id: row.id,
            customer,
            type: row.type,
            state: 'active',
            obligations: row.obligations,
            surfaces: row.surfaces,
            ladder: row.ladder,
            step: row.step,
            rules: row.rules,
            policyVersion: row.policy_version,
            startedAt: row.started_at,
            until: row.until_at,
            endedAt: null,
            endedBecause: null,
          }),
        ),
      }));
    },
    async allowed(shop) {
      const { rows } = await sql<{ type: string; hash: Buffer; until_at: Instant }>`
        select type, hash, until_at from allow_entry where shop_id = ${shop}`.execute(db);
      return new Map(rows.map((row) => [`${row.type}:${row.hash.toString('hex')}`, row.until_at]));
    },
    async customersOf(shop, hashes) {
      const parts = hashes.map((hash) => hash.split(':'));
      const { rows } = await sql<{ type: string; hash: Buffer; customer_id: CustomerId }>`
        select type, hash, customer_id
        from unnest(${packed(
          'text',
          parts.map(([type]) => type ?? ''),
        )}, ${packed(
          'bytea',
          parts.map(([, hash]) => hex(Buffer.from(hash ?? '', 'hex'))),
        )}) as wanted (type, hash)
        join customer_identifier using (type, hash) where shop_id = ${shop}`.execute(db);
      return new Map(rows.map((row) => [`${row.type}:${row.hash.toString('hex')}`, row.customer_id]));
    },
    async changes() {
      const { rows } = await sql<{ shop_id: ShopId; counter: number }>`
        select shop_id, counter from shop_change`.execute(db);
      return new Map(rows.map((row) => [row.shop_id, row.counter]));
    },
  };
}

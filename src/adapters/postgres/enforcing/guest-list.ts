import { type Kysely, sql } from 'kysely';
import type { CustomerId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { GuestListStore } from '../../../ports/enforcing.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { NEVER } from './marks.ts';

/** The list of guests of each connection: whether it is to be handed over again, and how it went. */
export function createGuestListStore(db: Kysely<Database>): GuestListStore {
  return {
    async begin(shop, connection, at) {
      await sql`insert into platform_guest_list (shop_id, connection_id, next_at)
                values (${shop}, ${connection}, ${formatInstant(at)}) on conflict do nothing`.execute(db);
    },
    async claim(shop, connection, { now, until }) {
      const { rows } = await sql<{ attempts: number }>`
        update platform_guest_list set taken_until = ${formatInstant(until)}, due = false
         where shop_id = ${shop} and connection_id = ${connection} and next_at <= ${formatInstant(now)}
           and (taken_until is null or taken_until <= ${formatInstant(now)})
        returning attempts`.execute(db);
      return rows[0] ?? null;
    },
    async told(shop, connection, { listed, fitted, at, nextAt }) {
      const { rows } = await sql<{ due: boolean }>`
        update platform_guest_list
           set listed = ${listed}, fitted = ${fitted}, applied_at = ${formatInstant(at)}, taken_until = null, attempts = 0,
               fault = null, next_at = case when due then next_at else ${formatInstant(nextAt ?? NEVER)}::timestamptz end
         where shop_id = ${shop} and connection_id = ${connection} returning due`.execute(db);
      return rows[0]?.due ?? false;
    },
    async notTold(shop, connection, { fault, nextAt, spent }) {
      await sql`
        update platform_guest_list
           set taken_until = null, due = true, fault = ${fault}, attempts = attempts + ${spent ? 1 : 0},
               next_at = case when due then next_at else ${formatInstant(nextAt)}::timestamptz end
         where shop_id = ${shop} and connection_id = ${connection}`.execute(db);
    },
    async of(shop, connection) {
      const { rows } = await sql<{ listed: number; fitted: number; applied_at: Instant | null; fault: string | null }>`
        select listed, fitted, applied_at, fault from platform_guest_list
         where shop_id = ${shop} and connection_id = ${connection}`.execute(db);
      const [row] = rows;
      return row === undefined
        ? null
        : { listed: row.listed, fitted: row.fitted, appliedAt: row.applied_at, fault: row.fault };
    },
    async lastSeen(shop, customers) {
      const { rows } = await sql<{ id: CustomerId; last_at: Instant }>`
        select c.id, c.last_at from unnest(${packed('uuid', customers)}) as wanted (id)
          join customer c on c.shop_id = ${shop} and c.id = wanted.id`.execute(db);
      return new Map(rows.map((row) => [row.id, row.last_at]));
    },
  };
}

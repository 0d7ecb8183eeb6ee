import { type Kysely, sql } from 'kysely';
import { type OutboxState, outboxStates } from '../../../core/notices/outbox.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';

/** How many messages of a shop are in each state, from the index alone. */
export async function counts(db: Kysely<Database>, shop: ShopId): Promise<Readonly<Record<OutboxState, number>>> {
  const { rows } = await sql<{ state: OutboxState; count: number }>`
    select state, count(*) as count from outbox where shop_id = ${shop} group by state`.execute(db);
  const counted = new Map(rows.map(({ state, count }) => [state, count]));
  return Object.fromEntries(outboxStates.map((state) => [state, counted.get(state) ?? 0])) as Record<
    OutboxState,
    number
  >;
}

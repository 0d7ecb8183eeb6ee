import { sql, type Transaction } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';

/** The channel on which every process hears, at commit, that something of a shop changed. */
export const CHANGES = 'evenhand_change';

/** What a message on the channel says, as JSON. */
export interface Change {
  readonly shop: ShopId;
  /** Where the ledger ends now; null when something else changed. */
  readonly seq: number | null;
  /** Whether decisions depend on it: then the counter in `shop_change` has grown as well, for those who missed the message. */
  readonly decisions: boolean;
  /** Customers became due, and nobody has asked for their assessment yet. */
  readonly unassessed?: boolean;
  /** The shop's system is to be told of something, and nobody has asked for it yet. */
  readonly unenforced?: boolean;
}

export async function tell(tx: Transaction<Database>, change: Change): Promise<void> {
  if (change.decisions)
    await sql`insert into shop_change (shop_id, counter) values (${change.shop}, 1)
              on conflict (shop_id) do update set counter = shop_change.counter + 1`.execute(tx);
  await sql`select pg_notify(${CHANGES}, ${JSON.stringify(change)})`.execute(tx);
}

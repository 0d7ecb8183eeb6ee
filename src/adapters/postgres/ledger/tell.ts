import { sql, type Transaction } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

/** The channel on which every process hears, at commit, that something of a shop changed. */
export const CHANGES = 'evenhand_change';

/** What a message on the channel says, as JSON. */
export interface Change {
  readonly shop: ShopId;
  /** Where the ledger ends now; null when something else changed. */
  readonly seq: number | null;
  /**
   * Whether decisions depend on it: then a row of `decision_change` says what changed, for each process to renew that alone. Where nothing
   * of the following is named, all of it may have changed.
   */
  readonly decisions: boolean;
  readonly customers?: readonly CustomerId[];
  readonly entries?: readonly string[];
  /** The published policy, or the shop's settings. */
  readonly policy?: boolean;
  /** Customers became due, and nobody has asked for their assessment yet. */
  readonly unassessed?: boolean;
  /** The shop's system is to be told of something, and nobody has asked for it yet. */
  readonly unenforced?: boolean;
}

/** More than so many together are read as fast by reading everything. */
const MOST_NAMED = 5_000;
/** So many changes of a shop are kept, in steps of `PRUNE_EVERY`. */
const KEPT = 5_000;
const PRUNE_EVERY = 500;

export async function tell(tx: Transaction<Database>, change: Change): Promise<void> {
  if (change.decisions) await number(tx, change);
  const { customers: _, entries: __, policy: ___, ...said } = change;
  await sql`select pg_notify(${CHANGES}, ${JSON.stringify(said)})`.execute(tx);
}

/**
 * Gives the change the shop's next number. The row of `shop_change` stays locked until the transaction ends, so numbers are given in
 * the order of commits, and whoever sees one sees all before it.
 */
async function number(
  tx: Transaction<Database>,
  { shop, customers = [], entries = [], policy = false }: Change,
): Promise<void> {
  const named = customers.length + entries.length;
  const everything = named > MOST_NAMED || (named === 0 && !policy);
  const { rows } = await sql<{ counter: number }>`
    with numbered as (
      insert into shop_change (shop_id, counter) values (${shop}, 1)
      on conflict (shop_id) do update set counter = shop_change.counter + 1 returning counter
    )
    insert into decision_change (shop_id, counter, everything, policy, customers, entries)
    select ${shop}, counter, ${everything}, ${policy}, ${packed('uuid', everything ? [] : customers)},
           ${packed('uuid', everything ? [] : entries)} from numbered
    returning counter`.execute(tx);
  const counter = rows[0]?.counter ?? 0;
  if (counter % PRUNE_EVERY === 0)
    await sql`delete from decision_change where shop_id = ${shop} and counter <= ${counter - KEPT}`.execute(tx);
}

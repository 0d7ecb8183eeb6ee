import { sql, type Transaction } from 'kysely';
import { isMeasureEvent } from '../../../core/measures/fold.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { Vault } from '../../../ports.ts';
import { toldValues } from '../lists/told-values.ts';
import { valuesTable } from '../lists/values-table.ts';
import type { Database } from '../schema.ts';
import type { Projected } from './project.ts';

/**
 * Forgets an erased customer: name and search tokens. (The key is no projection: `append` destroys it, once.) The hashes stay for as long as a measure is in force, because a block
 * must outlive erasure, and go with its end.
 */
export async function projectErasure(
  tx: Transaction<Database>,
  vault: Vault,
  shop: ShopId,
  rows: readonly Projected[],
): Promise<void> {
  const erased = rows.flatMap(({ event }) => (event.kind === 'account.erased' ? [event] : [])).at(-1);
  if (erased !== undefined && erased.customer !== null) {
    const { customer } = erased;
    // What is left of an entry on a list is its hash: it goes on recognising, and nobody can read whom or why.
    const told = await toldValues(tx, vault, shop, customer, erased.seq);
    await sql`update list_entry e set sealed = null, reason = null, old_reason = null
               from (select type, hash from customer_identifier where shop_id = ${shop} and customer_id = ${customer}
                     union select type, hash from ${valuesTable(told)}) i
              where e.shop_id = ${shop} and e.type = i.type and e.hash = i.hash
                and e.sealed is not null and e.created_at <= ${formatInstant(erased.recordedAt)}`.execute(tx);
    await sql`delete from customer_search where shop_id = ${shop} and customer_id = ${customer}`.execute(tx);
    await sql`update customer set sealed = null, erased_at = ${formatInstant(erased.recordedAt)}
              where shop_id = ${shop} and id = ${customer}`.execute(tx);
  }
  const changed = rows.flatMap(({ event }) =>
    event.customer !== null && (event.kind === 'account.erased' || isMeasureEvent(event)) ? [event.customer] : [],
  );
  if (changed.length === 0) return;
  await sql`
    delete from customer_identifier i using customer c
    where i.shop_id = ${shop} and i.customer_id = any(${[...new Set(changed)]}::uuid[])
      and c.shop_id = i.shop_id and c.id = i.customer_id and c.erased_at is not null
      and not exists (select 1 from measure m where m.shop_id = c.shop_id and m.customer_id = c.id and m.state in ('active', 'suspended'))
  `.execute(tx);
}

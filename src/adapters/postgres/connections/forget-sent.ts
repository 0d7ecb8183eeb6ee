import { sql, type Transaction } from 'kysely';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';

/** Forgets of a customer what shop systems sent and what was kept beside the ledger: bodies, and where their orders go. */
export async function forgetSent(tx: Transaction<Database>, shop: ShopId, customer: CustomerId): Promise<void> {
  await sql`
    update hook_received set sealed = null
     where shop_id = ${shop} and customers @> array[${customer}]::uuid[] and sealed is not null`.execute(tx);
  await sql`
    delete from address_seen
     where shop_id = ${shop} and order_name in (
       select body ->> 'order' from ledger_event
        where shop_id = ${shop} and customer_id = ${customer} and kind = 'order.placed')`.execute(tx);
}

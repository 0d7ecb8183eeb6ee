import type { AbilityName } from '../../../core/enforcement/types.ts';

/** Every right that is asked for, and what is lost without it. */
export const SCOPES: readonly { readonly name: string; readonly for: readonly AbilityName[] }[] = [
  { name: 'read_orders', for: ['history', 'live_events'] },
  // What was bought: without it Shopify shows no article of an order.
  { name: 'read_products', for: ['history', 'live_events'] },
  { name: 'read_all_orders', for: ['history'] },
  { name: 'read_customers', for: ['history', 'live_events', 'customer_marks', 'refuse_purchase'] },
  { name: 'write_customers', for: ['customer_marks', 'refuse_purchase'] },
  { name: 'read_returns', for: ['history', 'live_events', 'refuse_return'] },
  { name: 'write_returns', for: ['approve_return', 'decline_return', 'refuse_return'] },
  { name: 'read_shopify_payments_disputes', for: ['history', 'live_events'] },
  { name: 'read_fulfillments', for: ['live_events'] },
  { name: 'write_orders', for: ['cancel_order', 'assess_order'] },
  { name: 'read_merchant_managed_fulfillment_orders', for: ['hold_order', 'release_order'] },
  { name: 'write_merchant_managed_fulfillment_orders', for: ['hold_order', 'release_order'] },
  { name: 'read_third_party_fulfillment_orders', for: ['hold_order', 'release_order'] },
  { name: 'write_third_party_fulfillment_orders', for: ['hold_order', 'release_order'] },
  { name: 'read_store_credit_accounts', for: ['give_store_credit'] },
  { name: 'read_store_credit_account_transactions', for: ['give_store_credit'] },
  { name: 'write_store_credit_account_transactions', for: ['give_store_credit'] },
  { name: 'write_gift_cards', for: ['give_gift_card'] },
  { name: 'write_discounts', for: ['give_discount'] },
];

/** Which scopes are there: who may write may also read. */
export function grantedScopes(handles: readonly string[]): ReadonlySet<string> {
  const granted = new Set(handles);
  for (const handle of handles) if (handle.startsWith('write_')) granted.add(`read_${handle.slice('write_'.length)}`);
  return granted;
}

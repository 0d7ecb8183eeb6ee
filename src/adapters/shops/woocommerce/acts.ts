import type { ShopAct } from '../../../core/enforcement/types.ts';
import { assertNever } from '../../../core/shared/assert-never.ts';
import { err, type Result } from '../../../core/shared/result.ts';
import type { MarkedCustomer, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { cancelOrder } from './cancel.ts';
import { clientOf } from './client.ts';
import { giveDiscount } from './coupons.ts';
import { holdOrder, releaseOrder } from './hold.ts';
import { noteOnce } from './notes.ts';

export type Done = Promise<Result<{ readonly reference: string | null }, PlatformFault>>;

/** Does one thing in the shop. What was done already is found done, and left as it is. */
export async function act(reach: Reach, wish: ShopAct, customer: MarkedCustomer | null, key: string): Done {
  const client = clientOf(reach);
  switch (wish.kind) {
    case 'hold_order':
      return holdOrder(client, wish.order, key);
    case 'release_order':
      return releaseOrder(client, wish.order, key);
    case 'cancel_order':
      return cancelOrder(client, wish, key);
    case 'assess_order':
      return noteOnce(client, wish.order, [`Evenhand: ${wish.risk} risk`, ...wish.facts].join('\n'), key);
    case 'give_discount':
      return giveDiscount(client, wish, customer, key);
    case 'approve_return':
    case 'decline_return':
    case 'give_store_credit':
    case 'give_gift_card':
      return err({ kind: 'cannot' });
    default:
      return assertNever(wish);
  }
}

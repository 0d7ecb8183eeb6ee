import type { Abilities, Ability } from '../../../core/enforcement/types.ts';

const itself = (note: string | null = null): Ability => ({ how: 'itself', note });
const extension = (note: string | null = null): Ability => ({ how: 'extension', note });
const byHand = (note: string | null = null): Ability => ({ how: 'by_hand', note });
const no = (note: string): Ability => ({ how: 'no', note });

/** What WooCommerce does by itself, with our extension, by hand, or not at all. The notes are in `languages/<code>/words/woocommerce.json`. */
export const abilities: Abilities = {
  history: itself('refundsByLine'),
  live_events: itself('slowBatches'),
  refuse_purchase: extension('asksAtCheckout'),
  refuse_guest_purchase: extension('asksAtCheckout'),
  refuse_cart: extension('cartByAccount'),
  refuse_return: byHand('noReturns'),
  refuse_review: extension(),
  refuse_login: extension('loginKeepsRights'),
  refuse_contact: byHand('noContact'),
  customer_marks: itself('marksInAccount'),

  prepayment_only: extension('wayOfPaying'),
  returns_need_photos: byHand('noReturns'),
  returns_need_approval: byHand('noReturns'),
  no_free_returns: byHand('noReturns'),
  order_limit: extension('openOrders'),
  one_variant_per_article: extension(),
  signature_on_delivery: byHand('orderNote'),
  fixed_delivery_address: extension('accountAddress'),
  official_channels_only: byHand('noContact'),
  reviews_need_approval: extension(),
  manual_review: extension('onHold'),

  hold_order: itself('onHold'),
  release_order: itself('onlyOurs'),
  cancel_order: itself('restock'),
  assess_order: itself('riskAsNote'),
  approve_return: no('noReturns'),
  decline_return: no('noReturns'),
  give_store_credit: no('noCredit'),
  give_gift_card: no('noCredit'),
  give_discount: itself('coupon'),
};

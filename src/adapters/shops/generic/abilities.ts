import type { Abilities, Ability } from '../../../core/enforcement/types.ts';

const own = (note: string): Ability => ({ how: 'extension', note });
const byHand = (note: string): Ability => ({ how: 'by_hand', note });
const no = (note: string): Ability => ({ how: 'no', note });

/** What a shop's own system does with Evenhand: what its makers build, and staff do the rest. The notes are in `languages/<code>/words/generic.json`. */
export const abilities: Abilities = {
  history: byHand('history'),
  live_events: own('live'),
  refuse_purchase: own('ask'),
  refuse_guest_purchase: own('guests'),
  refuse_cart: own('ask'),
  refuse_return: own('ask_return'),
  refuse_review: own('ask'),
  refuse_login: own('ask_login'),
  refuse_contact: own('ask'),
  customer_marks: own('told'),

  prepayment_only: own('obligation'),
  returns_need_photos: own('obligation'),
  returns_need_approval: own('obligation'),
  no_free_returns: own('obligation'),
  order_limit: own('obligation'),
  one_variant_per_article: own('obligation'),
  signature_on_delivery: own('obligation'),
  fixed_delivery_address: own('obligation'),
  official_channels_only: own('obligation'),
  reviews_need_approval: own('obligation'),
  manual_review: own('review'),

  hold_order: byHand('act'),
  release_order: byHand('act'),
  cancel_order: byHand('act'),
  assess_order: no('act'),
  approve_return: byHand('act'),
  decline_return: byHand('act'),
  give_store_credit: byHand('act'),
  give_gift_card: byHand('act'),
  give_discount: byHand('act'),
};

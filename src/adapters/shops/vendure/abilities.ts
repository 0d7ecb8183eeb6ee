import type { Abilities, Ability } from '../../../core/enforcement/types.ts';

const extension = (note: string | null = null): Ability => ({ how: 'extension', note });
const byHand = (note: string | null = null): Ability => ({ how: 'by_hand', note });
const no = (note: string): Ability => ({ how: 'no', note });

/** What our plug-in does in Vendure, what staff do, and what nobody can. The notes are in `languages/<code>/words/vendure.json`. */
export const abilities: Abilities = {
  history: extension(),
  live_events: extension('kept_until_told'),
  refuse_purchase: extension('before_payment'),
  refuse_guest_purchase: extension('guests_by_address'),
  refuse_cart: extension('known_customers'),
  refuse_return: byHand('no_returns'),
  refuse_review: no('no_reviews'),
  refuse_login: extension('login_rights'),
  refuse_contact: byHand('no_contact'),
  customer_marks: extension('groups'),

  prepayment_only: extension('pay_later_checker'),
  returns_need_photos: byHand('no_returns'),
  returns_need_approval: byHand('no_returns'),
  no_free_returns: byHand('no_returns'),
  order_limit: extension('open_orders'),
  one_variant_per_article: extension(),
  signature_on_delivery: byHand('order_note'),
  fixed_delivery_address: byHand('order_note'),
  official_channels_only: byHand('no_contact'),
  reviews_need_approval: no('no_reviews'),
  manual_review: extension('held_state'),

  hold_order: extension('held_state'),
  release_order: extension(),
  cancel_order: extension('before_dispatch'),
  assess_order: extension('private_note'),
  approve_return: no('no_returns'),
  decline_return: no('no_returns'),
  give_store_credit: no('no_credit'),
  give_gift_card: no('no_credit'),
  give_discount: extension('coupon'),
};

import type { Abilities, Ability } from '../../../core/enforcement/types.ts';

const itself = (note: string | null = null): Ability => ({ how: 'itself', note });
const extension = (note: string | null = null): Ability => ({ how: 'extension', note });
const byHand = (note: string | null = null): Ability => ({ how: 'by_hand', note });
const no = (note: string): Ability => ({ how: 'no', note });

/** What Medusa does by itself, with our plug-in, by hand, or not at all. The notes are in `languages/<code>/words/medusa.json`. */
export const abilities: Abilities = {
  history: itself('no_disputes'),
  live_events: extension('kept_until_told'),
  refuse_purchase: extension('before_payment'),
  refuse_guest_purchase: extension('guests_by_address'),
  refuse_cart: extension('known_customers'),
  refuse_return: byHand('cancel_by_staff'),
  refuse_review: no('no_reviews'),
  refuse_login: no('no_login'),
  refuse_contact: byHand('no_contact'),
  customer_marks: itself('groups'),

  prepayment_only: byHand('see_customer'),
  returns_need_photos: byHand('see_customer'),
  returns_need_approval: byHand('see_customer'),
  no_free_returns: byHand('see_customer'),
  order_limit: byHand('see_customer'),
  one_variant_per_article: byHand('see_customer'),
  signature_on_delivery: byHand('see_customer'),
  fixed_delivery_address: byHand('see_customer'),
  official_channels_only: byHand('no_contact'),
  reviews_need_approval: no('no_reviews'),
  manual_review: extension('hold'),

  hold_order: extension('hold'),
  release_order: extension(),
  cancel_order: itself('cancel'),
  assess_order: itself('metadata'),
  approve_return: itself('approve_open'),
  decline_return: itself('decline'),
  give_store_credit: no('no_credit'),
  give_gift_card: no('no_credit'),
  give_discount: itself('promotion'),
};

import type { Abilities, Ability } from '../../../core/enforcement/types.ts';

const able = (how: Ability['how'], note: string | null = null): Ability => ({ how, note });

/** What Shopify does for us and what not. A merchant sees this before they rely on it. */
export const abilities: Abilities = {
  history: able('itself', 'history'),
  live_events: able('itself', 'live_events'),
  refuse_purchase: able('extension', 'refuse_purchase'),
  refuse_guest_purchase: able('extension', 'refuse_guest_purchase'),
  refuse_cart: able('no', 'refuse_cart'),
  refuse_return: able('afterwards', 'refuse_return'),
  refuse_review: able('no', 'refuse_review'),
  refuse_login: able('no', 'refuse_login'),
  refuse_contact: able('no', 'refuse_contact'),
  customer_marks: able('itself', 'customer_marks'),

  prepayment_only: able('by_hand', 'by_tag'),
  returns_need_photos: able('by_hand', 'by_tag'),
  returns_need_approval: able('by_hand', 'returns_need_approval'),
  no_free_returns: able('by_hand', 'no_free_returns'),
  order_limit: able('afterwards', 'order_limit'),
  one_variant_per_article: able('afterwards', 'order_limit'),
  signature_on_delivery: able('by_hand', 'by_tag'),
  fixed_delivery_address: able('afterwards', 'order_limit'),
  official_channels_only: able('no', 'refuse_contact'),
  reviews_need_approval: able('no', 'refuse_review'),
  manual_review: able('afterwards', 'manual_review'),

  hold_order: able('itself', 'hold_order'),
  release_order: able('itself'),
  cancel_order: able('itself', 'cancel_order'),
  assess_order: able('itself', 'assess_order'),
  approve_return: able('itself'),
  decline_return: able('itself', 'decline_return'),
  give_store_credit: able('itself', 'give_store_credit'),
  give_gift_card: able('itself', 'give_gift_card'),
  give_discount: able('itself', 'give_discount'),
};

import type { Obligation, Surface } from '../events/measures.ts';
import { obligationWords } from '../policy/obligation-words.ts';

export interface ObligationEntry {
  /** Where it is asked for. */
  readonly surfaces: readonly Surface[];
  /** challenge: the customer can meet it there and then · review: a person looks first. */
  readonly asks: 'challenge' | 'review';
  /** A sentence to the customer. */
  readonly words: string;
}

const at = (surface: Surface, asks: ObligationEntry['asks'], obligation: Obligation): ObligationEntry => ({
  surfaces: [surface],
  asks,
  words: obligationWords[obligation],
});

/** All obligations: where each bites, what it asks and the words people read. */
export const obligations: Readonly<Record<Obligation, ObligationEntry>> = {
  prepayment_only: at('purchase', 'challenge', 'prepayment_only'),
  returns_need_photos: at('return', 'challenge', 'returns_need_photos'),
  returns_need_approval: at('return', 'review', 'returns_need_approval'),
  no_free_returns: at('return', 'challenge', 'no_free_returns'),
  order_limit: at('purchase', 'challenge', 'order_limit'),
  one_variant_per_article: at('purchase', 'challenge', 'one_variant_per_article'),
  signature_on_delivery: at('purchase', 'challenge', 'signature_on_delivery'),
  fixed_delivery_address: at('purchase', 'challenge', 'fixed_delivery_address'),
  official_channels_only: at('contact', 'challenge', 'official_channels_only'),
  reviews_need_approval: at('review', 'review', 'reviews_need_approval'),
  manual_review: at('purchase', 'review', 'manual_review'),
};

/** Whether an obligation of a measure is asked for at a surface. Only manual review follows the surfaces its measure names. */
export function asksAt(obligation: Obligation, measureSurfaces: readonly Surface[], surface: Surface): boolean {
  if (obligation === 'manual_review' && measureSurfaces.length > 0) return measureSurfaces.includes(surface);
  return obligations[obligation].surfaces.includes(surface);
}

import type { Obligation, Surface } from './measures.ts';

export interface ObligationEntry {
  /** Where it is asked for. */
  readonly surfaces: readonly Surface[];
  /** challenge: the customer can meet it there and then · review: a person looks first. */
  readonly asks: 'challenge' | 'review';
}

const at = (surface: Surface, asks: ObligationEntry['asks']): ObligationEntry => ({ surfaces: [surface], asks });

/** All obligations: where each bites and what it asks. The words people read are in each language's words for policies. */
export const obligations: Readonly<Record<Obligation, ObligationEntry>> = {
  prepayment_only: at('purchase', 'challenge'),
  returns_need_photos: at('return', 'challenge'),
  returns_need_approval: at('return', 'review'),
  no_free_returns: at('return', 'challenge'),
  order_limit: at('purchase', 'challenge'),
  one_variant_per_article: at('purchase', 'challenge'),
  signature_on_delivery: at('purchase', 'challenge'),
  fixed_delivery_address: at('purchase', 'challenge'),
  official_channels_only: at('contact', 'challenge'),
  reviews_need_approval: at('review', 'review'),
  manual_review: at('purchase', 'review'),
};

import type { Obligation, Surface } from '../events/measures.ts';

/** What each obligation asks of a customer, as a sentence to the customer. */
export const obligationWords: Readonly<Record<Obligation, string>> = {
  prepayment_only: 'You pay before we send.',
  returns_need_photos: 'You send photos with each return you ask for.',
  returns_need_approval: 'A colleague looks at each return before you send it.',
  no_free_returns: 'You pay the postage of returns yourself, unless the fault was ours.',
  order_limit: 'You can have one open order at a time.',
  one_variant_per_article: 'You can order one size or colour of an article at a time.',
  signature_on_delivery: 'Somebody signs for each parcel.',
  fixed_delivery_address: 'We send to the address you gave, and do not change it once the parcel is on its way.',
  official_channels_only: 'You write to us by e-mail or the contact form, and always get an answer there.',
  reviews_need_approval: 'A colleague reads your review before it appears.',
  manual_review: 'A colleague looks at each order before we accept it.',
};

/** What a block stops, as the end of "For a time you cannot …". */
export const surfaceWords: Readonly<Record<Surface, string>> = {
  purchase: 'place new orders',
  return: 'use the return form',
  contact: 'reach us by phone, chat or social media',
  review: 'post reviews',
  login: 'sign in',
};

/** What an answer to an appeal may have changed. */
export const TOUCHED = [
  'GET /api/shops/:shop/appeals',
  'GET /api/shops/:shop/appeals/:id',
  'GET /api/shops/:shop/home',
  'GET /api/shops/:shop/customers/:id',
  'GET /api/shops/:shop/customers/:id/timeline',
  'GET /api/shops/:shop/customers/:id/notices',
  'POST /api/shops/:shop/customers/search',
  'GET /api/shops/:shop/measures',
  'GET /api/shops/:shop/review',
  'GET /api/shops/:shop/outbox',
] as const;

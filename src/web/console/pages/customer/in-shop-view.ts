import type { ResponseOf } from '../../../../contracts/routes.ts';

/** A customer in the shop's system. */
export type InShopView = ResponseOf<'GET /api/shops/:shop/customers/:id/shop'>;

import type { ResponseOf } from '../../../../contracts/routes.ts';

export type Platform = ResponseOf<'GET /api/platforms'>['items'][number];
export type PlatformName = Platform['name'];
export type AbilityRow = Platform['abilities'][number];
export type ConnectionRow = ResponseOf<'GET /api/shops/:shop/connections'>['items'][number];
export type Connection = ResponseOf<'GET /api/shops/:shop/connections/:id'>;
export type Check = ResponseOf<'POST /api/shops/:shop/connections/check'>;
export type Made = ResponseOf<'POST /api/shops/:shop/connections'>;
export type PlatformRun = Connection['runs'][number];
export type ReceivedRow = ResponseOf<'GET /api/shops/:shop/connections/:id/received'>['items'][number];
export type ActRow = ResponseOf<'GET /api/shops/:shop/acts'>['items'][number];

/** In the order they are offered. */
export const PLATFORMS: readonly PlatformName[] = ['shopify', 'woocommerce', 'vendure', 'medusa', 'generic'];

export const isPlatform = (name: string): name is PlatformName => PLATFORMS.some((each) => each === name);

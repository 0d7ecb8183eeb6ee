import type { Identifier } from '../../core/identity/identifier.ts';
import type { ShopId } from '../../core/shared/brand.ts';
import type { Vault } from '../../ports.ts';

/** The same id for the same customer of a list, without saying who it is. */
export const nameless = (vault: Pick<Vault, 'identifierHash'>, shop: ShopId, { type, value }: Identifier): string =>
  `${type}:${vault.identifierHash(shop, type, value).toString('base64url')}`;

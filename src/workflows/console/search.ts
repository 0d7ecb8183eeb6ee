import { identifierTypes, normaliseIdentifier } from '../../core/identity/identifier.ts';
import { searchTokens } from '../../core/identity/names.ts';
import { phoneRegion } from '../../core/identity/region.ts';
import type { CustomerSearch } from '../../ports/console.ts';
import type { Shop, Vault } from '../../ports.ts';

/**
 * What somebody typed as everything it could be: a customer number, e-mail address, phone or order number, or the beginnings
 * of words of a name. Names and addresses are compared as keyed hashes; nothing is kept that could be read.
 */
export function readSearch(vault: Vault, shop: Shop, text: string): CustomerSearch | null {
  const typed = text.trim();
  if (typed === '') return null;
  const region = phoneRegion(shop.jurisdictions, shop.timeZone);
  return {
    identifiers: identifierTypes.flatMap((type) => {
      const value = normaliseIdentifier(type, typed, region);
      return value === null ? [] : [{ type, hash: vault.identifierHash(shop.id, type, value) }];
    }),
    order: typed,
    nameTokens: searchTokens(typed).map((token) => vault.searchToken(shop.id, token)),
  };
}

import { phoneRegion } from '../../core/identity/region.ts';
import { normaliseEntry } from '../../core/lists/normal.ts';
import { type EntryType, entryTypes } from '../../core/lists/types.ts';
import type { Shop, Vault } from '../../ports.ts';

/** What somebody typed as every value it could be; null: nothing was typed. Only an exact value is found: no list keeps values that can be read. */
export function readValues(
  vault: Vault,
  shop: Shop,
  text: string,
): readonly { readonly type: EntryType; readonly hash: Buffer }[] | null {
  if (text.trim() === '') return null;
  const region = phoneRegion(shop.jurisdictions, shop.timeZone);
  return entryTypes.flatMap((type) => {
    const read = normaliseEntry(type, text, { region, allowWide: true });
    return read.ok ? read.value.map(({ normal }) => ({ type, hash: vault.identifierHash(shop.id, type, normal) })) : [];
  });
}

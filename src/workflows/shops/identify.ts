import type { CustomerReference } from '../../core/events/incoming.ts';
import { phoneRegion } from '../../core/identity/region.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { readSubject } from '../intake/subject.ts';

/** Whom a reference means: by the customer number, else the e-mail address. Null: nobody the shop knows. A telephone alone means nobody. */
export async function identify(
  { store, vault }: Pick<Deps, 'store' | 'vault'>,
  shop: Shop,
  reference: CustomerReference,
): Promise<CustomerId | null> {
  const subject = readSubject(reference, phoneRegion(shop.jurisdictions, shop.timeZone));
  if (!subject.ok) return null;
  const keys = subject.value.identifiers
    .filter(({ type }) => type !== 'phone')
    .map(({ type, value }) => `${type}:${vault.identifierHash(shop.id, type, value).toString('hex')}`);
  const found = await store.enforcement.customersOf(shop.id, keys);
  for (const key of keys) {
    const customer = found.get(key);
    if (customer !== undefined) return customer;
  }
  return null;
}

import type { CustomerId } from '../../core/shared/brand.ts';
import type { LinkRecord } from '../../ports/links.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, notAllowed, type Refused } from '../desk/refused.ts';
import type { Actor } from '../measures/types.ts';
import { isAlike } from './alike.ts';
import { pairwise } from './linked.ts';
import { readingOf } from './profile.ts';

/** Why somebody may not say that two customers are one person; null: they may. */
export async function confirmFault(
  store: Pick<Store, 'links'>,
  shop: Shop,
  by: Actor,
  { one, other, link }: { readonly one: CustomerId; readonly other: CustomerId; readonly link: LinkRecord | null },
): Promise<Refused | null> {
  const [people, kept, bound, same] = await Promise.all([
    store.links.people(shop.id, [one, other]),
    store.links.model(shop.id),
    store.links.measuredAmong(shop.id, [one, other]),
    store.links.sameAs(shop.id, [one, other]),
  ]);
  if (bound.length > 0 && by.role !== 'owner' && by.role !== 'manager')
    return notAllowed(
      'Only an owner or a manager may confirm the same person while a measure is in force: it then binds both.',
    );
  const [first, second] = people;
  const klass =
    first === undefined || second === undefined
      ? null
      : (pairwise(kept?.model ?? null, readingOf(shop), first)(second)?.kind ?? null);
  if (!isAlike(klass, link))
    return conflict(
      klass === 'household'
        ? 'Comparing found that these two share a home and are two people. They cannot be confirmed as one.'
        : 'Comparing found nothing that makes these two one person. They cannot be confirmed as one.',
    );
  return splitFault(store, shop, [one, other, ...(same.get(one) ?? []), ...(same.get(other) ?? [])]);
}

/** Staff told two of those apart who would be one person then: their word stands until they take it back. */
async function splitFault(
  store: Pick<Store, 'links'>,
  shop: Shop,
  together: readonly CustomerId[],
): Promise<Refused | null> {
  const [split] = await store.links.splitAmong(shop.id, [...new Set(together)]);
  if (split === undefined) return null;
  return conflict(
    `Customers ${split.a} and ${split.b} were found not to be the same person, and would be one by this. Take that back first.`,
  );
}

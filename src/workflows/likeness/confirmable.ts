import type { LinkMove } from '../../core/events/link-states.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { LinkRecord } from '../../ports/links.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, notAllowed, type Refused } from '../desk/refused.ts';
import type { Actor } from '../measures/types.ts';
import { isAlike, isChained, whoMayAnswer } from './alike.ts';
import { pairwise } from './linked.ts';
import { readingOf } from './profile.ts';

interface Asked {
  readonly one: CustomerId;
  readonly other: CustomerId;
  readonly link: LinkRecord | null;
}

type Same = Awaited<ReturnType<Store['links']['sameAs']>>;

/** Why somebody may not give this answer about two customers; null: they may. */
export async function answerFault(
  store: Pick<Store, 'links'>,
  shop: Shop,
  by: Actor,
  asked: Asked,
  move: LinkMove,
): Promise<Refused | null> {
  const { one, other, link } = asked;
  const [bound, same] = await Promise.all([
    store.links.measuredAmong(shop.id, [one, other]),
    store.links.sameAs(shop.id, [one, other]),
  ]);
  const joinsOrParts = move === 'confirmed' || link?.state === 'confirmed' || isChained(same, one, other);
  if (whoMayAnswer(bound.length > 0, joinsOrParts) === 'managing' && by.role !== 'owner' && by.role !== 'manager')
    return notAllowed(move === 'confirmed' ? BINDS : FREES);
  return move === 'confirmed' ? confirmFault(store, shop, asked, same) : null;
}

const BINDS = 'Only an owner or a manager may confirm the same person while a measure is in force: it then binds both.';
const FREES =
  'Only an owner or a manager may change what was confirmed while a measure is in force: it says whom the measure binds.';

/** Why two customers cannot be confirmed as one person; null: they can. */
async function confirmFault(
  store: Pick<Store, 'links'>,
  shop: Shop,
  { one, other, link }: Asked,
  same: Same,
): Promise<Refused | null> {
  const [[first, second], kept] = await Promise.all([
    store.links.people(shop.id, [one, other]),
    store.links.model(shop.id),
  ]);
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

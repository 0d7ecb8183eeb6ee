import type { TraitKind } from '../../core/linkage/traits.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { AfterLink, LinkRecord, LinkSide } from '../../ports/links.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { type Answerable, isChained, whoMayAnswer } from './alike.ts';

/** Two customers who may be one person, with what speaks for and against it. */
export interface LinkQuestion {
  readonly link: LinkRecord;
  /** About whom the question is. */
  readonly one: LinkSide;
  readonly other: LinkSide;
  /** What both have, and how many customers have it. */
  readonly shared: readonly { readonly kind: TraitKind; readonly customers: number }[];
  /** Who may tell the two apart: a measure binds one of them, and over others they may be one person already. */
  readonly change: Answerable;
}

/** Questions that wait for staff, the likeliest first. */
export async function linkQuestions(
  { store }: { readonly store: Pick<Store, 'links'> },
  shop: Shop,
  page: { readonly after: AfterLink | null; readonly limit: number },
): Promise<readonly LinkQuestion[]> {
  const found = await store.links.open(shop.id, page);
  const pairs = found.map(({ a, b }): readonly [CustomerId, CustomerId] => [a, b]);
  const [sides, same, shared] = await Promise.all([
    store.links.sides(shop.id, pairs.flat()),
    store.links.sameAs(shop.id, [...new Set(pairs.flat())]),
    store.links.sharedBy(shop.id, pairs),
  ]);
  return found.flatMap((link, place): LinkQuestion[] => {
    const one = sides.get(link.about);
    const other = sides.get(link.about === link.a ? link.b : link.a);
    if (one === undefined || other === undefined) return [];
    const change = whoMayAnswer(true, isChained(same, link.a, link.b));
    return [{ link, one, other, shared: shared[place] ?? [], change }];
  });
}

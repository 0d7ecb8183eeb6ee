import type { Objection } from '../../core/appeals/objections.ts';
import type { CustomerId, StaffId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { ObjectionRecord } from '../../ports/objections.ts';
import type { Colleague } from '../../ports/staff.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { type MayHear, mayHear } from '../appeals/may-hear.ts';
import type { Hearer } from '../appeals/types.ts';

type Parties = Pick<ObjectionRecord, 'customer' | 'other'>;

/**
 * Who said that an objector and the other account are one person: whoever confirmed any link of the chain between them, also where it
 * was taken back and a colleague confirmed it again. Nobody hears an objection by that.
 */
export async function confirmersOf(
  store: Pick<Store, 'links'>,
  shop: Shop,
  objection: Parties,
): Promise<readonly StaffId[]> {
  return (await confirmersOfEach(store, shop, [objection]))[0] ?? [];
}

/** The same of several objections, in their order. */
export async function confirmersOfEach(
  { links }: Pick<Store, 'links'>,
  shop: Shop,
  objections: readonly Parties[],
): Promise<readonly (readonly StaffId[])[]> {
  const same = await links.sameAs(shop.id, [...new Set(objections.map(({ customer }) => customer))]);
  const chains = objections.map(
    ({ customer, other }): ReadonlySet<CustomerId> => new Set([customer, other, ...(same.get(customer) ?? [])]),
  );
  const confirmed = await links.confirmersAmong(shop.id, [...new Set(chains.flatMap((chain) => [...chain]))]);
  return chains.map((chain) => [
    ...new Set(confirmed.flatMap(({ one, other, by }) => (chain.has(one) && chain.has(other) ? by : []))),
  ]);
}

/** What somebody may do about an objection now: as with an appeal, whoever made the decision does not hear it while others can. */
export function mayAnswer(
  { filedAt }: Pick<Objection, 'filedAt'>,
  confirmers: readonly StaffId[],
  colleagues: readonly Pick<Colleague, 'id' | 'role' | 'disabledAt'>[],
  by: Hearer,
  now: Instant,
): MayHear {
  const waiting = { state: 'under_review', informationUntil: null, filedAt } as const;
  return mayHear(waiting, { approvedBy: confirmers }, colleagues, by, now);
}

import type { Objection } from '../../core/appeals/objections.ts';
import type { CustomerId, StaffId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { ObjectionRecord } from '../../ports/objections.ts';
import type { Colleague } from '../../ports/staff.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { type MayHear, mayHear } from '../appeals/may-hear.ts';
import type { Hearer } from '../appeals/types.ts';

/** Who said that an objector and the other account are one person: whoever confirmed any link of the chain between them. */
export async function confirmersOf(
  { links }: Pick<Store, 'links'>,
  shop: Shop,
  { customer, other }: Pick<ObjectionRecord, 'customer' | 'other'>,
): Promise<readonly StaffId[]> {
  const same: ReadonlyMap<CustomerId, readonly CustomerId[]> = await links.sameAs(shop.id, [customer]);
  const together = [...new Set([customer, other, ...(same.get(customer) ?? [])])];
  const confirmed = await links.confirmedAmong(shop.id, together);
  return [...new Set(confirmed.flatMap(({ answeredBy }) => answeredBy ?? []))];
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

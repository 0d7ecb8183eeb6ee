import type { StaffId } from '../../core/shared/brand.ts';
import { err, type Result } from '../../core/shared/result.ts';
import type { EntryToWrite, Written } from '../../ports/lists.ts';
import type { Store } from '../../ports/store.ts';
import type { Clock, Ids, Shop, Vault } from '../../ports.ts';
import { type EntryWish, toWrite, vouchedFault, type WishRefusal } from './wish.ts';

export interface ListDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly ids: Ids;
  readonly clock: Clock;
}

/** What became of a wish. `changed` says that the value stood there with something else. */
export type WishOutcome =
  | { readonly status: Exclude<Written, 'vouched'>; readonly ids: readonly string[] }
  | { readonly status: 'refused'; readonly refusal: WishRefusal };

/**
 * Writes entries: those that can be, all in one transaction; one outcome each, in their order. A wish is written whole or not at all, also
 * where it becomes several entries. Where the same value stands twice among them, the last that is taken says what holds. `store`
 * is the open transaction's, where there is one.
 */
export async function writeEntries(
  { store, vault, ids, clock }: ListDeps,
  shop: Shop,
  by: StaffId | null,
  wishes: readonly EntryWish[],
): Promise<readonly WishOutcome[]> {
  const now = clock.now();
  const read = wishes.map((wish) => toWrite({ vault, ids }, shop, wish, now));
  return store.transaction(async (inside) => {
    // Before it is looked at: whoever puts one of the values on the allow list waits here, or was here first.
    await inside.ledger.lock(shop.id);
    const known = await inside.lists.known(
      shop.id,
      read.flatMap((each) => (each.ok ? each.value : [])),
    );
    let place = 0;
    const taken = read.map((each, index): Result<readonly EntryToWrite[], WishRefusal> => {
      const wish = wishes[index];
      if (!each.ok || wish === undefined) return each;
      const own = known.slice(place, place + each.value.length);
      place += each.value.length;
      const fault = vouchedFault(wish, own, now);
      return fault === null ? each : err(fault);
    });
    const rows = new Map<string, EntryToWrite>();
    for (const each of taken) if (each.ok) for (const row of each.value) rows.set(keyOf(row), row);
    const ordered = [...rows.values()];
    const written = await inside.lists.write(shop, ordered, { staff: by, at: now });
    const outcomeOf = new Map(ordered.map((row, index) => [keyOf(row), written[index]]));
    return taken.map((each): WishOutcome => {
      if (!each.ok) return { status: 'refused', refusal: each.error };
      const own = each.value.flatMap((row) => outcomeOf.get(keyOf(row)) ?? []);
      return { status: strongest(own.map(({ outcome }) => outcome)), ids: own.map(({ id }) => id) };
    });
  });
}

const keyOf = ({ type, hash }: Pick<EntryToWrite, 'type' | 'hash'>): string => `${type}:${hash.toString('hex')}`;

/** Of a range: new if any part of it is, else changed if any is. */
const strongest = (outcomes: readonly Written[]): Exclude<Written, 'vouched'> =>
  (['added', 'changed'] as const).find((each) => outcomes.includes(each)) ?? 'same';

import type { StaffId } from '../../core/shared/brand.ts';
import type { EntryToWrite, Written } from '../../ports/lists.ts';
import type { Store } from '../../ports/store.ts';
import type { Clock, Ids, Shop, Vault } from '../../ports.ts';
import { type EntryWish, toWrite, VOUCHED, type WishRefusal } from './wish.ts';

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
 * Writes entries: those that can be, all in one transaction; one outcome each, in their order. Where the same value stands twice among
 * them, the last says what holds. `store` is the open transaction's, where there is one.
 */
export async function writeEntries(
  { store, vault, ids, clock }: ListDeps,
  shop: Shop,
  by: StaffId | null,
  wishes: readonly EntryWish[],
): Promise<readonly WishOutcome[]> {
  const now = clock.now();
  const read = wishes.map((wish) => toWrite({ vault, ids }, shop, wish, now));
  const rows = new Map<string, EntryToWrite>();
  for (const each of read) if (each.ok) for (const row of each.value) rows.set(keyOf(row), row);
  const ordered = [...rows.values()];
  const written = await store.lists.write(shop, ordered, { staff: by, at: now });
  const outcomeOf = new Map(ordered.map((row, index) => [keyOf(row), written[index]]));
  return read.map((each): WishOutcome => {
    if (!each.ok) return { status: 'refused', refusal: each.error };
    const own = each.value.flatMap((row) => outcomeOf.get(keyOf(row)) ?? []);
    const outcomes = own.map(({ outcome }) => outcome);
    if (outcomes.includes('vouched')) return { status: 'refused', refusal: VOUCHED };
    return { status: strongest(outcomes), ids: own.map(({ id }) => id) };
  });
}

const keyOf = ({ type, hash }: Pick<EntryToWrite, 'type' | 'hash'>): string => `${type}:${hash.toString('hex')}`;

/** Of a range: new if any part of it is, else changed if any is. */
const strongest = (outcomes: readonly Written[]): Exclude<Written, 'vouched'> =>
  (['added', 'changed'] as const).find((each) => outcomes.includes(each)) ?? 'same';

import { checkEnd } from '../../core/lists/ends.ts';
import type { StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { ListEntry } from '../../ports/lists.ts';
import type { Shop } from '../../ports.ts';
import { invalid, notFound, type Refused } from '../desk/refused.ts';
import type { ListDeps } from './write-entries.ts';

const NONE = notFound('There is no such entry.');

/** Gives an entry a new end, with the reason why it is still needed. */
export async function extendEntry(
  { store, clock }: ListDeps,
  shop: Shop,
  by: StaffId,
  entry: string,
  to: { readonly until: Instant; readonly reason: string },
): Promise<Result<ListEntry, Refused>> {
  const now = clock.now();
  const until = checkEnd(to.until, now);
  if (!until.ok) return err(invalid('until', until.error));
  const found = await store.lists.extend(shop, entry, to, { staff: by, at: now });
  const changed = found ? await store.lists.entry(shop.id, entry) : null;
  return changed === null ? err(NONE) : ok(changed);
}

/** Takes entries away; refuses only when none of them is there. */
export async function removeEntries(
  { store, clock }: ListDeps,
  shop: Shop,
  by: StaffId,
  entries: readonly string[],
): Promise<Result<number, Refused>> {
  const removed = await store.lists.remove(shop, entries, { staff: by, at: clock.now() });
  return removed === 0 ? err(NONE) : ok(removed);
}

import type { Instant } from '../../../core/shared/time.ts';
import type { AppealDeps } from '../types.ts';

/** How long a file may lie unreferred to: the transaction that refers to it has ended by then, one way or the other. */
const GRACE_MS = 3_600_000;

/** Removes files that nothing refers to: left by a failure, or of customers who were erased. Gives how many. */
export async function sweepFiles({
  store,
  blobs,
  clock,
}: Pick<AppealDeps, 'store' | 'blobs' | 'clock'>): Promise<number> {
  let removed = 0;
  for await (const { shop, ids } of blobs.listed((clock.now() - GRACE_MS) as Instant))
    for (const id of await store.appeals.unknownAttachments(shop, ids)) {
      await blobs.remove(shop, id);
      removed += 1;
    }
  return removed;
}

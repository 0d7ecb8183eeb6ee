import type { CustomerId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { notAllowed, type Refused } from '../desk/refused.ts';
import { record, staffEvent } from './staff-event.ts';
import { unknownCustomer } from './take-measure.ts';
import type { Actor, NoteWish } from './types.ts';

/** Writes a note about a customer, for colleagues to read. It counts for nothing. */
export async function addNote(
  deps: Deps,
  shop: Shop,
  by: Actor,
  customer: CustomerId,
  { text, pinned }: NoteWish,
): Promise<Result<true, Refused>> {
  if (by.role === 'auditor') return err(notAllowed('Auditors read, and change nothing.'));
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    if (!(await store.standing.claim(shop.id, customer))) return err(unknownCustomer);
    await record(
      store,
      shop,
      staffEvent({
        kind: 'note.added',
        customer,
        by: by.id,
        at: deps.clock.now(),
        act: deps.ids.next<string>(),
        body: { pinned },
        private: { text },
      }),
    );
    return ok(true);
  });
}

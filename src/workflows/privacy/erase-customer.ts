import { isOpen } from '../../core/appeals/types.ts';
import type { LedgerEvent } from '../../core/events/event.ts';
import { type AttachmentId, type CustomerId, id } from '../../core/shared/brand.ts';
import { addPeriod, days } from '../../core/shared/period.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Blobs } from '../../ports/hearing.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

export interface EraseDeps extends Deps {
  readonly blobs: Pick<Blobs, 'remove'>;
}

/** Why somebody cannot be erased yet: they could not be told how it ended. */
export type NotErased = 'unknown' | 'appeal' | 'dispute';

/**
 * Forgets a customer for ever: their key is destroyed, and with it everything sealed about them in any copy of the ledger; what they
 * came in by, and the files they sent, are removed. The chain still verifies, and a measure in force goes on by keyed hash until its
 * end. Not while an appeal is open or a payment or a claim is in dispute.
 */
export async function eraseCustomer(
  deps: EraseDeps,
  shop: Shop,
  customer: CustomerId,
): Promise<Result<true, NotErased>> {
  const erased = await deps.store.transaction(async (store): Promise<Result<readonly AttachmentId[], NotErased>> => {
    await store.ledger.lock(shop.id);
    const [own] = await store.ledger.eventsOf(shop.id, [customer]);
    if (own === undefined) return err('unknown');
    const appeals = await store.appeals.ofCustomer(shop.id, customer);
    if (appeals.some(({ state }) => isOpen(state))) return err('appeal');
    if ((await store.objections.openOf(shop.id, [customer])).length > 0) return err('appeal');
    if (inDispute(own.events, deps.clock.now())) return err('dispute');
    const [outcome] = await store.ledger.append(shop, [
      {
        kind: 'account.erased',
        body: {},
        subject: { id: customer, identifiers: [], shown: {} },
        occurredAt: deps.clock.now(),
        source: 'evenhand',
        sourceId: `erased:${deps.ids.next<string>()}`,
      },
    ]);
    if (outcome?.status !== 'added') throw new Error(`The ledger answered ${outcome?.status} to account.erased`);
    await store.portal.forget(shop.id, customer);
    return ok(filesOf(own.events));
  });
  if (!erased.ok) return erased;
  // After the commit, because files know no transactions; without the key nobody can read one that is left behind.
  for (const file of erased.value) await deps.blobs.remove(shop.id, file);
  return ok(true);
}

/** Every file that came with an appeal or with an answer about one. */
const filesOf = (events: readonly LedgerEvent[]): readonly AttachmentId[] =>
  events.flatMap((event) =>
    event.kind === 'appeal.filed' || event.kind === 'appeal.information_given'
      ? event.body.attachments.map((each) => id<AttachmentId>(each))
      : [],
  );

/** What nobody decided in so long is not waited for: a right to be forgotten cannot hang on a shop's forgotten file. */
const DISPUTE_LENGTH = days(180);

/** A payment disputed, or a claim made, of which nobody knows yet how it ends. */
function inDispute(events: readonly LedgerEvent[], now: Instant): boolean {
  const open = new Set<string>();
  for (const event of events) {
    if (addPeriod(event.occurredAt, DISPUTE_LENGTH) < now) continue;
    switch (event.kind) {
      case 'payment.disputed':
        open.add(`dispute ${event.body.dispute}`);
        break;
      case 'payment.dispute_won':
      case 'payment.dispute_lost':
        open.delete(`dispute ${event.body.dispute}`);
        break;
      case 'claim.opened':
        open.add(`claim ${event.body.claim}`);
        break;
      case 'claim.resolved':
        open.delete(`claim ${event.body.claim}`);
        break;
      default:
    }
  }
  return open.size > 0;
}

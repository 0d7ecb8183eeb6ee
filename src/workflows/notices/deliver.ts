import { backOff } from '../../core/notices/outbox.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OutboxRow } from '../../ports/hearing.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { type HandOverDeps, handOver } from './hand-over.ts';

/**
 * Puts one message into words, as part of the transaction that `store` works in, and so either gives it words or moves it on. It
 * runs alone with the shop's ledger.
 */
export type WordMessage = (store: Store, shop: Shop, row: OutboxRow) => Promise<unknown>;

export interface DeliveryDeps extends HandOverDeps {
  readonly word: WordMessage;
}

/** How many messages are put into words before some are handed over. */
const WORDED_AT_ONCE = 20;

/** Puts into words what is due and hands over what waits, some of each; true when more may be to do at once. */
export async function deliver(deps: DeliveryDeps, shop: Shop): Promise<boolean> {
  let worded = 0;
  while (worded < WORDED_AT_ONCE && (await wordNext(deps, shop))) worded += 1;
  const more = await handOver(deps, shop);
  return more || worded === WORDED_AT_ONCE;
}

/** False: nothing is to be put into words now. */
async function wordNext(deps: DeliveryDeps, shop: Shop): Promise<boolean> {
  const due = await deps.store.outbox.list(shop.id, { states: ['due'], after: null, limit: 1 });
  if (due.length === 0) return false;
  let claimed: OutboxRow | undefined;
  try {
    return await deps.store.transaction(async (store) => {
      // First the ledger, then the row, as everybody does who writes that something is to be told.
      await store.ledger.lock(shop.id);
      [claimed] = await store.outbox.claim(shop.id, 'due', deps.clock.now(), 1);
      if (claimed === undefined) return false;
      await deps.word(store, shop, claimed);
      if ((await store.outbox.one(shop.id, claimed.id))?.state === 'due')
        throw new Error(`A message about ${claimed.cause.kind} was left without words`);
      return true;
    });
  } catch (error) {
    if (claimed === undefined) throw error;
    deps.onFault(error);
    await putOff(deps, shop, claimed);
    return true;
  }
}

/** What could not be put into words must not keep others from it: it is tried again later, and then a person must look. */
async function putOff({ store, clock }: DeliveryDeps, shop: Shop, row: OutboxRow): Promise<void> {
  const at = clock.now();
  const attempts = row.attempts + 1;
  const wait = backOff(attempts);
  await store.outbox.move(
    shop.id,
    row.id,
    wait === null
      ? { state: 'failed', at, attempts, trouble: 'fault' }
      : { state: 'due', at, attempts, trouble: 'fault', nextAt: (at + wait) as Instant },
  );
}

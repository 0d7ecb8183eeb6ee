import type { OutboxState } from '../../core/notices/outbox.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OutboxRow } from '../../ports/hearing.ts';
import type { Deps, Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, notFound, type Refused } from '../desk/refused.ts';

type Done = Result<true, Refused>;
type OutboxDeps = Pick<Deps, 'store' | 'clock'>;

/**
 * Lets a message be tried again, from the first try on and to the address its customer has now. One that has no words yet
 * gets them first.
 */
export function retryMessage(deps: OutboxDeps, shop: Shop, id: string): Promise<Done> {
  return onMessage(deps, shop, id, async (store, row, at) => {
    const over = whyOver(row.state);
    if (over !== null) return err(conflict(over));
    const anew = { at, nextAt: at, attempts: 0, trouble: null, error: null };
    const envelope = await store.outbox.envelope(shop.id, id);
    if (envelope === null) {
      if (row.state === 'failed' && row.messageId === null && row.notice === null)
        return moved(await store.outbox.move(shop.id, id, { state: 'due', ...anew }));
      return err(conflict('Its words are not kept: it held a code or a link. Send the customer a new one.'));
    }
    const address = row.audience === 'customer' ? await addressOf(store, row) : null;
    if (address !== null) await store.outbox.readdress(shop.id, id, [address]);
    else if (envelope.to.length === 0)
      return err(conflict('The shop has no e-mail address of this customer. Print it, and send it by post.'));
    return moved(await store.outbox.move(shop.id, id, { state: 'waiting', ...anew }));
  });
}

/** Records that a notice was printed and went by post: nobody sends it any more. */
export function messagePrinted(deps: OutboxDeps, shop: Shop, id: string): Promise<Done> {
  return onMessage(deps, shop, id, async (store, row, at) => {
    if (row.notice === null) return err(conflict('Only what was told to a customer can go by post.'));
    const over = whyOver(row.state);
    if (over !== null) return err(conflict(over));
    return moved(await store.outbox.move(shop.id, id, { state: 'printed', at, sentAt: at }));
  });
}

/** Records that a message came back, by e-mail or by post. */
export function messageCameBack(deps: OutboxDeps, shop: Shop, id: string): Promise<Done> {
  return onMessage(deps, shop, id, async (store, row, at) => {
    if (row.state !== 'sent' && row.state !== 'printed') return err(conflict('Only what was sent can come back.'));
    return moved(await store.outbox.move(shop.id, id, { state: 'bounced', at, trouble: 'returned', error: null }));
  });
}

/** Runs work on a message that nobody else can move meanwhile, and that is not with a mail server at this moment. */
function onMessage(
  { store, clock }: OutboxDeps,
  shop: Shop,
  id: string,
  work: (store: Store, row: OutboxRow, at: Instant) => Promise<Done>,
): Promise<Done> {
  return store.transaction(async (held) => {
    const row = await held.outbox.hold(shop.id, id);
    if (row === null) return err(notFound('There is no such message.'));
    const now = clock.now();
    const isWithServer = row.state === 'waiting' && row.attempts > 0 && row.trouble === null && row.nextAt > now;
    if (isWithServer)
      return err(conflict('It is being handed to the mail server at this moment. Look again in a minute.'));
    return work(held, row, now);
  });
}

async function addressOf(store: Store, row: OutboxRow): Promise<string | null> {
  if (row.customer === null) return null;
  return (await store.ledger.shownOf(row.shop, [row.customer])).get(row.customer)?.email ?? null;
}

/** The row is locked and its state was looked at, so a move that does not happen is a hole in the table of states. */
function moved(happened: boolean): Done {
  if (!happened) throw new Error('A message could not move where its state allows it');
  return ok(true);
}

/** Why a message is not to be sent (any more) by people; null: it waits or is stuck. */
function whyOver(state: OutboxState): string | null {
  switch (state) {
    case 'waiting':
    case 'failed':
    case 'bounced':
      return null;
    case 'due':
      return 'It is being put into words. Look again in a minute.';
    case 'sent':
      return 'It was sent already.';
    case 'printed':
      return 'It was sent by post already.';
    case 'cancelled':
      return 'It was no longer true, so it is not sent.';
  }
}

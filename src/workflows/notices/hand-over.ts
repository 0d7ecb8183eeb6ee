import { backOff, MOST_TRIES, serverTroubles } from '../../core/notices/outbox.ts';
import type { Instant } from '../../core/shared/time.ts';
import {
  type Envelope,
  type Handover,
  MAIL_PATIENCE_MS,
  type Mailer,
  type MailServer,
  type OutboxRow,
} from '../../ports/hearing.ts';
import type { Deps, Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { CODE_MINUTES } from '../portal/codes.ts';
import { messageIdOf } from './message-id.ts';

export interface HandOverDeps extends Deps {
  readonly mailer: Mailer;
  /** The installation's own, for shops that have set none. */
  readonly mailServer: MailServer | null;
  readonly onFault: (error: unknown) => void;
}

/** How many conversations with one mail server go on at once. */
const AT_ONCE = 4;
/** For so long a message belongs to who took it: longer than a try can last, so nobody else sends it at the same time. */
const LEASE_MS = 60_000;
/** How long messages rest after a mail server refused the shop itself: nobody is locked out by asking it every minute. */
const REST_MS = 30 * 60_000;
const CODE_MS = CODE_MINUTES * 60_000;

if (LEASE_MS <= MAIL_PATIENCE_MS) throw new Error('A message would be given away while it is being sent');

interface Taken {
  readonly row: OutboxRow;
  readonly envelope: Envelope;
  readonly messageId: string;
}

/** The mail server of a shop: its own, else the installation's; null: messages wait. */
export async function mailServerOf(
  { store, mailServer }: Pick<HandOverDeps, 'store' | 'mailServer'>,
  shop: Pick<Shop, 'id' | 'name'>,
): Promise<MailServer | null> {
  const server = (await store.mailServers.of(shop.id)) ?? mailServer;
  return server === null ? null : { ...server, fromName: server.fromName ?? shop.name };
}

/**
 * Hands over some of what waits; true when more may be waiting. What became of a message is written after the server has
 * answered: a crash in between sends it once more, with the same Message-ID, and never loses it.
 */
export async function handOver(deps: HandOverDeps, shop: Shop): Promise<boolean> {
  const server = await mailServerOf(deps, shop);
  if (server === null) return false;
  const { found, taken } = await take(deps, shop);
  const results = await Promise.all(taken.map((each) => handOverOne(deps, shop, server, each)));
  const trouble = results.find(
    (each) => each !== null && each.result !== 'sent' && serverTroubles.includes(each.trouble),
  );
  if (trouble === undefined || trouble === null) return found === AT_ONCE;
  if (trouble.result === 'refused') {
    const now = deps.clock.now();
    await deps.store.outbox.postpone(shop.id, trouble.trouble, (now + REST_MS) as Instant, now);
  }
  return false;
}

/** Takes messages for as long as a try can last, each with its Message-ID. */
function take(deps: HandOverDeps, shop: Shop): Promise<{ readonly found: number; readonly taken: readonly Taken[] }> {
  return deps.store.transaction(async (store) => {
    const now = deps.clock.now();
    const rows = await store.outbox.claim(shop.id, 'waiting', now, AT_ONCE);
    const taken: Taken[] = [];
    for (const row of rows) {
      const envelope = await store.outbox.envelope(shop.id, row.id);
      if (await isOver(store, row, envelope, now)) continue;
      if (envelope === null) throw new Error('A message without words was not cancelled');
      const messageId = row.messageId ?? messageIdOf(deps, shop, row.id);
      if (row.messageId === null) await store.outbox.identify(shop.id, row.id, messageId);
      const attempts = row.attempts + 1;
      const nextAt = (now + LEASE_MS) as Instant;
      await store.outbox.move(shop.id, row.id, { state: 'waiting', at: now, attempts, nextAt, trouble: null });
      taken.push({ row: { ...row, attempts }, envelope, messageId });
    }
    return { found: rows.length, taken };
  });
}

/** Puts aside what cannot be sent: whose customer was erased, a code that no longer works, nobody to write to, too many tries. */
async function isOver(store: Store, row: OutboxRow, envelope: Envelope | null, at: Instant): Promise<boolean> {
  const codeIsOld = row.cause.kind === 'portal.code' && at - row.createdAt > CODE_MS;
  if (envelope === null || codeIsOld) return store.outbox.move(row.shop, row.id, { state: 'cancelled', at });
  if (envelope.to.length === 0)
    return store.outbox.move(row.shop, row.id, { state: 'failed', at, trouble: 'no_address', error: null });
  if (row.attempts >= MOST_TRIES)
    return store.outbox.move(row.shop, row.id, { state: 'failed', at, trouble: 'no_answer' });
  return false;
}

async function handOverOne(
  deps: HandOverDeps,
  shop: Shop,
  server: MailServer,
  { row, envelope, messageId }: Taken,
): Promise<Handover | null> {
  try {
    const replyTo = shop.settings.supportEmail ?? undefined;
    const handover = await deps.mailer.send(server, { ...envelope, messageId, replyTo });
    await deps.store.outbox.move(shop.id, row.id, whatFollows(handover, row.attempts, deps.clock.now()));
    return handover;
  } catch (error) {
    // Whatever it is, the message is tried again when it is nobody's any more.
    deps.onFault(error);
    return null;
  }
}

type Move = Parameters<Store['outbox']['move']>[2];

/** What becomes of a message after a try; `tries` counts this one. */
export function whatFollows(handover: Handover, tries: number, at: Instant): Move {
  switch (handover.result) {
    case 'sent':
      return { state: 'sent', at, sentAt: at, trouble: null, error: null };
    case 'bounced':
      return { state: 'bounced', at, trouble: handover.trouble, error: handover.error };
    case 'refused':
      return { state: 'failed', at, trouble: handover.trouble, error: handover.error };
    case 'later': {
      const wait = backOff(tries);
      const because = { at, trouble: handover.trouble, error: handover.error };
      return wait === null
        ? { state: 'failed', ...because }
        : { state: 'waiting', ...because, nextAt: (at + wait) as Instant };
    }
  }
}

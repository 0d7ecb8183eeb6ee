import { sql, type Transaction } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import { boundAnew } from '../../../core/events/link-states.ts';
import type { CustomerId, EventId, ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { AppendOutcome, OfferedEvent } from '../../../ports/ledger.ts';
import type { Ids, Shop, Vault } from '../../../ports.ts';
import type { Soon } from '../../jobs/jobs.ts';
import { anyoneListens } from '../announcing/announce.ts';
import { forgetSent } from '../connections/forget-sent.ts';
import { keepFarewells, makeMarksDue } from '../enforcing/make-due.ts';
import { makeLinksDue } from '../links/due.ts';
import { project } from '../projections/project.ts';
import type { Database } from '../schema.ts';
import { chainHash } from './chain.ts';
import { findKnown, sourceKey } from './find-known.ts';
import { insertEvents, type LedgerRow, moveHead } from './insert-events.ts';
import { type Head, lockHead } from './lock-head.ts';
import { type Identified, loadSubjects, type Subjects } from './subjects.ts';
import { tell } from './tell.ts';

/** Who records events that Evenhand itself makes out of what it was told. */
const OWN_SOURCE = 'evenhand';

export interface AppendContext {
  readonly vault: Vault;
  readonly ids: Ids;
  readonly now: Instant;
  /** Called when customers became due, inside the transaction. */
  readonly soon: Soon | undefined;
}

/** See `LedgerStore.append`. */
export async function append(
  tx: Transaction<Database>,
  context: AppendContext,
  shop: Shop,
  offered: readonly OfferedEvent[],
): Promise<readonly AppendOutcome[]> {
  const outcomes: AppendOutcome[] = [];
  for (const part of upToErasures(offered)) outcomes.push(...(await appendPart(tx, context, shop, part)));
  return outcomes;
}

/** Splits after each erasure: who is erased and comes back in one batch must not be recognised by what was just forgotten. */
function upToErasures(offered: readonly OfferedEvent[]): readonly (readonly OfferedEvent[])[] {
  const parts: OfferedEvent[][] = [[]];
  for (const event of offered) {
    parts.at(-1)?.push(event);
    if (event.kind === 'account.erased') parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}

async function appendPart(
  tx: Transaction<Database>,
  context: AppendContext,
  shop: Shop,
  offered: readonly OfferedEvent[],
): Promise<readonly AppendOutcome[]> {
  const { ids, vault } = context;
  // Before the lock: of two batches in a row, the second is prepared while the first is still being written.
  const prepared = offered.map((event) => {
    const body = JSON.stringify(event.body);
    return { event, body, contentHash: vault.contentHash(shop.id, contentOf(event, body)) };
  });
  const head = await lockHead(tx, shop.id);
  const known = await findKnown(tx, shop.id, offered);
  const subjects = await loadSubjects(
    tx,
    context,
    shop.id,
    offered.flatMap((event) =>
      event.subject === null || known.has(sourceKey(event.source, event.sourceId)) ? [] : [event.subject],
    ),
  );
  const chain = new Chain(shop.id, head, context.now);

  const outcomes = prepared.map(({ event, body, contentHash }): AppendOutcome => {
    const key = sourceKey(event.source, event.sourceId);
    const before = known.get(key);
    if (before !== undefined)
      return before.contentHash.equals(contentHash)
        ? { status: 'known', id: before.id, customer: before.customer }
        : { status: 'conflict', id: before.id };
    const resolved = event.subject === null ? null : subjects.resolve(event.subject);
    if (resolved !== null && 'refused' in resolved)
      return {
        status: 'refused',
        field: event.subject?.id === undefined ? 'customer' : 'customer.id',
        message: resolved.refused,
      };
    const customer = resolved?.customer ?? null;
    const id = ids.next<EventId>();
    if (resolved?.identified != null) {
      const own = identifiedEvent(ids.next<EventId>(), event, resolved.identified);
      const sealed = vault.sealFor(subjects.keyOf(resolved.customer), resolved.identified.shown);
      chain.add(
        { ...own, customer: resolved.customer },
        JSON.stringify(own.body),
        vault.contentHash(shop.id, own.sourceId),
        sealed,
      );
    }
    const sealed =
      event.private === undefined || customer === null ? null : vault.sealFor(subjects.keyOf(customer), event.private);
    const { kind, occurredAt, source, sourceId } = event;
    const row = { id, customer, kind, body: event.body, occurredAt, source, sourceId } as Unplaced;
    const seq = chain.add(row, body, contentHash, sealed);
    known.set(key, { id, contentHash, customer });
    return { status: 'added', id, seq, customer, torn: resolved?.torn ?? false };
  });

  const { rows } = chain;
  const last = rows.at(-1);
  if (last === undefined) return outcomes;
  await subjects.saveKeys();
  await insertEvents(tx, shop.id, rows);
  await moveHead(tx, shop.id, last);
  await project(tx, vault, shop, rows, context.now);
  const events = rows.map(({ event }) => event);
  const enforce = await makeMarksDue(tx, shop.id, events, (customer) => subjects.isNew(customer), context.now);
  if (enforce) await context.soon?.('enforce', tx, shop.id);
  if (context.soon !== undefined && (await anyoneListens(tx, shop.id, events)))
    await context.soon('announce', tx, shop.id);
  const erased = events.flatMap(({ kind, customer }) =>
    kind === 'account.erased' && customer !== null ? [customer] : [],
  );
  await keepFarewells(tx, vault, shop.id, erased);
  for (const customer of erased) await destroyKey(tx, shop.id, customer);
  const due = rows.some(({ event }) => event.customer !== null && event.kind !== 'decision.made');
  if (due) await context.soon?.('assess', tx, shop.id);
  if (await makeLinksDue(tx, shop.id, events, context.now)) await context.soon?.('link', tx, shop.id);
  const changed = new Set(
    rows.flatMap(({ event }) => [
      ...(event.customer !== null && changesDecisions(event, subjects) ? [event.customer] : []),
      ...boundAnew(event),
    ]),
  );
  await tell(tx, {
    shop: shop.id,
    seq: last.event.seq,
    decisions: changed.size > 0,
    customers: [...changed],
    unassessed: due && context.soon === undefined,
    unenforced: enforce && context.soon === undefined,
  });
  return outcomes;
}

/**
 * What erases a customer: without the key nothing sealed about them can be opened again, in any copy of the ledger. Files that
 * came with their appeals cannot either, and are swept away once nothing refers to them.
 */
async function destroyKey(tx: Transaction<Database>, shop: ShopId, customer: CustomerId): Promise<void> {
  await forgetSent(tx, shop, customer);
  await sql`delete from attachment where shop_id = ${shop} and customer_id = ${customer}`.execute(tx);
  await sql`delete from customer_key where shop_id = ${shop} and customer_id = ${customer}`.execute(tx);
}

type Unplaced = Omit<LedgerEvent, 'seq' | 'recordedAt'>;

/** The rows of one append, each linked to the one before. */
class Chain {
  readonly rows: LedgerRow[] = [];
  readonly #shop: ShopId;
  readonly #now: Instant;
  #head: Head;

  constructor(shop: ShopId, head: Head, now: Instant) {
    this.#shop = shop;
    this.#head = head;
    this.#now = now;
  }

  add(unplaced: Unplaced, body: string, contentHash: Buffer, sealed: Buffer | null): number {
    const previous = this.#head.hash;
    const seq = this.#head.seq + 1;
    const event = { ...unplaced, seq, recordedAt: this.#now } as LedgerEvent;
    const { id, customer, kind, source, sourceId } = event;
    const hash = chainHash(previous, {
      shop: this.#shop,
      seq,
      id,
      customer,
      kind,
      occurredAtMicros: BigInt(event.occurredAt) * 1000n,
      recordedAtMicros: BigInt(this.#now) * 1000n,
      source,
      sourceId,
      contentHash,
      body,
      sealed,
    });
    this.rows.push({ event, contentHash, body, sealed, previous, hash });
    this.#head = { seq, hash };
    return seq;
  }
}

function identifiedEvent(id: EventId, cause: OfferedEvent, identified: Identified) {
  return {
    id,
    kind: 'account.identified' as const,
    body: { identifiers: [...identified.identifiers] },
    occurredAt: cause.occurredAt,
    source: OWN_SOURCE,
    sourceId: `identified:${id}`,
  };
}

/**
 * What the source said, as text in which the same statement is always the same: so a redelivery can be told from a
 * conflict. How a customer is called is not part of it, because that may change between two deliveries.
 */
function contentOf({ kind, occurredAt, subject, private: hidden }: OfferedEvent, body: string): string {
  const who =
    subject === null ? [] : [subject.id ?? '', ...subject.identifiers.map((one) => `${one.type}:${one.value}`)].sort();
  return `${JSON.stringify([kind, occurredAt, who, hidden?.text ?? '', hidden?.reason ?? ''])}${body}`;
}

function changesDecisions({ kind, customer }: LedgerEvent, subjects: Subjects): boolean {
  if (kind.startsWith('measure.') || kind === 'account.erased') return true;
  // Somebody who was just met has no measure yet.
  return kind === 'account.identified' && customer !== null && !subjects.isNew(customer);
}

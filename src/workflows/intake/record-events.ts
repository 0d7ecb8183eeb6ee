import { phoneRegion } from '../../core/identity/region.ts';
import type { CustomerId, EventId } from '../../core/shared/brand.ts';
import type { AppendOutcome, OfferedEvent } from '../../ports/ledger.ts';
import { isCounted, type SeenFrom } from '../../ports/live.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { FieldFault } from './explain.ts';
import { type Reading, readIncoming } from './incoming.ts';

/** What became of one incoming event. */
export interface RecordedEvent {
  readonly index: number;
  readonly status: 'added' | 'known' | 'conflict' | 'refused';
  readonly event?: EventId;
  readonly customer?: CustomerId | null;
  /** Why it was refused, or what is odd about it. */
  readonly error?: FieldFault;
}

export interface RecordedEvents {
  readonly added: number;
  readonly known: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly results: readonly RecordedEvent[];
}

/** How incoming events of a shop are read at this moment. */
export function readingFor(deps: Pick<Deps, 'clock'>, shop: Shop, source = 'api'): Reading {
  return {
    currency: shop.currency,
    region: phoneRegion(shop.jurisdictions, shop.timeZone),
    now: deps.clock.now(),
    source,
  };
}

/**
 * Records what a shop's systems report. Each item is read by itself, so one bad item costs nobody else's; the good ones are
 * written together or not at all. Repeating a call changes nothing.
 */
export async function recordEvents(
  deps: Deps,
  shop: Shop,
  incoming: readonly unknown[],
  options: { readonly source?: string } = {},
): Promise<RecordedEvents> {
  const reading = readingFor(deps, shop, options.source);
  const read = incoming.map((item) => readIncoming(item, reading));
  const offered: OfferedEvent[] = [];
  const places: number[] = [];
  for (const [index, result] of read.entries()) {
    if (!result.ok) continue;
    offered.push(result.value);
    places.push(index);
  }
  const outcomes = await deps.store.transaction((store) => store.ledger.append(shop, offered));
  await countLive(deps, shop, incoming, offered, places, outcomes);
  const results = read.map(
    (result, index): RecordedEvent =>
      result.ok ? { index, status: 'known' } : { index, status: 'refused', error: result.error },
  );
  for (const [place, outcome] of outcomes.entries()) {
    const index = places[place] ?? 0;
    results[index] = { index, ...recorded(outcome) };
  }
  const count = (status: RecordedEvent['status']): number =>
    results.filter((result) => result.status === status).length;
  return {
    added: count('added'),
    known: count('known'),
    conflicts: count('conflict'),
    refused: count('refused'),
    results,
  };
}

/** Tells whoever counts what has just happened, and from where it was seen. What was known before is no news. */
async function countLive(
  { live }: Deps,
  shop: Shop,
  incoming: readonly unknown[],
  offered: readonly OfferedEvent[],
  places: readonly number[],
  outcomes: readonly AppendOutcome[],
): Promise<void> {
  if (live === undefined) return;
  const happened = offered.flatMap((event, index) => {
    if (!isCounted(event.kind) || outcomes[index]?.status !== 'added') return [];
    const { seen } = incoming[places[index] ?? -1] as { readonly seen?: SeenFrom };
    return [{ event, seen: seen ?? {} }];
  });
  if (happened.length > 0) await live.happened(shop, happened);
}

function recorded(outcome: AppendOutcome): Omit<RecordedEvent, 'index'> {
  switch (outcome.status) {
    case 'added':
      return {
        status: 'added',
        event: outcome.id,
        customer: outcome.customer,
        ...(outcome.torn ? { error: { field: 'customer', message: TORN } } : {}),
      };
    case 'known':
      return { status: 'known', event: outcome.id, customer: outcome.customer };
    case 'conflict':
      return { status: 'conflict', event: outcome.id, error: { field: 'id', message: CONFLICT } };
    case 'refused':
      return { status: 'refused', error: { field: outcome.field, message: outcome.message } };
  }
}

export const CONFLICT = 'was used before for something else, which stands';
export const TORN =
  'has details of two customers: it was counted for the one with the customer number, or else the e-mail address';

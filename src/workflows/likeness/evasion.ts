import type { EventOf, LedgerEvent } from '../../core/events/event.ts';
import { foldMeasures } from '../../core/measures/fold.ts';
import type { CustomerId, MeasureId, StaffId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';
import type { Ids, Shop } from '../../ports.ts';
import { staffEvent } from '../measures/staff-event.ts';

/** What opens an account or uses it for what a measure is about. */
const COMES = new Set<LedgerEvent['kind']>(['account.created', 'order.placed']);

/**
 * The measures of one account that its owner evaded by opening another: in force now, more than a warning, and begun before
 * anything happened on the other account. Whoever had both accounts before had them for other reasons.
 */
export function evadedMeasures(
  bound: readonly LedgerEvent[],
  other: readonly LedgerEvent[],
  now: Instant,
): readonly MeasureId[] {
  const came = other.filter(({ kind }) => COMES.has(kind)).map(({ occurredAt }) => occurredAt);
  if (came.length === 0) return [];
  const first = other.reduce<Instant>(
    (least, { kind, occurredAt }) => (isOwn(kind) && occurredAt < least ? occurredAt : least),
    Math.min(...came) as Instant,
  );
  return foldMeasures(bound, now)
    .filter(
      ({ type, state, startedAt, until }) =>
        type !== 'warning' && state === 'active' && startedAt <= first && now < until,
    )
    .map(({ id }) => id);
}

/** What a customer did or had happen, not what was found, decided or written down about them. */
const isOwn = (kind: LedgerEvent['kind']): boolean =>
  /^(order|payment|return|refund|claim|complaint|message|review)\./.test(kind) || kind === 'account.created';

/** With so many others at most is somebody confirmed to be one person. */
const MOST_LINKS = 500;

/**
 * What takes evasions back whose measures were voided: what should never have been could not be evaded. They stand in the
 * histories of the accounts that were confirmed to be this customer.
 */
export async function evasionsUndone(
  store: Pick<Store, 'links' | 'ledger'>,
  shop: Shop,
  by: StaffId,
  {
    customer,
    voided,
    now,
  }: { readonly customer: CustomerId; readonly voided: readonly MeasureId[]; readonly now: Instant },
): Promise<readonly OfferedEvent[]> {
  if (voided.length === 0) return [];
  const links = await store.links.linksOf(shop.id, customer, MOST_LINKS);
  const others = links.flatMap(({ a, b, state }) => (state === 'confirmed' ? [a === customer ? b : a] : []));
  if (others.length === 0) return [];
  const ledgers = await store.ledger.eventsOf(shop.id, others);
  return ledgers.flatMap(({ customer: other, events }) =>
    standingEvasions(events, customer)
      .filter(({ body }) => voided.some((measure) => measure === body.measure))
      .map(({ id, body }) =>
        staffEvent({
          kind: 'event.corrected',
          customer: other,
          by,
          at: now,
          act: `${body.measure}:${id}`,
          body: { event: id, as: 'void', by },
        }),
      ),
  );
}

/** What makes evasions of somebody's measures count no more, for an account that is no longer taken for theirs. */
export const voidedEvasions = (
  ids: Pick<Ids, 'next'>,
  by: StaffId,
  {
    customer,
    of,
    events,
  }: { readonly customer: CustomerId; readonly of: CustomerId; readonly events: readonly LedgerEvent[] },
  now: Instant,
): readonly OfferedEvent[] =>
  standingEvasions(events, of).map((evasion) =>
    staffEvent({
      kind: 'event.corrected',
      customer,
      by,
      at: now,
      act: ids.next<string>(),
      body: { event: evasion.id, as: 'void', by },
    }),
  );

/** Evasions of somebody's measures that still count. */
export function standingEvasions(events: readonly LedgerEvent[], of: string): readonly EventOf<'evasion.found'>[] {
  const last = new Map<string, string>();
  for (const event of events) if (event.kind === 'event.corrected') last.set(event.body.event, event.body.as);
  return events.flatMap((event) =>
    event.kind === 'evasion.found' && event.body.of === of && last.get(event.id) !== 'void' ? [event] : [],
  );
}

import type { EventOf, LedgerEvent } from '../../core/events/event.ts';
import { foldMeasures } from '../../core/measures/fold.ts';
import type { MeasureId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';

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

/** Evasions of somebody's measures that still count. */
export function standingEvasions(events: readonly LedgerEvent[], of: string): readonly EventOf<'evasion.found'>[] {
  const last = new Map<string, string>();
  for (const event of events) if (event.kind === 'event.corrected') last.set(event.body.event, event.body.as);
  return events.flatMap((event) =>
    event.kind === 'evasion.found' && event.body.of === of && last.get(event.id) !== 'void' ? [event] : [],
  );
}

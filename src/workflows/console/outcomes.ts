import type { EventKind, EventOf, LedgerEvent } from '../../core/events/event.ts';
import type { EventId } from '../../core/shared/brand.ts';

/** What was found out about something that had happened before. */
const OUTCOMES = [
  'return.inspected',
  'claim.resolved',
  'complaint.resolved',
  'payment.dispute_won',
  'payment.dispute_lost',
  'message.labelled',
  'review.assessed',
] as const satisfies readonly EventKind[];
export type Outcome = EventOf<(typeof OUTCOMES)[number]>;

const MOST = 5;

/**
 * For each event that something was found out about: the findings, oldest first, of many the last five. `events` are all of
 * one customer, in any order; a finding that was voided is none.
 */
export function outcomesOf(events: readonly LedgerEvent[]): ReadonlyMap<EventId, readonly Outcome[]> {
  const voided = voidedEvents(events);
  const bySubject = new Map<string, Outcome[]>();
  for (const event of oldestFirst(events)) {
    if (!isOutcome(event) || voided.has(event.id)) continue;
    for (const subject of subjectsOf(event)) bySubject.set(subject, [...(bySubject.get(subject) ?? []), event]);
  }
  const found = new Map<EventId, readonly Outcome[]>();
  for (const event of events) {
    if (isOutcome(event)) continue;
    const own = subjectsOf(event).flatMap((subject) => bySubject.get(subject) ?? []);
    if (own.length > 0) found.set(event.id, own.slice(-MOST));
  }
  return found;
}

function oldestFirst(events: readonly LedgerEvent[]): readonly LedgerEvent[] {
  return events.toSorted((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq);
}

/** The last correction of an event is the one that holds. */
function voidedEvents(events: readonly LedgerEvent[]): ReadonlySet<string> {
  const voided = new Set<string>();
  for (const event of oldestFirst(events)) {
    if (event.kind !== 'event.corrected') continue;
    if (event.body.as === 'void') voided.add(event.body.event);
    else voided.delete(event.body.event);
  }
  return voided;
}

function isOutcome(event: LedgerEvent): event is Outcome {
  return (OUTCOMES as readonly EventKind[]).includes(event.kind);
}

/** What an event is about, as far as findings are told of it. A refund is about the return and the claim it names. */
function subjectsOf(event: LedgerEvent): readonly string[] {
  switch (event.kind) {
    case 'return.requested':
    case 'return.received':
    case 'return.inspected':
      return [`return ${event.body.return}`];
    case 'refund.issued':
      return [
        ...(event.body.return === undefined ? [] : [`return ${event.body.return}`]),
        ...(event.body.claim === undefined ? [] : [`claim ${event.body.claim}`]),
      ];
    case 'claim.opened':
    case 'claim.resolved':
      return [`claim ${event.body.claim}`];
    case 'complaint.opened':
    case 'complaint.resolved':
      return [`complaint ${event.body.complaint}`];
    case 'payment.disputed':
    case 'payment.dispute_won':
    case 'payment.dispute_lost':
      return [`dispute ${event.body.dispute}`];
    case 'message.received':
    case 'message.labelled':
      return [`message ${event.body.message}`];
    case 'review.posted':
    case 'review.assessed':
      return [`review ${event.body.review}`];
    default:
      return [];
  }
}

import type { EventOf, LedgerEvent } from '../events/event.ts';
import type { ReturnReason } from '../events/values.ts';
import type { Money } from '../shared/money.ts';
import type { Instant } from '../shared/time.ts';

/** One thing that happened, joined from all events about it: a return announced, received and inspected is one. */
export interface Happened {
  /** The same for all events about it. */
  readonly subject: string;
  readonly at: Instant;
  /** Which words say what it was: a key under `notices.evidence.what`. */
  readonly what: string;
  readonly order: string | null;
  readonly amount: Money | null;
  readonly reason: ReturnReason | null;
  /** What was found out about it: keys under `notices.evidence.found`. */
  readonly found: readonly string[];
}

/**
 * What some of a customer's events tell, once each, the newest first. Events that are no conduct of the customer (measures,
 * notes of staff, accounts) tell nothing here, whoever names them.
 */
export function happenings(named: Iterable<string>, events: readonly LedgerEvent[]): readonly Happened[] {
  const about = aboutSubjects(events);
  const byId = new Map<string, LedgerEvent>(events.map((event) => [event.id, event]));
  const found = new Map<string, Happened>();
  for (const id of named) {
    const event = byId.get(id);
    const subject = event === undefined ? null : subjectOf(event);
    if (subject === null || found.has(subject)) continue;
    const happened = tellOf(subject, about.get(subject) ?? []);
    if (happened !== null) found.set(subject, happened);
  }
  return [...found.values()].sort((a, b) => b.at - a.at || (a.subject < b.subject ? -1 : 1));
}

function aboutSubjects(events: readonly LedgerEvent[]): ReadonlyMap<string, readonly LedgerEvent[]> {
  const voided = new Map<string, boolean>();
  for (const event of events)
    if (event.kind === 'event.corrected') voided.set(event.body.event, event.body.as === 'void');
  const about = new Map<string, LedgerEvent[]>();
  for (const event of events) {
    const subject = subjectOf(event);
    // What was found out and then taken back is not told; the thing itself is, where it is named.
    if (subject === null || (voided.get(event.id) === true && isFinding(event))) continue;
    about.set(subject, [...(about.get(subject) ?? []), event]);
  }
  return about;
}

/** What an event is about, as `Happened.subject` names it; null for what is told nowhere. */
export function subjectOf(event: LedgerEvent): string | null {
  switch (event.kind) {
    case 'order.placed':
      return `order ${event.body.order}`;
    case 'order.cancelled':
      return `cancellation ${event.body.order}`;
    case 'order.address_changed':
    case 'payment.failed':
      return `event ${event.id}`;
    case 'return.requested':
    case 'return.received':
    case 'return.inspected':
      return `return ${event.body.return}`;
    case 'refund.issued':
      return `refund ${event.body.refund}`;
    case 'claim.opened':
    case 'claim.resolved':
      return `claim ${event.body.claim}`;
    case 'complaint.opened':
    case 'complaint.resolved':
      return `complaint ${event.body.complaint}`;
    case 'payment.disputed':
    case 'payment.dispute_won':
    case 'payment.dispute_lost':
      return `dispute ${event.body.dispute}`;
    case 'message.received':
    case 'message.labelled':
      return `message ${event.body.message}`;
    case 'review.posted':
    case 'review.assessed':
      return `review ${event.body.review}`;
    default:
      return null;
  }
}

const FINDINGS: ReadonlySet<string> = new Set([
  'return.inspected',
  'claim.resolved',
  'complaint.resolved',
  'payment.dispute_won',
  'payment.dispute_lost',
  'message.labelled',
  'review.assessed',
]);

const isFinding = (event: LedgerEvent): boolean => FINDINGS.has(event.kind);

function tellOf(subject: string, events: readonly LedgerEvent[]): Happened | null {
  const first = base(events);
  if (first === null) return null;
  const told = { subject, at: first.occurredAt, order: null, amount: null, reason: null, found: [] };
  switch (first.kind) {
    case 'order.placed':
      return { ...told, what: 'order', order: first.body.order, amount: first.body.total };
    case 'order.cancelled':
      return {
        ...told,
        what: first.body.stage === 'before_dispatch' ? 'cancellation_early' : 'cancellation',
        order: first.body.order,
        amount: first.body.value ?? null,
      };
    case 'order.address_changed':
      return {
        ...told,
        what: first.body.stage === 'before_dispatch' ? 'address_change_early' : 'address_change',
        order: first.body.order,
      };
    case 'payment.failed':
      return { ...told, what: 'payment_failed', order: first.body.order ?? null };
    case 'return.requested':
    case 'return.received':
      return {
        ...told,
        what: first.kind === 'return.received' ? 'return' : 'return_requested',
        order: first.body.order ?? null,
        amount: first.body.value,
        reason: first.body.reason === 'unspecified' ? null : first.body.reason,
        found: gradeOf(lastOf(events, 'return.inspected')),
      };
    case 'refund.issued':
      return {
        ...told,
        what: first.body.goodsBack ? 'refund_with_goods' : 'refund',
        order: first.body.order ?? null,
        amount: first.body.amount,
        reason: first.body.reason === 'unspecified' ? null : first.body.reason,
      };
    case 'claim.opened':
      return {
        ...told,
        what: `claim_${first.body.type}`,
        order: first.body.order ?? null,
        amount: first.body.value ?? null,
        found: outcome(lastOf(events, 'claim.resolved')),
      };
    case 'complaint.opened':
      return {
        ...told,
        what: 'complaint',
        order: first.body.order ?? null,
        found: outcome(lastOf(events, 'complaint.resolved')),
      };
    case 'payment.disputed':
      return {
        ...told,
        what: 'dispute',
        order: first.body.order ?? null,
        amount: first.body.amount,
        found: decidedBank(events),
      };
    case 'message.received':
      return { ...told, what: 'message', order: first.body.order ?? null, found: labelsOf(first, events) };
    case 'review.posted': {
      const assessed = lastOf(events, 'review.assessed');
      return {
        ...told,
        what: 'review',
        order: first.body.order ?? null,
        found: assessed?.body.outcome === 'unfair' ? ['unfair'] : [],
      };
    }
    default:
      return null;
  }
}

/** What it is told by: a return by its arrival, everything else by its beginning. */
function base(events: readonly LedgerEvent[]): LedgerEvent | null {
  const tells = events.filter((event) => !isFinding(event));
  return tells.find((event) => event.kind === 'return.received') ?? tells[0] ?? null;
}

function lastOf<K extends LedgerEvent['kind']>(events: readonly LedgerEvent[], kind: K): EventOf<K> | null {
  const last = events
    .filter((event): event is EventOf<K> => event.kind === kind)
    .toSorted((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq)
    .at(-1);
  return last ?? null;
}

function gradeOf(inspected: EventOf<'return.inspected'> | null): readonly string[] {
  const grade = inspected?.body.grade;
  return grade === undefined || grade === 'new' || grade === 'opened' ? [] : [grade];
}

const outcome = (resolved: EventOf<'claim.resolved' | 'complaint.resolved'> | null): readonly string[] =>
  resolved === null ? [] : [resolved.body.outcome];

function decidedBank(events: readonly LedgerEvent[]): readonly string[] {
  if (lastOf(events, 'payment.dispute_won') !== null) return ['won'];
  return lastOf(events, 'payment.dispute_lost') === null ? [] : ['lost'];
}

/** Labels that people put on a message. What a machine suggested is told to nobody. */
function labelsOf(first: EventOf<'message.received'>, events: readonly LedgerEvent[]): readonly string[] {
  const labelled = lastOf(
    events.filter((event) => event.kind !== 'message.labelled' || event.body.labelledBy === 'staff'),
    'message.labelled',
  );
  const labels = labelled?.body.labels ?? (first.body.labelledBy === 'staff' ? first.body.labels : []);
  return labels.filter((label) => label !== 'polite');
}

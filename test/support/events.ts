import type { z } from 'zod';
import {
  type EventBody,
  type EventKind,
  type EventOf,
  eventBodies,
  type LedgerEvent,
} from '../../src/core/events/event.ts';
import type { CustomerId, EventId, StaffId } from '../../src/core/shared/brand.ts';
import { id } from '../../src/core/shared/brand.ts';
import type { Money } from '../../src/core/shared/money.ts';
import { addPeriod, parsePeriod } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { type Instant, parseInstant } from '../../src/core/shared/time.ts';

type BodyInput<K extends EventKind> = z.input<(typeof eventBodies)[K]>;

/** Minor units of the story's currency (`49_95` is 49.95), or money in any currency. */
export type AmountInput = number | Money;

/** When and from whom, where the story's own clock and customer will not do. */
export type Circumstances = {
  readonly at?: Instant | string | undefined;
  readonly customer?: CustomerId | undefined;
  readonly recordedAt?: Instant | string | undefined;
  readonly source?: string | undefined;
  readonly sourceId?: string | undefined;
};

type Told<K extends EventKind, Replaced extends string = never> = Partial<Omit<BodyInput<K>, Replaced>> & Circumstances;

/** A UUID that is the same in every run: `uuid(7)` ends in 7, and each `family` (0–15) has its own. */
export function uuid(number: number, family = 0): string {
  return `00000000-0000-4000-8${family.toString(16)}00-${number.toString(16).padStart(12, '0')}`;
}

export const eventId = (number: number): EventId => id<EventId>(uuid(number));
export const customerId = (number: number): CustomerId => id<CustomerId>(uuid(number, 1));
export const staffId = (number: number): StaffId => id<StaffId>(uuid(number, 2));

/** Reads an instant written in a test; throws on a slip of the pen. */
export function at(text: Instant | string): Instant {
  if (typeof text === 'number') return text;
  const read = parseInstant(text);
  if (read === null) throw new Error(`A test names an instant that does not exist: ${text}`);
  return read;
}

/**
 * Tells what happened to one shop, event by event, and keeps the list in `events`. The clock starts at `from`, moves on by a
 * minute with each event, and by more with `later('3 days')` or `on('2026-03-01')`. Bodies pass through the real
 * schemas, so a test cannot tell what intake would refuse. References are numbered (O1, R1 …) unless given.
 *
 *     const given = tell();
 *     const order = given.order({ total: 80_00 });
 *     given.later('2 weeks');
 *     given.returned({ order, value: 40_00, reason: 'did_not_fit' });
 *     buildHistory(given.events, 'EUR', given.now);
 */
export class Story {
  readonly events: LedgerEvent[] = [];
  readonly currency: string;
  #customer: CustomerId;
  #clock: Instant;
  readonly #numbers = new Map<string, number>();

  constructor(from: Instant | string, currency: string, customer: CustomerId) {
    this.#clock = at(from);
    this.currency = currency;
    this.#customer = customer;
  }

  get now(): Instant {
    return this.#clock;
  }

  later(period: string): this {
    this.#clock = addPeriod(this.#clock, unwrap(parsePeriod(period)));
    return this;
  }

  on(instant: Instant | string): this {
    this.#clock = at(instant);
    return this;
  }

  /** Whose events follow. */
  by(customer: CustomerId): this {
    this.#customer = customer;
    return this;
  }

  /** Any event, its body as intake would receive it. */
  event<K extends EventKind>(kind: K, body: BodyInput<K>, circumstances: Circumstances = {}): EventOf<K> {
    const seq = this.events.length + 1;
    const occurredAt = circumstances.at === undefined ? this.#clock : at(circumstances.at);
    const told = {
      id: eventId(seq),
      seq,
      kind,
      body: eventBodies[kind].parse(body) as EventBody<K>,
      customer: circumstances.customer ?? this.#customer,
      occurredAt,
      recordedAt: circumstances.recordedAt === undefined ? occurredAt : at(circumstances.recordedAt),
      source: circumstances.source ?? 'test',
      sourceId: circumstances.sourceId ?? `event-${seq}`,
    } as unknown as EventOf<K>;
    this.events.push(told);
    if (circumstances.at === undefined) this.#clock = (this.#clock + 60_000) as Instant;
    return told;
  }

  order(told: Told<'order.placed', 'total'> & { total?: AmountInput } = {}): EventOf<'order.placed'> {
    const { total = 100_00, ...rest } = told;
    return this.#tell('order.placed', { order: this.#next('O'), ...rest, total: this.#money(total) });
  }

  cancelled(
    told: Told<'order.cancelled', 'order' | 'value'> & { order: OrderNamed; value?: AmountInput },
  ): EventOf<'order.cancelled'> {
    const { value, ...rest } = told;
    const worth = value === undefined ? {} : { value: this.#money(value) };
    return this.#tell('order.cancelled', { by: 'customer', stage: 'before_dispatch', ...rest, ...worth });
  }

  delivered(told: Circumstances & { order: OrderNamed }): EventOf<'order.delivered'> {
    return this.#tell('order.delivered', told);
  }

  delayed(told: Circumstances & { order: OrderNamed; days?: number }): EventOf<'order.delayed'> {
    return this.#tell('order.delayed', told);
  }

  addressChanged(
    told: Told<'order.address_changed', 'order'> & { order: OrderNamed },
  ): EventOf<'order.address_changed'> {
    return this.#tell('order.address_changed', { stage: 'after_dispatch', ...told });
  }

  paymentFailed(told: Told<'payment.failed', 'order'> & { order?: OrderNamed } = {}): EventOf<'payment.failed'> {
    return this.#tell('payment.failed', { reason: 'declined', ...told });
  }

  disputed(
    told: Told<'payment.disputed', 'order' | 'amount'> & { order?: OrderNamed; amount?: AmountInput } = {},
  ): EventOf<'payment.disputed'> {
    const { amount = 100_00, ...rest } = told;
    return this.#tell('payment.disputed', {
      dispute: this.#next('D'),
      reason: 'fraudulent',
      ...rest,
      amount: this.#money(amount),
    });
  }

  disputeLost(dispute: EventOf<'payment.disputed'>, when: Circumstances = {}): EventOf<'payment.dispute_lost'> {
    return this.#tell('payment.dispute_lost', { dispute: dispute.body.dispute, ...when });
  }

  disputeWon(dispute: EventOf<'payment.disputed'>, when: Circumstances = {}): EventOf<'payment.dispute_won'> {
    return this.#tell('payment.dispute_won', { dispute: dispute.body.dispute, ...when });
  }

  returnRequested(told: ReturnTold<'return.requested'> = {}): EventOf<'return.requested'> {
    const { value = 50_00, ...rest } = told;
    return this.#tell('return.requested', { return: this.#next('R'), ...rest, value: this.#money(value) });
  }

  returned(told: ReturnTold<'return.received'> = {}): EventOf<'return.received'> {
    const { value = 50_00, ...rest } = told;
    return this.#tell('return.received', { return: this.#next('R'), ...rest, value: this.#money(value) });
  }

  inspected(
    returned: EventOf<'return.received' | 'return.requested'>,
    told: Told<'return.inspected', 'return'> = {},
  ): EventOf<'return.inspected'> {
    return this.#tell('return.inspected', { grade: 'new', ...told, return: returned.body.return });
  }

  refunded(
    told: Told<'refund.issued', 'order' | 'amount'> & { order?: OrderNamed; amount?: AmountInput } = {},
  ): EventOf<'refund.issued'> {
    const { amount = 20_00, ...rest } = told;
    return this.#tell('refund.issued', {
      refund: this.#next('F'),
      goodsBack: false,
      ...rest,
      amount: this.#money(amount),
    });
  }

  claimed(
    told: Told<'claim.opened', 'order' | 'value'> & { order?: OrderNamed; value?: AmountInput } = {},
  ): EventOf<'claim.opened'> {
    const { value, ...rest } = told;
    const worth = value === undefined ? {} : { value: this.#money(value) };
    return this.#tell('claim.opened', { claim: this.#next('C'), type: 'not_received', ...rest, ...worth });
  }

  claimResolved(
    claim: EventOf<'claim.opened'>,
    outcome: 'founded' | 'unfounded',
    when: Circumstances = {},
  ): EventOf<'claim.resolved'> {
    return this.#tell('claim.resolved', { claim: claim.body.claim, outcome, ...when });
  }

  complained(told: Told<'complaint.opened', 'order'> & { order?: OrderNamed } = {}): EventOf<'complaint.opened'> {
    return this.#tell('complaint.opened', { complaint: this.#next('K'), about: 'product', ...told });
  }

  complaintResolved(
    complaint: EventOf<'complaint.opened'>,
    outcome: 'founded' | 'unfounded',
    when: Circumstances = {},
  ): EventOf<'complaint.resolved'> {
    return this.#tell('complaint.resolved', { complaint: complaint.body.complaint, outcome, ...when });
  }

  wrote(told: Told<'message.received', 'order'> & { order?: OrderNamed } = {}): EventOf<'message.received'> {
    return this.#tell('message.received', { message: this.#next('M'), channel: 'email', ...told });
  }

  labelled(
    message: EventOf<'message.received'>,
    told: Told<'message.labelled', 'message'> = {},
  ): EventOf<'message.labelled'> {
    return this.#tell('message.labelled', { labels: [], labelledBy: 'staff', ...told, message: message.body.message });
  }

  reviewed(told: Told<'review.posted', 'order'> & { order?: OrderNamed } = {}): EventOf<'review.posted'> {
    return this.#tell('review.posted', { review: this.#next('V'), rating: 1, ...told });
  }

  reviewAssessed(
    review: EventOf<'review.posted'>,
    outcome: 'fair' | 'unfair',
    when: Circumstances = {},
  ): EventOf<'review.assessed'> {
    return this.#tell('review.assessed', { review: review.body.review, outcome, ...when });
  }

  corrected(
    event: LedgerEvent,
    as: EventBody<'event.corrected'>['as'],
    when: Circumstances = {},
  ): EventOf<'event.corrected'> {
    return this.event('event.corrected', { event: event.id, as, by: staffId(1) }, when);
  }

  #next(prefix: string): string {
    const number = (this.#numbers.get(prefix) ?? 0) + 1;
    this.#numbers.set(prefix, number);
    return `${prefix}${number}`;
  }

  #money(amount: AmountInput): Money {
    return typeof amount === 'number' ? { amount, currency: this.currency } : amount;
  }

  /** Splits what a test says into the body and its circumstances, and turns an order event into its reference. */
  #tell<K extends EventKind>(kind: K, told: Record<string, unknown> & Circumstances): EventOf<K> {
    const { at: when, customer, recordedAt, source, sourceId, ...said } = told;
    const body = { ...said };
    if (typeof said.order === 'object' && said.order !== null)
      body.order = (said.order as EventOf<'order.placed'>).body.order;
    return this.event(kind, body as BodyInput<K>, { at: when, customer, recordedAt, source, sourceId });
  }
}

/** An order, by the event that placed it or by its reference. */
export type OrderNamed = string | EventOf<'order.placed'>;

type ReturnTold<K extends 'return.requested' | 'return.received'> = Told<K, 'order' | 'value'> & {
  order?: OrderNamed;
  value?: AmountInput;
};

/** A new story: 1 January 2026, 10:00 UTC, euros and customer 1 unless said otherwise. */
export function tell(start: { from?: Instant | string; currency?: string; customer?: CustomerId } = {}): Story {
  return new Story(start.from ?? '2026-01-01T10:00:00Z', start.currency ?? 'EUR', start.customer ?? customerId(1));
}

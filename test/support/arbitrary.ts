import fc from 'fast-check';
import type { LedgerEvent, reportedEvents } from '../../src/core/events/event.ts';
import { conductLabel } from '../../src/core/events/messages.ts';
import { disputeReason } from '../../src/core/events/payments.ts';
import { grade } from '../../src/core/events/returns.ts';
import { returnReason, stage } from '../../src/core/events/values.ts';
import type { MetricRequest } from '../../src/core/metrics/types.ts';
import { metricNames } from '../../src/core/metrics/types.ts';
import { days, months } from '../../src/core/shared/period.ts';
import type { Instant } from '../../src/core/shared/time.ts';
import { at, type Story, tell } from './events.ts';

const FROM = at('2026-01-01');
const DAY = 86_400_000;
/** Stories happen within these days; a test's `now` is best drawn from them too. */
export const STORY_DAYS = 500;

export const anyInstant: fc.Arbitrary<Instant> = fc
  .oneof(
    // Whole days often, so that edges of windows are hit and events share a millisecond.
    fc.integer({ min: 0, max: STORY_DAYS }).map((day) => day * DAY),
    fc.integer({ min: 0, max: STORY_DAYS * DAY }),
  )
  .map((offset) => (FROM + offset) as Instant);

/** Few references, so that events meet: R1 requested here is received there. */
const reference = (prefix: string) => fc.integer({ min: 1, max: 4 }).map((number) => `${prefix}${number}`);
const amount = fc.integer({ min: 0, max: 60_00 }).map((value) => ({ amount: value, currency: 'EUR' }));
const order = reference('O');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const finding = fc.constantFrom('founded' as const, 'unfounded' as const);
const labels = fc.uniqueArray(fc.constantFrom(...conductLabel.options), { maxLength: 2 });
const labelledBy = fc.constantFrom('staff' as const, 'machine' as const);
const reason = fc.constantFrom(...returnReason.options);
const lines = fc.array(
  fc.record({
    article: fc.constantFrom('dress', 'shoe'),
    variant: fc.constantFrom('S', 'M', 'L'),
    quantity: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 4 },
);
const returned = { return: reference('R'), order: maybe(order), value: amount, reason, lines };

const bodies = {
  'order.placed': fc.record({ order, total: amount, lines }),
  'order.cancelled': fc.record({
    order,
    by: fc.constantFrom('customer', 'shop'),
    stage: fc.constantFrom(...stage.options),
    value: maybe(amount),
  }),
  'order.delivered': fc.record({ order }),
  'order.delayed': fc.record({ order }),
  'order.address_changed': fc.record({ order, stage: fc.constantFrom(...stage.options) }),
  'payment.captured': fc.record({ order, amount }),
  'payment.failed': fc.record({ order: maybe(order), reason: fc.constant('declined') }),
  'payment.disputed': fc.record({
    dispute: reference('D'),
    order: maybe(order),
    amount,
    reason: fc.constantFrom(...disputeReason.options),
  }),
  'payment.dispute_won': fc.record({ dispute: reference('D') }),
  'payment.dispute_lost': fc.record({ dispute: reference('D') }),
  'return.requested': fc.record(returned),
  'return.received': fc.record({ ...returned, matchedOrders: maybe(fc.uniqueArray(order, { maxLength: 2 })) }),
  'return.inspected': fc.record({
    return: reference('R'),
    grade: fc.constantFrom(...grade.options),
    reasonFound: maybe(fc.constantFrom('confirmed', 'refuted')),
  }),
  'refund.issued': fc.record({
    refund: reference('F'),
    order: maybe(order),
    return: maybe(reference('R')),
    claim: maybe(reference('C')),
    amount,
    goodsBack: fc.boolean(),
    reason,
  }),
  'claim.opened': fc.record({
    claim: reference('C'),
    type: fc.constantFrom('not_received', 'damaged', 'duplicate_order', 'wrong_address'),
    order: maybe(order),
    value: maybe(amount),
  }),
  'claim.resolved': fc.record({ claim: reference('C'), outcome: finding }),
  'complaint.opened': fc.record({ complaint: reference('K'), order: maybe(order), about: fc.constant('product') }),
  'complaint.resolved': fc.record({ complaint: reference('K'), outcome: finding }),
  'message.received': fc.record({
    message: reference('M'),
    channel: fc.constant('email'),
    order: maybe(order),
    labels,
    labelledBy,
  }),
  'message.labelled': fc.record({ message: reference('M'), labels, labelledBy }),
  'review.posted': fc.record({ review: reference('V'), order: maybe(order), rating: fc.integer({ min: 1, max: 5 }) }),
  'review.assessed': fc.record({ review: reference('V'), outcome: fc.constantFrom('fair', 'unfair') }),
  'account.created': fc.constant({}),
  'account.closed': fc.record({ by: fc.constantFrom('customer', 'shop') }),
  'note.added': fc.constant({}),
} as const satisfies Record<keyof typeof reportedEvents, fc.Arbitrary<object>>;

const act = fc
  .constantFrom(...(Object.keys(bodies) as (keyof typeof bodies)[]))
  .chain((kind) => fc.record({ kind: fc.constant(kind), body: bodies[kind], at: anyInstant }));

const correction = fc.record({
  number: fc.nat(),
  as: fc.constantFrom('void', 'shop_fault', 'counts'),
  at: anyInstant,
});

/** Any events of one customer that intake would take, in no order of time, some of them corrected. */
export function anyStory(): fc.Arbitrary<Story> {
  return fc
    .record({ acts: fc.array(act, { maxLength: 40 }), corrections: fc.array(correction, { maxLength: 4 }) })
    .map(({ acts, corrections }) => {
      const given = tell({ from: FROM });
      for (const { kind, body, at: when } of acts) given.event(kind, JSON.parse(JSON.stringify(body)), { at: when });
      for (const { number, as, at: when } of corrections) {
        const event = given.events[number % Math.max(1, acts.length)];
        if (event !== undefined) given.corrected(event, as as 'void', { at: when });
      }
      return given;
    });
}

export const anyRequest: fc.Arbitrary<MetricRequest> = fc.record({
  metric: fc.constantFrom(...metricNames),
  window: fc.constantFrom(null, days(1), days(30), days(90), months(1), months(6), months(12)),
  settle: fc.constantFrom(days(0), days(1), days(30), months(1)),
  exclude: fc.uniqueArray(reason, { maxLength: 2 }),
});

/** The same events in another order. */
export const shuffled = (events: readonly LedgerEvent[]): fc.Arbitrary<LedgerEvent[]> =>
  fc.shuffledSubarray([...events], { minLength: events.length, maxLength: events.length });

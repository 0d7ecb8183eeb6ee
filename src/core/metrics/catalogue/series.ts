import type { EventBody } from '../../events/event.ts';
import type { ConductLabel } from '../../events/messages.ts';
import { bracketing } from '../derived/bracketing.ts';
import { LOW_VALUE, refundCases } from '../derived/refund-cases.ts';
import type { ClaimFact } from '../facts.ts';
import { one, type Series, seriesOf } from '../series.ts';

/** The series the catalogue adds up, each once, so that a count and its share can never drift apart. */

const isOne = (yes: boolean): number | null => (yes ? 1 : null);

export const orders = seriesOf((history) => history.orders, one);
export const orderValue = seriesOf(
  (history) => history.orders,
  (order) => order.value,
);
export const orderItems = seriesOf(
  (history) => history.orders,
  (order) => order.items,
);

export const returns = seriesOf((history) => history.returns, one);
export const returnedValue = seriesOf(
  (history) => history.returns,
  (fact) => fact.value,
);
/** A return whose articles are not known cannot be counted by article, and says so. */
export const returnedItems = seriesOf(
  (history) => history.returns,
  (fact) => fact.items ?? 0,
  (fact) => (fact.items === null ? 'unresolved' : null),
);
const NOT_AS_IT_LEFT: ReadonlySet<EventBody<'return.inspected'>['grade']> = new Set<
  EventBody<'return.inspected'>['grade']
>(['worn', 'damaged', 'wrong_item', 'empty']);
export const wornReturns = seriesOf(
  (history) => history.returns,
  (fact) => isOne(fact.grade !== null && NOT_AS_IT_LEFT.has(fact.grade)),
);
export const bracketingOrders: Series = bracketing;

export const refundsWithoutGoods = seriesOf(
  (history) => history.refunds,
  (refund) => isOne(refund.withoutGoods),
);
export const lowValueCases = seriesOf(
  refundCases,
  (found) => isOne(found.value === null || found.value <= LOW_VALUE),
  (found) => (found.value === null ? 'unresolved' : null),
);

export const claims = (...types: readonly ClaimFact['type'][]): Series =>
  seriesOf(
    (history) => history.claims,
    (claim) => isOne(types.length === 0 || types.includes(claim.type)),
  );

export const chargebacks = seriesOf((history) => history.disputes, one);
export const evasions = seriesOf((history) => history.evasions, one);
export const failedPayments = seriesOf((history) => history.failedPayments, one);

/** After delivery, calling the purchase off is what the right of withdrawal is for: that is a return, not a cancellation. */
export const lateCancellations = seriesOf(
  (history) => history.cancellations,
  (fact) => isOne(fact.by === 'customer' && fact.stage === 'after_dispatch'),
);
export const lateAddressChanges = seriesOf(
  (history) => history.addressChanges,
  (fact) => isOne(fact.stage === 'after_dispatch'),
);

export const unfoundedComplaints = seriesOf((history) => history.complaints, one);
export const reviews = seriesOf((history) => history.reviews, one);
export const unfairReviews = seriesOf(
  (history) => history.reviews,
  (review) => isOne(review.outcome !== null),
  (review) => (review.outcome === 'fair' ? 'found_justified' : null),
);

export const messages = seriesOf((history) => history.messages, one);
/** Messages that are not about an order in which the shop failed. */
export const contacts = seriesOf(
  (history) => history.messages,
  one,
  (message) => message.excuse,
);

/** Messages with one of the labels. `excusable`: not counted when the shop failed in the order the message is about. */
export const labelled = (excusable: boolean, ...labels: readonly ConductLabel[]): Series =>
  seriesOf(
    (history) => history.messages,
    (message) => isOne(labels.some((label) => message.labels.has(label))),
    (message) => (excusable ? message.excuse : null) ?? (message.confirmed ? null : 'not_confirmed_by_staff'),
  );

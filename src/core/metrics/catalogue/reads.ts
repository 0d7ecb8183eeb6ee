import type { EventKind } from '../../events/event.ts';

/** Events that can show that the shop failed in an order, or that an order is none: they change every metric about orders. */
export const faultReads = [
  'order.placed',
  'order.cancelled',
  'order.delayed',
  'claim.opened',
  'claim.resolved',
  'complaint.opened',
  'complaint.resolved',
  'payment.disputed',
  'payment.dispute_won',
  'payment.dispute_lost',
] as const satisfies readonly EventKind[];

/** Events that tell of a return. */
export const returnReads = [
  'return.requested',
  'return.received',
  'return.inspected',
  'refund.issued',
] as const satisfies readonly EventKind[];

export const messageReads = ['message.received', 'message.labelled'] as const satisfies readonly EventKind[];

export const reviewReads = ['review.posted', 'review.assessed'] as const satisfies readonly EventKind[];

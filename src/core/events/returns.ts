import { z } from 'zod';
import { line, money, reference, returnReason } from './values.ts';

const returned = {
  return: reference,
  order: reference.optional(),
  lines: z.array(line).max(2_000).default([]),
  value: money,
  reason: returnReason.default('unspecified'),
};

/** What inspection found: `new` and `opened` are as a shopper may handle goods; the rest is not. */
export const grade = z.enum(['new', 'opened', 'worn', 'damaged', 'wrong_item', 'empty']);

/** Returns. One return may be requested, received and inspected; metrics join the three by the `return` reference. */
export const returnEvents = {
  'return.requested': z.strictObject(returned),
  'return.received': z.strictObject({
    ...returned,
    /** How the shop learnt of it: a credit note is a return whose goods the shop booked back. */
    by: z.enum(['parcel', 'store', 'credit_note']).default('parcel'),
    /** Orders the lines were matched to by article where the source names none. */
    matchedOrders: z.array(reference).max(200).optional(),
  }),
  'return.inspected': z.strictObject({
    return: reference,
    grade,
    /** Whether inspection bears out a reason that would be the shop's fault. Refuted: it counts after all. */
    reasonFound: z.enum(['confirmed', 'refuted']).optional(),
  }),
} as const;

/** Money back to the customer. Without goods back it is a refund the shop paid for nothing returned. */
export const refundEvents = {
  'refund.issued': z.strictObject({
    refund: reference,
    order: reference.optional(),
    return: reference.optional(),
    claim: reference.optional(),
    amount: money,
    goodsBack: z.boolean(),
    reason: returnReason.default('unspecified'),
  }),
} as const;

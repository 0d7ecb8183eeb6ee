import { z } from 'zod';
import { money, reference } from './values.ts';

export const disputeReason = z.enum([
  'fraudulent',
  'unrecognized',
  'product_not_received',
  'product_unacceptable',
  'credit_not_processed',
  'duplicate',
  'subscription_cancelled',
  'general',
  'other',
]);

/** Payments. A dispute is a chargeback or an enquiry at the bank; won and lost are from the shop's side. */
export const paymentEvents = {
  'payment.captured': z.strictObject({ order: reference, amount: money }),
  'payment.failed': z.strictObject({
    order: reference.optional(),
    reason: z.enum(['declined', 'insufficient_funds', 'authentication_failed', 'suspected_fraud', 'other']),
  }),
  'payment.disputed': z.strictObject({
    dispute: reference,
    order: reference.optional(),
    amount: money,
    reason: disputeReason,
  }),
  'payment.dispute_won': z.strictObject({ dispute: reference }),
  'payment.dispute_lost': z.strictObject({ dispute: reference }),
} as const;

import { z } from 'zod';
import { money, reference } from './values.ts';

const finding = z.enum(['founded', 'unfounded']);

/** Claims: the customer says something about an order is wrong. Only a claim found unfounded is conduct. */
export const claimEvents = {
  'claim.opened': z.strictObject({
    claim: reference,
    type: z.enum(['not_received', 'damaged', 'missing', 'wrong_item', 'duplicate_order', 'wrong_address']),
    order: reference.optional(),
    value: money.optional(),
  }),
  'claim.resolved': z.strictObject({ claim: reference, outcome: finding }),
} as const;

/** Complaints: about the shop. Found justified they count for the customer, never against. */
export const complaintEvents = {
  'complaint.opened': z.strictObject({
    complaint: reference,
    order: reference.optional(),
    about: z.enum(['product', 'delivery', 'service', 'billing', 'other']),
  }),
  'complaint.resolved': z.strictObject({ complaint: reference, outcome: finding }),
} as const;

import { z } from 'zod';
import { reference } from './values.ts';

/** What a message does, as a label on conduct. `threat_of_violence` and `hate` are grave; demanding is not abusive. */
export const conductLabel = z.enum([
  'insult',
  'harassment',
  'hate',
  'threat_of_violence',
  'threat_of_publicity',
  'threat_of_legal_action',
  'extortion',
  'impossible_demand',
  'polite',
]);
export type ConductLabel = z.infer<typeof conductLabel>;

/** Messages, and the labels people (or, as a suggestion only, machines) put on them. A staff label replaces a machine's. */
export const messageEvents = {
  'message.received': z.strictObject({
    message: reference,
    channel: z.enum(['email', 'phone', 'chat', 'social', 'form', 'in_person', 'other']),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is not a language tag such as "nl"')
      .optional(),
    order: reference.optional(),
    labels: z.array(conductLabel).max(9).default([]),
    labelledBy: z.enum(['staff', 'machine']).default('staff'),
  }),
  'message.labelled': z.strictObject({
    message: reference,
    labels: z.array(conductLabel).max(9),
    labelledBy: z.enum(['staff', 'machine']),
  }),
} as const;

/** Reviews. Only one that staff assessed as unfair is conduct; a bad review is not. */
export const reviewEvents = {
  'review.posted': z.strictObject({ review: reference, order: reference.optional(), rating: z.int().min(1).max(5) }),
  'review.assessed': z.strictObject({ review: reference, outcome: z.enum(['fair', 'unfair']) }),
} as const;

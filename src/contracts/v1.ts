import { z } from 'zod';
import { obligation, surface } from '../core/events/measures.ts';
import { isCurrency } from '../core/shared/money.ts';
import { at, standing, units, uuid } from './common.ts';

/** POST /v1/events: each item is read by itself, so that one bad item does not cost the others. */
export const eventsRequest = z.object({ events: z.array(z.unknown()).min(1).max(1_000) });
export const eventResult = z.object({
  index: z.int(),
  status: z.enum(['added', 'known', 'conflict', 'refused']),
  event: uuid.optional(),
  customer: uuid.nullable().optional(),
  error: z.object({ field: z.string(), message: z.string() }).optional(),
});
export const eventsResponse = z.object({
  added: z.int(),
  known: z.int(),
  conflicts: z.int(),
  refused: z.int(),
  results: z.array(eventResult),
});

/** POST /v1/decisions */
export const decisionRequest = z.strictObject({
  surface,
  customer: z.strictObject({
    externalId: z.string().trim().min(1).max(120).optional(),
    email: z.string().trim().min(3).max(254).optional(),
    phone: z.string().trim().min(3).max(40).optional(),
  }),
  order: z
    .strictObject({
      reference: z.string().max(120).optional(),
      total: z.int().min(0).optional(),
      currency: z.string().refine(isCurrency, 'is not an ISO 4217 currency code').optional(),
      items: z.int().min(0).max(100_000).optional(),
    })
    .optional(),
  /** For the return surface: what kind of return is asked for. Statutory ones are never denied. */
  returnKind: z.enum(['withdrawal', 'faulty', 'goodwill']).optional(),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  language: z.string().min(2).max(20).optional(),
});
export type DecisionRequest = z.infer<typeof decisionRequest>;

export const decisionResponse = z.object({
  decision: uuid,
  outcome: z.enum(['allow', 'challenge', 'review', 'deny']),
  obligations: z.array(z.object({ name: obligation, words: z.string() })),
  reasons: z.array(
    z.object({
      measure: uuid,
      rule: z.string().nullable(),
      title: z.string(),
      policyVersion: z.int().nullable(),
      until: at,
    }),
  ),
  /** What to show the customer; null with a plain allow. */
  message: z.object({ language: z.string(), text: z.string() }).nullable(),
});
export type DecisionResponse = z.infer<typeof decisionResponse>;

/** POST /v1/customers/lookup: in the body, because a customer's number names a person, and addresses are logged along the way. */
export const customerLookup = z.strictObject({ externalId: z.string().trim().min(1).max(120) });
export const customerSummary = z.object({
  id: uuid,
  standing,
  since: at.nullable(),
  until: at.nullable(),
  orders: z.int(),
  orderedValue: units,
});

/** POST /v1/mail/bounces */
export const bounceReport = z.strictObject({
  messageId: z.string().trim().min(3).max(500),
  reason: z.string().trim().max(1_000).optional(),
});
export const bounceResponse = z.object({
  /** The message in the outbox that came back. */
  message: uuid,
  /** False: it was known before, and nothing changed. */
  recorded: z.boolean(),
});

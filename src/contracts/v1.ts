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

const country = z.string().regex(/^[A-Z]{2}$/, 'is not an ISO 3166 country code such as NL');

/** POST /v1/decisions */
export const decisionRequest = z.strictObject({
  surface,
  customer: z.strictObject({
    externalId: z.string().trim().min(1).max(120).optional(),
    email: z.string().trim().min(3).max(254).optional(),
    phone: z.string().trim().min(3).max(40).optional(),
    name: z.string().trim().min(1).max(200).optional(),
    /** Where the goods are to go, or where the customer lives. */
    address: z
      .strictObject({
        street: z.string().trim().min(1).max(200),
        postcode: z.string().trim().min(1).max(20).optional(),
        city: z.string().trim().min(1).max(120).optional(),
        country: country.optional(),
      })
      .optional(),
    /** What the shop recognises a device by; compared exactly. */
    device: z.string().trim().min(4).max(120).optional(),
    /** What the payment provider calls the card, the same for the same card; never a card number. */
    card: z.string().trim().min(4).max(120).optional(),
  }),
  order: z
    .strictObject({
      reference: z.string().max(120).optional(),
      total: z.int().min(0).optional(),
      currency: z.string().refine(isCurrency, 'is not an ISO 4217 currency code').optional(),
      items: z.int().min(0).max(100_000).optional(),
      /** Whether it is this customer's first; left out: the shop does not know. */
      first: z.boolean().optional(),
      billingCountry: country.optional(),
      deliveryCountry: country.optional(),
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
      /** A measure about the customer, an entry of a list, a rule about the moment, or a likeness to somebody who has a measure. */
      kind: z.enum(['measure', 'entry', 'live', 'likeness']),
      measure: uuid.nullable(),
      rule: z.string().nullable(),
      title: z.string(),
      /** For whoever works in the shop, in its first language: what a live rule saw against which limits. Not for the customer. */
      detail: z.string().nullable(),
      policyVersion: z.int().nullable(),
      until: at.nullable(),
    }),
  ),
  /** What to show the customer; null with a plain allow. */
  message: z.object({ language: z.string(), text: z.string() }).nullable(),
  /** True: the database has not answered for longer than the shop accepts, and what is known may have changed since. */
  stale: z.boolean(),
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

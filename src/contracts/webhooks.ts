import { z } from 'zod';
import { at, pageOf, pageQuery, uuid } from './common.ts';

/** What other systems can be told of. */
export const hookTopics = [
  'measure.started',
  'measure.changed',
  'measure.lifted',
  'measure.expired',
  'measure.voided',
  'measure.suspended',
  'measure.resumed',
  'appeal.filed',
  'appeal.decided',
  'appeal.withdrawn',
  'decision.denied',
  'customer.erased',
] as const;
export const hookTopic = z.enum(hookTopics);

export const hookEndpoint = z.object({
  id: uuid,
  url: z.string(),
  note: z.string(),
  topics: z.array(hookTopic),
  state: z.enum(['active', 'disabled']),
  disabledBecause: z.enum(['staff', 'failing', 'gone']).nullable(),
  failingSince: at.nullable(),
  createdAt: at,
  lastSentAt: at.nullable(),
  waiting: z.int(),
  failed: z.int(),
});
export const newHookEndpoint = z.object({
  url: z.url({ protocol: /^https?$/ }).max(500),
  topics: z.array(hookTopic).min(1),
  note: z.string().trim().max(120).default(''),
});
export const changeHookEndpoint = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  topics: z.array(hookTopic).min(1).optional(),
  note: z.string().trim().max(120).optional(),
  state: z.enum(['active', 'disabled']).optional(),
});
/** The only time a secret is shown. */
export const madeHookEndpoint = z.object({ endpoint: hookEndpoint, secret: z.string() });
export const rotatedHookSecret = z.object({ secret: z.string(), oldUntil: at });

export const hookSent = z.object({
  id: uuid,
  topic: z.union([hookTopic, z.literal('test')]),
  state: z.enum(['waiting', 'sent', 'failed', 'cancelled']),
  attempts: z.int(),
  createdAt: at,
  sentAt: at.nullable(),
  nextAt: at.nullable(),
  status: z.int().nullable(),
  ms: z.int().nullable(),
  /** Why it is not there, in the reader's language. */
  problem: z.string().nullable(),
});
export const hookSentQuery = z.object({
  ...pageQuery,
  state: z.enum(['waiting', 'sent', 'failed', 'cancelled']).optional(),
});
export const hookSentPage = pageOf(hookSent);
/** A message as it was or would be sent. */
export const hookSentDetail = hookSent.extend({ body: z.string() });

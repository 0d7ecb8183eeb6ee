import { z } from 'zod';
import { obligation, surface } from '../../events/measures.ts';
import { DURATION } from './duration.ts';
import {
  countedFacts,
  type LiveFactName,
  type LiveIdentifier,
  liveAnswers,
  liveFactNames,
  liveIdentifiers,
} from './types.ts';

/** The shape of live rules as their author writes them; `build.ts` reads what a schema cannot say. */

const text = z.string().trim().max(2_000);
const amount = z.union([z.number(), z.string().max(40)]);
const duration = z
  .string()
  .regex(DURATION, 'window')
  .describe('A length of time up to a week, for example "10 minutes", "1 hour" or "2 days".');

/** One of all, any, not, or a single condition on a fact. */
export interface LiveExpressionDocument {
  readonly all?: readonly LiveExpressionDocument[] | undefined;
  readonly any?: readonly LiveExpressionDocument[] | undefined;
  readonly not?: LiveExpressionDocument | undefined;
  readonly fact?: LiveFactName | undefined;
  readonly per?: LiveIdentifier | undefined;
  readonly within?: string | undefined;
  readonly at_least?: string | number | undefined;
  readonly more_than?: string | number | undefined;
  readonly at_most?: string | number | undefined;
  readonly less_than?: string | number | undefined;
  readonly exactly?: string | number | undefined;
}

const expressions = z.lazy(() => z.array(expression).min(1).max(40));

const expression: z.ZodType<LiveExpressionDocument> = z.strictObject({
  all: expressions.optional().describe('All of these must be true.'),
  any: expressions.optional().describe('At least one of these must be true.'),
  not: z
    .lazy(() => expression)
    .optional()
    .describe('This must be false.'),
  fact: z.enum(liveFactNames).optional().describe('What is looked at. What is not known never makes a rule fire.'),
  per: z.enum(liveIdentifiers).optional().describe('By what attempts, failed payments or new accounts are counted.'),
  within: duration.optional(),
  at_least: amount.optional().describe('The limit itself counts. Money as "500.00", counts as whole numbers.'),
  more_than: amount.optional().describe('Only above the limit.'),
  at_most: amount.optional().describe('The limit itself counts.'),
  less_than: amount.optional().describe('Only below the limit.'),
  exactly: amount.optional().describe('Exactly this number.'),
});

const happened = z.strictObject({
  what: z.enum(countedFacts),
  per: z.enum(liveIdentifiers),
  times: z.int().min(1).max(1_000),
  ago: duration.optional().describe('How long before the moment that is judged. Left out: just before.'),
});

const test = z.strictObject({
  name: text.min(1).max(200),
  given: z.strictObject({
    order_value: amount.optional(),
    order_items: z.int().min(0).max(100_000).optional(),
    first_order: z.boolean().optional(),
    disposable_email: z.boolean().optional(),
    hosting_network: z.boolean().optional(),
    countries_differ: z.boolean().optional(),
    happened: z
      .array(happened)
      .max(50)
      .optional()
      .describe('What had happened before. The present attempt counts besides.'),
  }),
  expect: z.strictObject({ fires: z.boolean() }),
});

export const liveRule = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'id')
    .describe('A short name in lower case with hyphens, for example "many-failed-payments".'),
  title: text.min(1).max(120),
  because: text.describe('One sentence to the customer: why something is asked, without accusing.'),
  surfaces: z.array(surface).min(1).max(5).optional().describe('Where it is judged. Left out: at the purchase.'),
  when: expression,
  answer: z.enum(liveAnswers).describe('challenge: something is asked. review: a person looks. Never a refusal.'),
  obligations: z.array(obligation).max(11).optional().describe('What a challenge asks of the customer.'),
  tests: z.array(test).max(50).optional(),
});

export type LiveRuleDocument = z.infer<typeof liveRule>;
export type LiveTestDocument = z.infer<typeof test>;

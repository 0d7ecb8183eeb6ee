import { z } from 'zod';
import { obligation, surface } from '../events/measures.ts';
import { conductLabel } from '../events/messages.ts';
import { disputeReason } from '../events/payments.ts';
import { grade } from '../events/returns.ts';
import { type ReturnReason, returnReason, stage } from '../events/values.ts';
import { type MetricName, metricNames } from '../metrics/types.ts';
import { liveRule } from './live/document.ts';

/**
 * The shape of a policy document as its author writes it. Everything an editor needs to help is here (the JSON Schema is
 * made from it); what a schema cannot say in plain words (units, exactly one comparison, references) is read in `build.ts`.
 */

const PERIOD = /^\s*\d{1,4}\s*(days?|d|weeks?|w|months?|years?|y)\s*$/i;

const LANGUAGE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;

const period = z
  .string()
  .regex(PERIOD, 'period')
  .describe('A length of time, for example "30 days", "12 months" or "1 year".');
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'id')
  .describe('A short name in lower case with hyphens, for example "sends-most-back".');
const text = z.string().trim().max(2_000);
const amount = z.union([z.number(), z.string().max(40)]);

const comparisons = {
  at_least: amount
    .optional()
    .describe('The limit itself counts. Shares as "50 %", money as "25.00", counts as whole numbers.'),
  more_than: amount.optional().describe('Only above the limit.'),
  at_most: amount.optional().describe('The limit itself counts.'),
  less_than: amount.optional().describe('Only below the limit.'),
  exactly: amount.optional().describe('Exactly this number.'),
};

/** One of all, any, not, or a single condition on a metric with exactly one comparison. */
export interface ExpressionDocument {
  readonly all?: readonly ExpressionDocument[] | undefined;
  readonly any?: readonly ExpressionDocument[] | undefined;
  readonly not?: ExpressionDocument | undefined;
  readonly metric?: MetricName | undefined;
  readonly over?: string | undefined;
  readonly settle?: string | undefined;
  readonly leave_out?: readonly ReturnReason[] | undefined;
  readonly at_least?: string | number | undefined;
  readonly more_than?: string | number | undefined;
  readonly at_most?: string | number | undefined;
  readonly less_than?: string | number | undefined;
  readonly exactly?: string | number | undefined;
}

const expressions = z.lazy(() => z.array(expression).min(1).max(40));

const expression: z.ZodType<ExpressionDocument> = z.strictObject({
  all: expressions.optional().describe('All of these must be true.'),
  any: expressions.optional().describe('At least one of these must be true.'),
  not: z
    .lazy(() => expression)
    .optional()
    .describe('This must be false.'),
  metric: z.enum(metricNames).optional().describe('What is measured. See the page about metrics.'),
  over: period.optional().describe('The window. Left out: since the customer’s first event.'),
  settle: period.optional().describe('Another settle delay for this condition than the rule has.'),
  leave_out: z.array(returnReason).max(13).optional().describe('Return reasons that do not count in this condition.'),
  ...comparisons,
});

const given = z.strictObject({
  on: z.string().describe('The day it happened, for example 2026-03-01.'),
  what: z.enum([
    'order',
    'delay',
    'return',
    'refund',
    'claim',
    'complaint',
    'message',
    'review',
    'cancellation',
    'address_change',
    'chargeback',
    'failed_payment',
    'measure',
  ]),
  times: z.int().min(1).max(200).optional().describe('How often it happened; order numbers get -1, -2, … behind them.'),
  every: period.optional().describe('How much later each one happened than the one before.'),
  order: z.string().trim().min(1).max(80).optional(),
  value: amount.optional(),
  items: z.int().min(1).max(100).optional().describe('How many articles were bought or sent back.'),
  variants: z.int().min(2).max(20).optional().describe('How many variants of one article were in the order.'),
  reason: z.union([returnReason, disputeReason]).optional(),
  grade: grade.optional(),
  type: z.enum(['not_received', 'damaged', 'missing', 'wrong_item', 'duplicate_order', 'wrong_address']).optional(),
  found: z.enum(['founded', 'unfounded']).optional(),
  labels: z.array(conductLabel).max(9).optional(),
  rating: z.int().min(1).max(5).optional(),
  assessed: z.enum(['fair', 'unfair']).optional(),
  stage: stage.optional(),
  ends: z.enum(['won', 'lost']).optional().describe('How a dispute ended, from the shop’s side.'),
  step: z.int().min(1).max(20).optional().describe('Which step of the rule’s ladder was taken.'),
});

const test = z.strictObject({
  name: text.min(1).max(200),
  given: z.array(given).max(200),
  at: z.string().describe('The day on which the policy is asked.'),
  expect: z.strictObject({
    fires: z.boolean(),
    step: z.union([z.int().min(1).max(20), z.literal('none')]).optional(),
    standing: z.enum(['good', 'watched', 'warned', 'restricted', 'blocked']).optional(),
  }),
});

const rule = z.strictObject({
  id,
  conduct: id.describe('Which kind of conduct this rule is about, for example "compulsive-returns".'),
  title: text.min(1).max(120),
  because: text.describe('One sentence to the customer: what the shop does not accept, without accusing.'),
  advice: text.optional().describe('What the customer can change.'),
  gravity: z.enum(['minor', 'serious', 'grave']).describe('grave is for threats and fraud only.'),
  when: expression,
  settle: period.optional().describe('How long something must lie in the past before it counts.'),
  leave_out: z
    .array(returnReason)
    .max(13)
    .optional()
    .describe('Return reasons that do not count, beyond the shop’s own faults, which never do.'),
  ladder: id.describe('The ladder this rule leads to.'),
  tests: z.array(test).max(50).optional(),
});

const step = z.strictObject({
  do: z.enum(['watch', 'warning', 'restriction', 'block']),
  obligations: z.array(obligation).max(11).optional().describe('What a restriction demands.'),
  surfaces: z.array(surface).max(5).optional().describe('Where a block bites.'),
  for: period.describe('How long it lasts.'),
  after_previous: period.optional().describe('How long the step before must have been in force.'),
  lift: z
    .strictObject({
      clean_for: period.optional().describe('Ends early after this long without anything new.'),
      orders_kept: z.int().min(1).max(1_000).optional().describe('Ends early after so many orders placed and kept.'),
    })
    .optional(),
});

const ladder = z.strictObject({
  id,
  title: text.min(1).max(120),
  steps: z.array(step).min(1).max(20),
  grave_starts_at: z
    .strictObject({ step: z.int().min(1).max(20), because: z.enum(['threat', 'fraud', 'danger_to_staff']) })
    .optional()
    .describe('Where a grave rule enters this ladder, and why milder steps are passed over.'),
  forget_after: period
    .optional()
    .describe('After this long since the last step the ladder starts again at its first step. Left out: 2 years.'),
});

const tag = z.string().regex(LANGUAGE, 'language').describe('A language by its tag, for example nl or pt-BR.');

const translation = z.strictObject({
  name: text.min(1).max(120).optional(),
  introduction: text.optional(),
  rules: z
    .record(
      id,
      z.strictObject({
        title: text.min(1).max(120).optional(),
        because: text.min(1).optional(),
        advice: text.min(1).optional(),
      }),
    )
    .optional()
    .describe('Texts of rules, by the rule’s id.'),
  ladders: z
    .record(id, z.strictObject({ title: text.min(1).max(120).optional() }))
    .optional()
    .describe('Titles of ladders, by the ladder’s id.'),
  live: z
    .record(id, z.strictObject({ title: text.min(1).max(120).optional(), because: text.min(1).optional() }))
    .optional()
    .describe('Texts of live rules, by the rule’s id.'),
  procedure: z.strictObject({ appeal: text.min(1).optional() }).optional(),
});

export const policyDocument = z.strictObject({
  name: text.min(1).max(120),
  introduction: text,
  language: tag.optional().describe('The language the texts here are in, as a tag. Left out: en.'),
  currency: z.string().optional().describe('Needed only when a limit is an amount of money, for example EUR.'),
  rules: z.array(rule).min(1).max(200),
  ladders: z.array(ladder).min(1).max(50),
  live: z
    .array(liveRule)
    .max(100)
    .optional()
    .describe(
      'Rules about one moment at a surface, such as the checkout: they ask for something or let a person look.',
    ),
  procedure: z.strictObject({
    appeal: text.min(1).describe('How to have a measure looked at again.'),
    appeal_within: period,
    answer_within: period,
    answered_by: z.string().optional().describe('Always "another person" than the one who decided.'),
  }),
  translations: z
    .record(tag, translation)
    .optional()
    .describe('The texts in other languages, by language tag. What is left out is shown as it was written.'),
});

export type PolicyDocument = z.infer<typeof policyDocument>;
export type TranslationDocument = z.infer<typeof translation>;
export type RuleDocument = PolicyDocument['rules'][number];
export type LadderDocument = PolicyDocument['ladders'][number];
export type StepDocument = LadderDocument['steps'][number];
export type TestDocument = z.infer<typeof test>;
export type GivenDocument = z.infer<typeof given>;

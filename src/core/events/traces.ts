import { z } from 'zod';

/** The most events that a condition names in a kept trace: the newest. How many there are in all is then said beside them. */
export const MOST_TRACED = 200;

const outcome = z.enum(['true', 'false', 'unknown']);
const because = z.enum([
  'shop_fault',
  'voided',
  'not_settled',
  'found_justified',
  'left_out_by_policy',
  'not_confirmed_by_staff',
  'unresolved',
]);
const named = z.array(z.uuid()).max(MOST_TRACED);
const period = z.string().max(60);
const count = z.int().min(0);

/**
 * One condition as it was judged, as an event keeps it. Metrics, titles and rules are words of their time, so that what
 * is written can still be read when the catalogue or the policy has changed.
 */
export const conditionTrace = z.strictObject({
  metric: z.string().regex(/^[a-z][a-z0-9_]{0,79}$/, 'is not the name of a metric'),
  title: z.string().max(200),
  unit: z.enum(['count', 'share', 'money', 'days', 'ratio']),
  /** "12 months"; null: since the first event. */
  over: period.nullable(),
  settle: period,
  comparison: z.enum(['at_least', 'more_than', 'at_most', 'less_than', 'exactly']),
  threshold: z.number(),
  /** Null: unknown. */
  value: z.number().nullable(),
  part: z.number().optional(),
  whole: z.number().optional(),
  outcome,
  evidence: named,
  /** How many counted, where that is more than are named. */
  evidenceCount: count.optional(),
  excluded: z.array(z.strictObject({ event: z.uuid(), because })).max(MOST_TRACED),
  /** How many were left out for each reason, where that is more than are named. */
  excludedCounts: z.partialRecord(because, count).optional(),
});

/** One rule as it was judged, with every condition. */
export const ruleTrace = z.strictObject({
  id: z.string().max(80),
  conduct: z.string().max(80),
  title: z.string().max(200),
  because: z.string().max(2_000),
  advice: z.string().max(2_000).nullable(),
  gravity: z.enum(['minor', 'serious', 'grave']),
  ladder: z.string().max(80),
  outcome,
  conditions: z.array(conditionTrace),
});
export type RuleTraceBody = z.infer<typeof ruleTrace>;

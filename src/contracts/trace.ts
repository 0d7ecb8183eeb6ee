import { z } from 'zod';
import { metricNames } from '../core/metrics/types.ts';
import { gravity, uuid } from './common.ts';

const exclusion = z.enum([
  'shop_fault',
  'voided',
  'not_settled',
  'found_justified',
  'left_out_by_policy',
  'not_confirmed_by_staff',
  'unresolved',
]);

/** One condition of a rule as it was judged: what was measured, what it was compared with, on which events. */
export const conditionTrace = z.object({
  metric: z.enum(metricNames),
  title: z.string(),
  unit: z.enum(['count', 'share', 'money', 'days', 'ratio']),
  /** "12 months"; null: since the first event. */
  over: z.string().nullable(),
  settle: z.string(),
  comparison: z.enum(['at_least', 'more_than', 'at_most', 'less_than', 'exactly']),
  threshold: z.number(),
  /** Null: unknown. */
  value: z.number().nullable(),
  part: z.number().optional(),
  whole: z.number().optional(),
  outcome: z.enum(['true', 'false', 'unknown']),
  evidence: z.array(uuid),
  /** How many counted, where that is more than are named. */
  evidenceCount: z.int().optional(),
  excluded: z.array(z.object({ event: uuid, because: exclusion })),
  /** How many were left out for each reason, where that is more than are named. */
  excludedCounts: z.partialRecord(exclusion, z.int()).optional(),
});
export type ConditionTraceJson = z.infer<typeof conditionTrace>;

export const ruleTrace = z.object({
  id: z.string(),
  conduct: z.string(),
  title: z.string(),
  because: z.string(),
  advice: z.string().nullable(),
  gravity,
  ladder: z.string(),
  outcome: z.enum(['true', 'false', 'unknown']),
  conditions: z.array(conditionTrace),
});
export type RuleTraceJson = z.infer<typeof ruleTrace>;

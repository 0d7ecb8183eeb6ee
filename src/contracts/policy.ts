import { z } from 'zod';
import { at, person, stepType } from './common.ts';

export const finding = z.object({
  severity: z.enum(['error', 'warning']),
  /** Which fairness rule (1–11), "schema" or "test". */
  about: z.string(),
  line: z.int(),
  column: z.int(),
  message: z.string(),
});
export type Finding = z.infer<typeof finding>;

/** A policy in plain words: sections of sentences, as staff and customers read it. */
export const prose = z.object({
  title: z.string(),
  introduction: z.string(),
  sections: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['rule', 'ladder', 'live', 'procedure', 'rights']),
      title: z.string(),
      sentences: z.array(z.string()),
      /** Whose data it is judged by: what is said before the name, and the name, as a link. */
      source: z.object({ said: z.string(), name: z.string(), href: z.string() }).optional(),
    }),
  ),
});
export type Prose = z.infer<typeof prose>;

const author = { author: z.string(), note: z.string(), publishedAt: at };
export const policyVersionRow = z.object({ version: z.int(), ...author });

export const policyView = z.object({
  version: z.int(),
  source: z.string(),
  ...author,
  prose,
  /** Rule id → customers whose traces fire that rule today. */
  touches: z.record(z.string(), z.int()),
  draft: z.object({ source: z.string(), savedAt: at, by: z.string() }).nullable(),
});

export const policySource = z.object({ source: z.string().max(262_144) });
export const policyCheck = z.object({
  valid: z.boolean(),
  findings: z.array(finding),
  tests: z.object({ passed: z.int(), failed: z.int() }),
  prose: prose.nullable(),
});
/** Who would change if this were the policy now. Long work: judged from the ledger, at most `evaluated` customers. */
export const policyImpact = z.object({
  evaluated: z.int(),
  total: z.int(),
  proposalsNow: z.int(),
  proposalsThen: z.int(),
  added: z.array(z.object({ customer: person, rule: z.string(), type: stepType })),
  removed: z.array(z.object({ customer: person, rule: z.string(), type: stepType })),
});
export const policyPublish = policySource.extend({ note: z.string().trim().min(3).max(500), expectedVersion: z.int() });
export const policyDiff = z.object({ from: z.int(), to: z.int(), changes: z.array(z.string()) });

import type { DecisionResponse } from '../../contracts/v1.ts';
import { sayObligation } from '../../core/policy/say.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { MadeDecision } from '../../workflows/decide/types.ts';

/** The answer of POST /v1/decisions, its fields in the contract's order. */
export function decisionAnswer(made: MadeDecision): DecisionResponse {
  const { decision, outcome, obligations, reasons, message, language } = made;
  return {
    decision,
    outcome,
    obligations: obligations.map((name) => ({ name, words: sayObligation(language, name) })),
    reasons: reasons.map(({ kind, measure, rule, title, detail, policyVersion, until }) => ({
      kind,
      measure,
      rule,
      title,
      detail,
      policyVersion,
      until: until === null ? null : formatInstant(until),
    })),
    message,
    stale: made.stale,
  };
}

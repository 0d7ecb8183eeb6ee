import type { Obligation } from '../events/measures.ts';
import { asksAt, obligations as catalogue } from '../measures/obligations.ts';
import { assertNever } from '../shared/assert-never.ts';
import {
  type Decision,
  type DecisionRequest,
  type DecisionSubject,
  type Outcome,
  outcomes,
  type StandingMeasure,
} from './types.ts';

const ALLOWED: Decision = {
  outcome: 'allow',
  obligations: [],
  reasons: [],
  message: null,
  allowListed: false,
  byPhoneAlone: false,
};
const VOUCHED_FOR: Decision = { ...ALLOWED, allowListed: true };

/**
 * The answer at a surface. An allow-list entry wins over every measure. A block on the surface denies, an obligation
 * that acts there asks or waits for a person, a warning stops nothing. A return that is a legal right (withdrawal, faulty
 * goods, or one whose kind nobody named) is never denied: a person looks at it (fairness rule 6). Faulty goods go back free.
 * A measure that only a shared phone leads to makes a person look, and does nothing else.
 */
export function decide(request: DecisionRequest, subject: DecisionSubject): Decision {
  const { measures, byPhoneAlone = [] } = subject;
  if (measures.length === 0 && byPhoneAlone.length === 0) return subject.allowListed ? VOUCHED_FOR : ALLOWED;
  if (subject.allowListed) return VOUCHED_FOR;

  let outcome: Outcome = 'allow';
  const asked: Obligation[] = [];
  const own: StandingMeasure[] = [];
  for (const measure of measures) {
    if (!inForce(measure, request.now)) continue;
    const effect = effectOf(measure, request, asked);
    if (effect === 'allow') continue;
    own.push(measure);
    if (outcomes.indexOf(effect) > outcomes.indexOf(outcome)) outcome = effect;
  }
  const perhaps = byPhoneAlone.filter(
    (measure) => inForce(measure, request.now) && effectOf(measure, request, []) !== 'allow',
  );
  if (perhaps.length > 0 && outcome !== 'deny') outcome = 'review';
  const acting = [...own, ...perhaps];
  const last = latestEnd(acting);
  if (outcome === 'allow' || last === null) return ALLOWED;

  // Whoever is refused has nothing to meet, so obligations would only confuse.
  const demanded = outcome === 'deny' ? [] : asked;
  return {
    outcome,
    obligations: demanded,
    reasons: acting.map((measure) => ({
      measure: measure.id,
      rules: measure.rules,
      policyVersion: measure.policyVersion,
      until: measure.until,
    })),
    message: {
      key: `decision.${outcome}.${request.surface}`,
      values: {
        until: latestEnd(own) ?? last,
        obligations: demanded,
        rules: own.length === 0 ? null : [...new Set(own.flatMap((measure) => measure.rules))],
      },
    },
    allowListed: false,
    byPhoneAlone: perhaps.length > 0,
  };
}

function inForce({ state, startedAt, until }: StandingMeasure, now: DecisionRequest['now']): boolean {
  return state === 'active' && now >= startedAt && now < until;
}

/** What one measure does at the surface; what it asks for is added to `asked`. */
function effectOf(measure: StandingMeasure, request: DecisionRequest, asked: Obligation[]): Outcome {
  switch (measure.type) {
    case 'warning':
      return 'allow';
    case 'block': {
      const demands = demand(measure, request, asked);
      if (!measure.surfaces.includes(request.surface)) return demands;
      return request.surface === 'return' && request.returnKind !== 'goodwill' ? 'review' : 'deny';
    }
    case 'restriction':
      return demand(measure, request, asked);
    default:
      return assertNever(measure.type);
  }
}

function demand(measure: StandingMeasure, { surface, returnKind }: DecisionRequest, asked: Obligation[]): Outcome {
  let outcome: Outcome = 'allow';
  for (const obligation of measure.obligations) {
    if (!asksAt(obligation, measure.surfaces, surface)) continue;
    // Bringing faulty goods back costs a consumer nothing: Directive (EU) 2019/771, art. 14(1).
    if (obligation === 'no_free_returns' && returnKind === 'faulty') continue;
    if (!asked.includes(obligation)) asked.push(obligation);
    if (catalogue[obligation].asks === 'review') outcome = 'review';
    else if (outcome === 'allow') outcome = 'challenge';
  }
  return outcome;
}

function latestEnd(measures: readonly StandingMeasure[]): StandingMeasure['until'] | null {
  let last: StandingMeasure['until'] | null = null;
  for (const measure of measures) if (last === null || measure.until > last) last = measure.until;
  return last;
}

import type { LedgerEvent } from '../events/event.ts';
import { foldMeasures, inForce } from '../measures/fold.ts';
import type { Measure } from '../measures/types.ts';
import type { History } from '../metrics/facts.ts';
import { measureAll, nextMetricChange } from '../metrics/measure.ts';
import type { MetricValue } from '../metrics/types.ts';
import type { CompiledPolicy, Gravity, Policy, RuleTrace } from '../policy/types.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { MeasureId } from '../shared/brand.ts';
import { addPeriod } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';
import { type EvidenceTimes, evidenceTimes, limitReachedAt } from './evidence.ts';
import { climb, standingDeclines } from './ladder.ts';
import { earnedLifts, type LiftPolicies } from './lifts.ts';
import { type Assessment, type ProposalDraft, type Standing, standings } from './types.ts';

export interface AssessmentInput {
  /** All events of one customer, in any order. */
  readonly events: readonly LedgerEvent[];
  /** The same events, joined. */
  readonly history: History;
  readonly policy: CompiledPolicy;
  readonly now: Instant;
  /** Earlier versions, for what was promised under them; null when one is gone. Without it only the policy above is asked. */
  readonly version?: ((version: number) => CompiledPolicy | null) | undefined;
  /** The policy's requests, already measured at `now`, where the caller has them. */
  readonly values?: readonly MetricValue[] | undefined;
}

/**
 * Judges one customer at one instant: standing, what the policy proposes, what has run out or earned its end, and when
 * to look again. Depends on nothing but its input, so replaying the ledger gives the same answer, always.
 */
export function assess(input: AssessmentInput): Assessment {
  const { events, history, policy, now } = input;
  const values = input.values ?? measureAll(history, policy.requests, now);
  const traces = policy.evaluate(values);
  const fired = traces.filter((trace) => trace.outcome === true);
  const measures = foldMeasures(events, now);
  const times = evidenceTimes(history);
  const declined = standingDeclines(events, now);

  const proposals: ProposalDraft[] = [];
  const changes: Instant[] = [];
  for (const ladder of policy.policy.ladders) {
    const rules = fired.filter((trace) => trace.rule.ladder === ladder.id);
    const climbed = climb({ ladder, fired: rules, measures, declined, times, now });
    if (climbed.proposal !== null) proposals.push(climbed.proposal);
    changes.push(...climbed.changes);
  }
  const lifts = earnedLifts(measures, liftPolicies(input), history, times, now);
  changes.push(...lifts.changes);
  for (const measure of measures) if (inForce(measure, now)) changes.push(measure.until);
  for (const request of policy.requests) {
    const change = nextMetricChange(history, request, now);
    if (change !== null) changes.push(change);
  }
  for (const event of events) if (event.occurredAt > now) changes.push(event.occurredAt);

  return {
    ...standingOf(measures, fired, policy.policy, times, now),
    measures,
    proposals,
    earnedLifts: lifts.earned,
    toExpire: unwrittenExpiries(measures, events, now),
    traces,
    nextChangeAt: firstAfter(changes, now),
  };
}

/** A measure ends early by what the policy said when it began, or by what it says now, whichever is met first. */
function liftPolicies({ policy, version }: AssessmentInput): LiftPolicies {
  return ({ policyVersion }) => {
    const then = policyVersion === null || policyVersion === policy.version ? null : (version?.(policyVersion) ?? null);
    return then === null ? [policy.policy] : [then.policy, policy.policy];
  };
}

type Stands = Pick<Assessment, 'standing' | 'since' | 'until' | 'because'>;

function standingOf(
  measures: readonly Measure[],
  fired: readonly RuleTrace[],
  policy: Policy,
  times: EvidenceTimes,
  now: Instant,
): Stands {
  const current = measures.filter((measure) => inForce(measure, now));
  let standing: Standing = fired.length > 0 ? 'watched' : 'good';
  for (const measure of current) {
    const implied = impliedBy(measure);
    if (standings.indexOf(implied) > standings.indexOf(standing)) standing = implied;
  }
  const lastEnd = measures.reduce<Instant | null>((last, measure) => latest(last, measure.endedAt), null);
  if (standing === 'good') return { standing, since: lastEnd, until: null, because: [] };
  if (standing === 'watched') {
    const because = mostGraveFirst(
      fired.map((trace) => trace.rule.id),
      policy,
    );
    return { standing, since: latest(firedSince(fired, times), lastEnd), until: null, because };
  }
  const behind = current.filter((measure) => impliedBy(measure) === standing);
  return {
    standing,
    since: behind.reduce<Instant | null>((first, measure) => earliest(first, measure.startedAt), null),
    until: behind.reduce<Instant | null>((last, measure) => latest(last, measure.until), null),
    because: mostGraveFirst(
      behind.flatMap((measure) => measure.rules),
      policy,
    ),
  };
}

function impliedBy(measure: Measure): Standing {
  switch (measure.type) {
    case 'warning':
      return 'warned';
    case 'restriction':
      return 'restricted';
    case 'block':
      return 'blocked';
    default:
      return assertNever(measure.type);
  }
}

/** When the first of the rules came to fire: its limits reached, and settled. */
function firedSince(fired: readonly RuleTrace[], times: EvidenceTimes): Instant | null {
  let since: Instant | null = null;
  for (const trace of fired) {
    const reached = limitReachedAt(trace, times);
    if (reached === null) continue;
    let settled: Instant | null = null;
    for (const line of trace.conditions) settled = latest(settled, addPeriod(reached, line.condition.request.settle));
    since = earliest(since, settled);
  }
  return since;
}

const gravities = { grave: 0, serious: 1, minor: 2 } as const satisfies Record<Gravity, number>;

/** Rules that a later policy no longer knows come last, by name. */
function mostGraveFirst(rules: readonly string[], policy: Policy): readonly string[] {
  const place = (id: string): number => {
    const index = policy.rules.findIndex((rule) => rule.id === id);
    const rule = policy.rules[index];
    return rule === undefined ? Number.MAX_SAFE_INTEGER : gravities[rule.gravity] * policy.rules.length + index;
  };
  return [...new Set(rules)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** Measures that time has ended, without their `measure.expired` in the ledger. */
function unwrittenExpiries(
  measures: readonly Measure[],
  events: readonly LedgerEvent[],
  now: Instant,
): readonly MeasureId[] {
  const expired = measures.filter((measure) => measure.state === 'expired');
  if (expired.length === 0) return [];
  const written = new Set<string>();
  for (const event of events)
    if (event.kind === 'measure.expired' && event.occurredAt <= now) written.add(event.body.measure);
  return expired.filter((measure) => !written.has(measure.id)).map((measure) => measure.id);
}

function firstAfter(instants: readonly Instant[], now: Instant): Instant | null {
  let first: Instant | null = null;
  for (const at of instants) if (at > now && (first === null || at < first)) first = at;
  return first;
}

function latest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b < a) ? b : a;
}

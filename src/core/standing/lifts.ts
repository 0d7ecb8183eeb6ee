import { inForce } from '../measures/fold.ts';
import type { Measure } from '../measures/types.ts';
import type { History } from '../metrics/facts.ts';
import { measureMetric } from '../metrics/measure.ts';
import type { MetricRequest } from '../metrics/types.ts';
import { requestKey } from '../policy/compile.ts';
import { conditionsOf } from '../policy/expression.ts';
import type { Policy, Step } from '../policy/types.ts';
import { isConduct, isCount } from '../policy/vocabulary.ts';
import { addPeriod, days, formatPeriod, wholeDaysBetween } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';
import type { EvidenceTimes } from './evidence.ts';
import type { EarnedLift } from './types.ts';

/** An order is kept when it has not come back, been cancelled or been disputed for this long: the longest usual time for returns. */
export const KEPT_AFTER = days(30);

export interface Lifts {
  readonly earned: readonly EarnedLift[];
  /** Later instants at which waiting alone could earn a lift. */
  readonly changes: readonly Instant[];
}

/** The versions of the policy whose conditions end a measure early, whichever is met first. */
export type LiftPolicies = (measure: Measure) => readonly Policy[];

/**
 * Which measures in force have earned their early end, by the conditions their step names. All that are given must hold. What was
 * promised when a measure began still counts after the policy has changed.
 */
export function earnedLifts(
  measures: readonly Measure[],
  policies: LiftPolicies,
  history: History,
  times: EvidenceTimes,
  now: Instant,
): Lifts {
  const earned: EarnedLift[] = [];
  const changes: Instant[] = [];
  for (const measure of measures) {
    if (!inForce(measure, now)) continue;
    const tried = policies(measure).map((policy) => earnedBy(measure, policy, history, times, now));
    changes.push(...tried.flatMap((each) => each.changes));
    const why = tried.find((each) => each.why !== null)?.why;
    if (why != null) earned.push({ measure: measure.id, why });
  }
  return { earned, changes };
}

function earnedBy(
  measure: Measure,
  policy: Policy,
  history: History,
  times: EvidenceTimes,
  now: Instant,
): { readonly why: string | null; readonly changes: readonly Instant[] } {
  const changes: Instant[] = [];
  const lift = stepOf(measure, policy)?.lift;
  if (lift === undefined || (lift.cleanFor === null && lift.ordersKept === null)) return { why: null, changes };
  const reasons: string[] = [];
  let missing = false;
  if (lift.cleanFor !== null) {
    const cleanAt = addPeriod(lastIncident(measure, policy, history, times, now), lift.cleanFor);
    changes.push(cleanAt);
    if (now >= cleanAt) reasons.push(`nothing new for ${formatPeriod(lift.cleanFor)}`);
    else missing = true;
  }
  if (lift.ordersKept !== null) {
    const kept = keptOrders(history, measure.startedAt);
    const count = kept.filter((at) => at <= now).length;
    changes.push(...kept);
    if (count >= lift.ordersKept)
      reasons.push(count === 1 ? '1 order placed and kept' : `${count} orders placed and kept`);
    else missing = true;
  }
  return { why: missing ? null : `${reasons.join(', and ')} since it began`, changes };
}

/** How far a customer has come towards the early end of a measure; each part is null where the step does not ask for it. */
export interface LiftProgress {
  readonly orders: { readonly done: number; readonly needed: number } | null;
  /** Whole days without anything new, begun again with every incident. */
  readonly days: { readonly done: number; readonly needed: number } | null;
}

/** Progress towards the early end; null for a measure that is over, or that only time or a person ends. */
export function liftProgress(
  measure: Measure,
  policy: Policy,
  history: History,
  times: EvidenceTimes,
  now: Instant,
): LiftProgress | null {
  const lift = stepOf(measure, policy)?.lift;
  if (!inForce(measure, now) || lift === undefined || (lift.cleanFor === null && lift.ordersKept === null)) return null;
  const since = lift.cleanFor === null ? now : lastIncident(measure, policy, history, times, now);
  const needed = lift.cleanFor === null ? 0 : wholeDaysBetween(since, addPeriod(since, lift.cleanFor));
  const kept = keptOrders(history, measure.startedAt).filter((at) => at <= now).length;
  return {
    orders: lift.ordersKept === null ? null : { done: Math.min(kept, lift.ordersKept), needed: lift.ordersKept },
    days: lift.cleanFor === null ? null : { done: Math.min(Math.max(0, wholeDaysBetween(since, now)), needed), needed },
  };
}

function stepOf(measure: Measure, policy: Policy): Step | undefined {
  if (measure.ladder === null || measure.step === null) return undefined;
  return policy.ladders.find((ladder) => ladder.id === measure.ladder)?.steps[measure.step - 1];
}

/**
 * The last conduct that a rule of the same ladder looks at, fired or not, in whatever window, or else the start. What is
 * not settled yet may still turn out to count, so it holds the lift back until it is old enough or found not to count.
 */
function lastIncident(measure: Measure, policy: Policy, history: History, times: EvidenceTimes, now: Instant): Instant {
  let last = measure.startedAt;
  const look = (at: Instant | null) => {
    if (at !== null && at > last) last = at;
  };
  for (const request of requestsOf(policy, measure.ladder)) {
    const measured = measureMetric(history, request, now);
    for (const event of measured.evidence) look(times(event));
    for (const left of measured.excluded)
      if (left.because === 'not_settled' || left.because === 'unresolved') look(times(left.event));
  }
  return last;
}

/**
 * What the rules of a ladder count, over all time. Shares are looked at only where a rule counts nothing else: they also list what
 * conduct is compared with (orders, messages), and buying or writing politely must never put a lift off.
 */
function requestsOf(policy: Policy, ladder: string | null): Iterable<MetricRequest> {
  const requests = new Map<string, MetricRequest>();
  for (const rule of policy.rules) {
    if (rule.ladder !== ladder) continue;
    const conduct = conditionsOf(rule.when)
      .map(({ request }) => request)
      .filter(({ metric }) => isConduct(metric));
    const counts = conduct.filter(({ metric }) => isCount(metric));
    for (const request of counts.length > 0 ? counts : conduct)
      requests.set(requestKey({ ...request, window: null }), { ...request, window: null });
  }
  return requests.values();
}

/** When each order placed since an instant counts as kept, as far as is known now. */
function keptOrders(history: History, since: Instant): readonly Instant[] {
  const lost = new Set<string>();
  for (const fact of history.returns)
    if (fact.exclusion === null || fact.exclusion === 'unresolved') for (const order of fact.orders) lost.add(order);
  for (const fact of history.disputes)
    if (fact.exclusion === null || fact.exclusion === 'unresolved') for (const order of fact.orders) lost.add(order);
  return history.orders
    .filter((order) => order.at > since && order.exclusion === null && order.cancelledValue < Math.max(order.value, 1))
    .filter((order) => !lost.has(order.order))
    .map((order) => addPeriod(order.at, KEPT_AFTER));
}

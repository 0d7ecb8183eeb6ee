import { SHOP_FAULT_REASONS } from '../events/values.ts';
import type { MetricName } from '../metrics/types.ts';
import { approximateDays } from '../shared/period.ts';
import { requestKey } from './compile.ts';
import { type PlacedCondition, placedConditions } from './expression.ts';
import type { Say } from './lint.ts';
import type { Path } from './problem.ts';
import { formatThreshold } from './thresholds.ts';
import type { Condition, Expression, Policy, Rule } from './types.ts';
import { isConduct, isCount, isShare, isWindowed, unitOf } from './vocabulary.ts';

/** Returns, claims and disputes may go on for two weeks by law, so what is younger is not settled. */
const SETTLED_DAYS = 14;
const SLOW = /return|refund|claim|chargeback|bracketing|worn/;

/** What can be grave: threats, and claims and disputes that a person or a bank found to be false. */
const GRAVE: ReadonlySet<MetricName> = new Set<MetricName>([
  'threats_of_violence',
  'extortion_attempts',
  'chargebacks',
  'chargeback_rate',
  'unfounded_claims',
  'unfounded_claim_rate',
  'claims_not_received',
  'claims_not_received_rate',
]);

export function lintRules(policy: Policy, say: Say): void {
  policy.rules.forEach((rule, index) => {
    const path = ['rules', index];
    const conditions = placedConditions(rule.when, [...path, 'when']);
    lintProportion(rule, [...path, 'when'], say);
    lintSettling(rule, path, conditions, say);
    lintGravity(rule, path, conditions, say);
    lintSense(rule, path, conditions, policy, say);
  });
}

interface Guarantee {
  readonly count: boolean;
  readonly share: boolean;
}

/** Rule 1. Whichever way the rule comes to fire, a count and a share must both have been reached on that way. */
function lintProportion(rule: Rule, path: Path, say: Say): void {
  if (rule.gravity === 'grave') return;
  const branches: readonly (readonly [Expression, Path])[] =
    'any' in rule.when
      ? rule.when.any.map((branch, index) => [branch, [...path, 'any', index]] as const)
      : [[rule.when, path]];
  for (const [branch, at] of branches) {
    const found = guaranteed(branch);
    if (found.count && found.share) continue;
    const here = branches.length > 1 ? 'This branch' : 'This rule';
    if (!found.count && !found.share)
      say(
        'error',
        1,
        at,
        `${here} can fire without a number of times and without a share of the customer’s own total. Ask for both, under "all".`,
      );
    else if (!found.share)
      say(
        'error',
        1,
        at,
        `${here} can fire on a number of times alone, so whoever buys a lot is caught by chance. Add a share of the customer’s own total, for example a rate "at_least: 30 %".`,
      );
    else
      say(
        'error',
        1,
        at,
        `${here} can fire on a share alone, so one case out of one is enough. Add a number of times, for example a count "at_least: 5" (2 or more).`,
      );
  }
}

function guaranteed(expression: Expression): Guarantee {
  if ('condition' in expression)
    return { count: isRealCount(expression.condition), share: isRealShare(expression.condition) };
  if ('not' in expression) return { count: false, share: false };
  const parts = ('all' in expression ? expression.all : expression.any).map(guaranteed);
  const holds = 'all' in expression ? parts.some.bind(parts) : parts.every.bind(parts);
  return { count: holds((part) => part.count), share: holds((part) => part.share) };
}

function isRealCount({ request, comparison, threshold }: Condition): boolean {
  if (!isCount(request.metric)) return false;
  if (comparison === 'more_than') return threshold >= 1;
  return (comparison === 'at_least' || comparison === 'exactly') && threshold >= 2;
}

function isRealShare({ request, comparison, threshold }: Condition): boolean {
  return isShare(request.metric) && (comparison === 'more_than' || (comparison === 'at_least' && threshold > 0));
}

/** Rule 3. */
function lintSettling(rule: Rule, path: Path, conditions: readonly PlacedCondition[], say: Say): void {
  if (rule.gravity === 'grave') return;
  for (const { condition } of conditions) {
    const { metric, settle } = condition.request;
    if (!isConduct(metric)) continue;
    const length = approximateDays(settle);
    const place = length === 0 ? path : [...path, 'settle'];
    if (SLOW.test(metric) && length < SETTLED_DAYS) {
      say(
        'error',
        3,
        place,
        `Returns, claims and disputes are not settled within ${SETTLED_DAYS} days; what is still open must not count. Write "settle: 30 days", or ${SETTLED_DAYS} days at least.`,
      );
      return;
    }
    if (length === 0) {
      say(
        'error',
        3,
        place,
        'Only settled facts count, and this rule has no settle delay. Add "settle:", for example "settle: 7 days".',
      );
      return;
    }
  }
}

/** Rule 4: what is called grave may pass over steps and needs no proportion, so the word is kept for threats and fraud. */
function lintGravity(rule: Rule, path: Path, conditions: readonly PlacedCondition[], say: Say): void {
  if (rule.gravity !== 'grave' || restsOnGrave(rule.when)) return;
  const named = conditions.map(({ condition }) => condition.request.metric);
  const other = named.find((metric) => !GRAVE.has(metric));
  say(
    'error',
    4,
    [...path, 'gravity'],
    named.some((metric) => GRAVE.has(metric))
      ? 'This rule can fire without a threat or fraud. Whichever way a grave rule fires, one must have been found: move what is not grave into a rule of its own.'
      : `Only threats and fraud are grave; "${other}" is neither. Call the rule serious or minor.`,
  );
}

/** Whether grave conduct must have been found, whichever way the expression comes to hold. */
function restsOnGrave(expression: Expression): boolean {
  if ('condition' in expression) {
    const { request, comparison, threshold } = expression.condition;
    if (!GRAVE.has(request.metric)) return false;
    return comparison === 'more_than' || ((comparison === 'at_least' || comparison === 'exactly') && threshold > 0);
  }
  if ('not' in expression) return false;
  return 'all' in expression ? expression.all.some(restsOnGrave) : expression.any.every(restsOnGrave);
}

/** Limits that say nothing, contradict each other or never forget. */
function lintSense(rule: Rule, path: Path, conditions: readonly PlacedCondition[], policy: Policy, say: Say): void {
  for (const { condition, path: at } of conditions) {
    const { request, comparison, threshold } = condition;
    if (threshold === 0 && comparison === 'at_least')
      say(
        'error',
        null,
        [...at, comparison],
        `Everybody reaches "at least 0", so this condition is always true. Give a real limit or remove it.`,
      );
    if (threshold === 0 && comparison === 'less_than')
      say(
        'error',
        null,
        [...at, comparison],
        `Nobody is below 0, so this condition is never true. Give a real limit or remove it.`,
      );
    if (comparison === 'exactly' && isShare(request.metric))
      say('warning', null, [...at, comparison], 'A share is hardly ever exactly one number. Did you mean "at_least"?');
    if (request.window === null && isWindowed(request.metric) && isConduct(request.metric) && rule.gravity !== 'grave')
      say(
        'warning',
        9,
        at,
        'Without "over:" this looks at everything that ever happened, so nothing is ever forgotten. Add a window such as "over: 12 months".',
      );
    if (request.window !== null && !isWindowed(request.metric))
      say(
        'warning',
        null,
        [...at, 'over'],
        `"${request.metric}" has no window; "over:" changes nothing here. Remove it.`,
      );
    const idle = request.exclude.find((reason) => SHOP_FAULT_REASONS.has(reason));
    if (idle !== undefined)
      say(
        'warning',
        2,
        [...path, 'leave_out'],
        `"${idle}" is the shop’s own fault and never counts anyway; remove it from "leave_out".`,
      );
  }
  lintContradictions(rule.when, [...path, 'when'], policy, say);
}

function lintContradictions(expression: Expression, path: Path, policy: Policy, say: Say): void {
  if ('condition' in expression) return;
  if ('not' in expression) {
    lintContradictions(expression.not, [...path, 'not'], policy, say);
    return;
  }
  const [name, children] =
    'all' in expression ? (['all', expression.all] as const) : (['any', expression.any] as const);
  for (const [index, child] of children.entries()) lintContradictions(child, [...path, name, index], policy, say);
  if (name !== 'all') return;
  const lowest = new Map<string, Condition>();
  const leaves = children.flatMap((child, index) =>
    'condition' in child ? [{ condition: child.condition, at: [...path, name, index] }] : [],
  );
  for (const { condition } of leaves) {
    if (condition.comparison === 'at_most' || condition.comparison === 'less_than') continue;
    const key = requestKey(condition.request);
    const known = lowest.get(key);
    if (known === undefined || known.threshold < condition.threshold) lowest.set(key, condition);
  }
  for (const { condition, at } of leaves) {
    const low = lowest.get(requestKey(condition.request));
    if (low === undefined || low === condition) continue;
    const upper =
      condition.comparison === 'at_most' || condition.comparison === 'less_than' || condition.comparison === 'exactly';
    const strict = condition.comparison === 'less_than' || low.comparison === 'more_than';
    if (upper && (condition.threshold < low.threshold || (strict && condition.threshold === low.threshold))) {
      const show = (limit: number) => formatThreshold(limit, unitOf(condition.request.metric), policy.currency);
      say(
        'error',
        null,
        at,
        `"${condition.request.metric}" cannot be ${show(low.threshold)} and ${show(condition.threshold)} at once, so this rule never fires. Remove one of the two limits.`,
      );
    }
  }
}

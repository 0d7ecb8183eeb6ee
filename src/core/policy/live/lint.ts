import type { Say } from '../lint.ts';
import type { Path } from '../problem.ts';
import type { Policy } from '../types.ts';
import { placedLiveConditions } from './expression.ts';
import type { LiveCondition, LiveExpression, LiveFactName, LiveRule } from './types.ts';

/** Fewer in a window is what anybody may do: a typing error, a second try. */
const FEWEST = 3;
/** Over more than a day, so many at least: people come back during a week. */
const FEWEST_OVER_DAYS = 5;
/** What a household, an office or a mobile network share is reached by several people without anybody's doing. */
const FEWEST_SHARED = 5;
const DAY = 86_400_000;

/** Holds live rules against fairness: proportion (1), origin (10), and what makes sense. */
export function lintLive(policy: Policy, say: Say): void {
  policy.live.forEach((rule, index) => {
    const path = ['live', index];
    for (const { condition, path: at } of placedLiveConditions(rule.when, [...path, 'when'])) {
      lintVelocity(condition, at, say);
      lintLimit(condition, at, say);
    }
    lintCountries(rule, path, say);
    lintReview(rule, path, say);
  });
}

function lintVelocity(condition: LiveCondition, path: Path, say: Say): void {
  if (condition.kind !== 'counted') return;
  const { fact, per, comparison, threshold, withinMs } = condition;
  if (comparison !== 'at_least' && comparison !== 'more_than') {
    say(
      'error',
      1,
      [...path, comparison],
      `How many ${named(fact)} are too many is written "at_least" or "more_than"; few of them are no reason for anything.`,
    );
    return;
  }
  const fewest = comparison === 'more_than' ? threshold + 1 : threshold;
  if (fewest < FEWEST)
    say(
      'error',
      1,
      [...path, comparison],
      `${fewest} ${named(fact)} are what anybody may make by a slip of the finger. Ask for ${FEWEST} at least.`,
    );
  else if (withinMs > DAY && fewest < FEWEST_OVER_DAYS)
    say(
      'error',
      1,
      [...path, 'within'],
      `Over more than a day ordinary customers reach ${fewest} ${named(fact)}. Take a window of 24 hours or less, or ask for ${FEWEST_OVER_DAYS} at least.`,
    );
  else if ((per === 'ip' || per === 'address') && fewest < FEWEST_SHARED)
    say(
      'warning',
      1,
      [...path, comparison],
      `Several people share an internet connection or an address: a household, an office, a mobile network. Ask for ${FEWEST_SHARED} or more.`,
    );
}

const named = (fact: LiveFactName): string => fact.replaceAll('_', ' ');

function lintLimit(condition: LiveCondition, path: Path, say: Say): void {
  if (condition.kind !== 'number') return;
  const { fact, comparison, threshold } = condition;
  if (threshold === 0 && comparison !== 'exactly')
    say(
      'warning',
      null,
      [...path, comparison],
      comparison === 'at_least' || comparison === 'more_than'
        ? `Every order reaches this ${named(fact)}, so the condition is no condition. Give a real limit or remove it.`
        : `No order stays under this ${named(fact)}, so the rule never fires. Give a real limit or remove it.`,
    );
}

/** Rule 10. People send presents, live near borders and move: another country is at most a reason to ask for something. */
function lintCountries(rule: LiveRule, path: Path, say: Say): void {
  if (rule.answer === 'challenge') return;
  const named = placedLiveConditions(rule.when, [...path, 'when']).find(
    ({ condition }) => condition.fact === 'countries_differ',
  );
  if (named !== undefined)
    say(
      'error',
      10,
      named.path,
      'That the countries of bill and delivery differ is a reason to challenge, never to hold an order for a look. Answer challenge, or remove the condition.',
    );
}

/** Rule 1. A single weak sign is true of many ordinary customers; it may ask for something, and does not make anybody wait. */
function lintReview(rule: LiveRule, path: Path, say: Say): void {
  const found = guaranteed(rule.when);
  if (!found.strong && found.weak.size === 0) {
    say(
      'error',
      1,
      [...path, 'when'],
      'This rule can fire on what is not there alone. Ask for something that is so, besides.',
    );
    return;
  }
  if (rule.answer !== 'review' || found.strong || found.weak.size > 1) return;
  const [only] = found.weak;
  say(
    'error',
    1,
    [...path, 'when'],
    `This rule can let people wait for a look because of ${only === undefined ? 'one sign' : `"${only}"`} alone, which is true of many ordinary customers. Answer challenge, or ask for something besides, under "all".`,
  );
}

interface Guarantee {
  /** A number was reached: a value of the order, a count in a window. */
  readonly strong: boolean;
  /** Signs that are so, whichever way the rule comes to fire. */
  readonly weak: ReadonlySet<LiveFactName>;
}

function guaranteed(expression: LiveExpression): Guarantee {
  if ('condition' in expression) {
    const { condition } = expression;
    return condition.kind === 'plain'
      ? { strong: false, weak: new Set([condition.fact]) }
      : { strong: true, weak: new Set() };
  }
  if ('not' in expression) return { strong: false, weak: new Set() };
  if ('all' in expression) {
    const parts = expression.all.map(guaranteed);
    return {
      strong: parts.some(({ strong }) => strong),
      weak: new Set(parts.flatMap(({ weak }) => [...weak])),
    };
  }
  // Of several ways, the weakest says what the rule may rest on.
  const ways = expression.any.map(guaranteed).filter(({ strong }) => !strong);
  const [first, ...others] = ways;
  if (first === undefined) return { strong: expression.any.length > 0, weak: new Set() };
  return others.reduce((weakest, way) => (way.weak.size < weakest.weak.size ? way : weakest), first);
}

import { type Surface, surface } from '../../events/measures.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { Comparison, Truth } from '../types.ts';
import { liveConditionsOf } from './expression.ts';
import type {
  CompiledLive,
  CompiledLiveRule,
  CountedFact,
  LiveCondition,
  LiveExpression,
  LiveFacts,
  LiveFinding,
  LiveIdentifier,
  LiveObservation,
  LiveRule,
  PlainFact,
} from './types.ts';

/** What nothing fired gives: always the same, so that it costs nothing. */
export const NO_FINDINGS: readonly LiveFinding[] = Object.freeze([]);

/** Makes live rules ready to run. `currency` is the policy's, in which its limits of money are. */
export function compileLive(rules: readonly LiveRule[], currency: string | null): CompiledLive {
  const compiled = rules.map((rule) => compileRule(rule, currency));
  return {
    at: bySurface((where) => compiled.filter(({ rule }) => rule.surfaces.includes(where))),
    attemptsPer: bySurface((where) =>
      countedPer(
        rules.filter(({ surfaces }) => surfaces.includes(where)),
        'attempts',
      ),
    ),
    failedPaymentsPer: countedPer(rules, 'failed_payments'),
    newAccountsPer: countedPer(rules, 'new_accounts'),
    longestMs: Math.max(0, ...rules.flatMap(({ when }) => liveConditionsOf(when)).map(windowOf)),
  };
}

/**
 * The live rules that fire at a surface, in the order of the policy. Whatever they find, the gravest they answer is review: a person
 * looks. What is not known never makes a rule fire (Kleene's unknown).
 */
export function evaluateLive(compiled: CompiledLive, at: Surface, facts: LiveFacts): readonly LiveFinding[] {
  let findings: LiveFinding[] | null = null;
  for (const { rule, judge, observe } of compiled.at[at]) {
    if (judge(facts) !== true) continue;
    findings ??= [];
    findings.push({ rule: rule.id, answer: rule.answer, obligations: rule.obligations, observed: observe(facts) });
  }
  return findings ?? NO_FINDINGS;
}

function bySurface<T>(of: (where: Surface) => T): Readonly<Record<Surface, T>> {
  return Object.fromEntries(surface.options.map((where) => [where, of(where)])) as Record<Surface, T>;
}

const windowOf = (condition: LiveCondition): number => (condition.kind === 'counted' ? condition.withinMs : 0);

function countedPer(rules: readonly LiveRule[], fact: CountedFact): readonly LiveIdentifier[] {
  const named = rules
    .flatMap(({ when }) => liveConditionsOf(when))
    .flatMap((condition) => (condition.kind === 'counted' && condition.fact === fact ? [condition.per] : []));
  return [...new Set(named)];
}

type Judge = CompiledLiveRule['judge'];

function compileRule(rule: LiveRule, currency: string | null): CompiledLiveRule {
  const conditions = liveConditionsOf(rule.when);
  const readers = conditions.map((condition) => readerOf(condition, currency));
  return {
    rule,
    judge: judgeOf(rule.when, currency),
    observe: (facts) =>
      conditions.map((condition, index): LiveObservation => ({ condition, value: readers[index]?.(facts) ?? null })),
  };
}

function judgeOf(expression: LiveExpression, currency: string | null): Judge {
  if ('condition' in expression) return judgeCondition(expression.condition, currency);
  if ('not' in expression) {
    const inner = judgeOf(expression.not, currency);
    return (facts) => {
      const truth = inner(facts);
      return truth === null ? null : !truth;
    };
  }
  // Kleene: false decides an "all" and true an "any" whatever is unknown.
  const all = 'all' in expression;
  const parts = (all ? expression.all : expression.any).map((part) => judgeOf(part, currency));
  return (facts) => {
    let truth: Truth = all;
    for (const part of parts) {
      const one = part(facts);
      if (one === !all) return !all;
      if (one === null) truth = null;
    }
    return truth;
  };
}

function judgeCondition(condition: LiveCondition, currency: string | null): Judge {
  const read = readerOf(condition, currency);
  if (condition.kind === 'plain') return (facts) => read(facts) as Truth;
  const compare = comparisons[condition.comparison];
  const { threshold } = condition;
  return (facts) => {
    const value = read(facts);
    return value === null ? null : compare(value as number, threshold);
  };
}

const comparisons: Readonly<Record<Comparison, (value: number, limit: number) => boolean>> = {
  at_least: (value, limit) => value >= limit,
  more_than: (value, limit) => value > limit,
  at_most: (value, limit) => value <= limit,
  less_than: (value, limit) => value < limit,
  exactly: (value, limit) => value === limit,
};

type Reader = (facts: LiveFacts) => number | boolean | null;

const plainReaders: Readonly<Record<PlainFact, Reader>> = {
  first_order: (facts) => facts.firstOrder,
  disposable_email: (facts) => facts.disposableEmail,
  hosting_network: (facts) => facts.hostingNetwork,
  countries_differ: (facts) => facts.countriesDiffer,
};

function readerOf(condition: LiveCondition, currency: string | null): Reader {
  switch (condition.kind) {
    case 'number':
      return condition.fact === 'order_items'
        ? (facts) => facts.orderItems
        : // An amount in another currency is no amount here: nobody knows the rate at this moment.
          (facts) => (currency !== null && facts.orderCurrency === currency ? facts.orderValue : null);
    case 'counted': {
      const { fact, per, withinMs } = condition;
      return (facts) => facts.count(fact, per, withinMs);
    }
    case 'plain':
      return plainReaders[condition.fact];
    default:
      return assertNever(condition);
  }
}

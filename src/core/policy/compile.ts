import type { MetricRequest, MetricValue } from '../metrics/types.ts';
import { formatPeriod } from '../shared/period.ts';
import { compileLive } from './live/evaluate.ts';
import type { Comparison, CompiledPolicy, Condition, Expression, Policy, Rule, RuleTrace } from './types.ts';

/**
 * Compiles a policy once into one plain function, so that judging a customer is straight-line code. Each distinct request is
 * measured once, however many conditions share it. `version` is the published number, null for a draft.
 */
export function compilePolicy(policy: Policy, version: number | null): CompiledPolicy {
  const requests: MetricRequest[] = [];
  const slots = new Map<string, number>();
  const slotOf = (request: MetricRequest): number => {
    const key = requestKey(request);
    const known = slots.get(key);
    if (known !== undefined) return known;
    slots.set(key, requests.length);
    return requests.push(request) - 1;
  };
  const conditions: Condition[] = [];
  const judge = build(policy.rules, conditions, slotOf);
  return {
    policy,
    version,
    requests,
    evaluate(values) {
      if (values.length !== requests.length)
        throw new Error(`The policy asks for ${requests.length} values and got ${values.length}`);
      return judge(values);
    },
    live: compileLive(policy.live, policy.currency),
  };
}

/** The same text for requests that measure the same thing. */
export function requestKey(request: MetricRequest): string {
  const window = request.window === null ? 'ever' : formatPeriod(request.window);
  return `${request.metric}|${window}|${formatPeriod(request.settle)}|${[...request.exclude].sort().join(',')}`;
}

type Judge = (values: readonly MetricValue[]) => readonly RuleTrace[];

const operators: Readonly<Record<Comparison, string>> = {
  at_least: '>=',
  more_than: '>',
  at_most: '<=',
  less_than: '<',
  exactly: '===',
};

/**
 * Writes the policy out as source text and has the engine compile it: twice as fast as a loop over tables, and faster than closures
 * written by hand. The text is made of the fixed pieces below, of indexes counted here and of finite numbers; no word of the
 * document gets into it.
 */
function build(rules: readonly Rule[], conditions: Condition[], slotOf: (request: MetricRequest) => number): Judge {
  const functions = rules.map((rule, index) => ruleSource(rule.when, index, conditions, slotOf));
  const source = `"use strict";
const judges = [${functions.join(',\n')}];
return (values) => [${functions.map((_, index) => `judges[${index}](values)`).join(', ')}];`;
  return new Function('conditions', 'rules', source)(conditions, rules) as Judge;
}

function ruleSource(
  when: Expression,
  rule: number,
  conditions: Condition[],
  slotOf: (request: MetricRequest) => number,
): string {
  const lines: string[] = [];
  const traces: string[] = [];
  const truths: string[] = [];

  const truthOf = (expression: Expression): string => {
    if ('condition' in expression) {
      const { request, comparison, threshold } = expression.condition;
      if (!Number.isFinite(threshold)) throw new Error(`The threshold of ${request.metric} is not a finite number`);
      const n = conditions.push(expression.condition) - 1;
      lines.push(
        `const m${n} = values[${slotOf(request)}], v${n} = m${n}.value, t${n} = v${n} === null ? null : v${n} ${operators[comparison]} ${threshold};`,
      );
      traces.push(`{ condition: conditions[${n}], measured: m${n}, outcome: t${n} }`);
      return `t${n}`;
    }
    const name = `e${truths.length}`;
    truths.push(name);
    if ('not' in expression) {
      const inner = truthOf(expression.not);
      lines.push(`const ${name} = ${inner} === null ? null : !${inner};`);
      return name;
    }
    // Kleene: false decides an "all" and true an "any" whatever is unknown.
    const all = 'all' in expression;
    const parts = (all ? expression.all : expression.any).map(truthOf);
    const decided = parts.map((part) => `${part} === ${!all}`).join(' || ') || 'false';
    const unknown = parts.map((part) => `${part} === null`).join(' || ') || 'false';
    lines.push(`const ${name} = ${decided} ? ${!all} : ${unknown} ? null : ${all};`);
    return name;
  };

  const outcome = truthOf(when);
  return `(values) => {
${lines.join('\n')}
return { rule: rules[${rule}], outcome: ${outcome}, conditions: [${traces.join(', ')}] };
}`;
}

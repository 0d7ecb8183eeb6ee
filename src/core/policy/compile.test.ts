import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiled, readPolicy, smallPolicy } from '../../../test/support/policy.ts';
import { type MetricValue, metricNames } from '../metrics/types.ts';
import { days, months } from '../shared/period.ts';
import { compilePolicy, requestKey } from './compile.ts';
import { conditionsOf } from './expression.ts';
import type { Comparison, Condition, Expression, Truth } from './types.ts';

const comparisons = [
  'at_least',
  'more_than',
  'at_most',
  'less_than',
  'exactly',
] as const satisfies readonly Comparison[];

const condition: fc.Arbitrary<Condition> = fc.record({
  request: fc.record({
    metric: fc.constantFrom(...metricNames.slice(0, 6)),
    window: fc.constantFrom(null, months(12), days(90)),
    settle: fc.constantFrom(days(0), days(30)),
    exclude: fc.constantFrom([], ['goodwill' as const]),
  }),
  comparison: fc.constantFrom(...comparisons),
  threshold: fc.integer({ min: 0, max: 4 }),
});

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    condition.map((leaf): Expression => ({ condition: leaf })),
    fc.array(tie('expression'), { minLength: 1, maxLength: 4 }).map((all): Expression => ({ all })),
    fc.array(tie('expression'), { minLength: 1, maxLength: 4 }).map((any): Expression => ({ any })),
    tie('expression').map((not): Expression => ({ not })),
  ),
}));

/** Kleene's tables, written the slow way: false < unknown < true, all is the least and any the greatest. */
function interpret(node: Expression, read: (condition: Condition) => number | null): Truth {
  const rank = (truth: Truth): number => (truth === null ? 1 : truth ? 2 : 0);
  const truth = (ranked: number): Truth => (ranked === 1 ? null : ranked === 2);
  if ('condition' in node) {
    const value = read(node.condition);
    const limit = node.condition.threshold;
    if (value === null) return null;
    const answers = {
      at_least: value >= limit,
      more_than: value > limit,
      at_most: value <= limit,
      less_than: value < limit,
      exactly: value === limit,
    };
    return answers[node.condition.comparison];
  }
  if ('not' in node) return truth(2 - rank(interpret(node.not, read)));
  if ('all' in node) return truth(Math.min(...node.all.map((child) => rank(interpret(child, read)))));
  return truth(Math.max(...node.any.map((child) => rank(interpret(child, read)))));
}

const measured = (value: number | null): MetricValue => ({ value, evidence: [], excluded: [] });

describe('compilePolicy', () => {
  it('gives what a naive interpreter gives, with every condition traced, on any policy and any values, unknown ones too', () => {
    const base = readPolicy(smallPolicy);
    const template = base.rules[0];
    if (template === undefined) throw new Error('The small policy has no rule');
    fc.assert(
      fc.property(
        fc.array(expression, { minLength: 1, maxLength: 4 }),
        fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: 72, maxLength: 72 }),
        (expressions, pool) => {
          const rules = expressions.map((when, index) => ({ ...template, id: `rule-${index}`, when }));
          const policy = compilePolicy({ ...base, rules }, 3);
          const keys = policy.requests.map(requestKey);
          expect(new Set(keys).size).toBe(keys.length);
          const values = keys.map((_, index) => measured(pool[index % pool.length] ?? null));
          const read = (asked: Condition) => values[keys.indexOf(requestKey(asked.request))]?.value ?? null;
          policy.evaluate(values).forEach((trace, index) => {
            const when = expressions[index];
            if (when === undefined) throw new Error('More traces than rules');
            expect(trace.outcome).toBe(interpret(when, read));
            expect(trace.conditions.map((line) => line.condition)).toEqual(conditionsOf(when));
            for (const line of trace.conditions) {
              expect(line.outcome).toBe(interpret({ condition: line.condition }, read));
              expect(line.measured.value).toBe(read(line.condition));
            }
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('measures a request that two rules share only once', () => {
    const twice = smallPolicy.replace(
      '{metric: threats_of_violence, over: 12 months, at_least: 1}\n    settle: 1 day',
      '{metric: returns, over: 12 months, at_least: 9}\n    settle: 30 days\n    leave_out: [goodwill]',
    );
    expect(compiled(twice).requests).toHaveLength(2);
    expect(compiled().requests).toHaveLength(3);
  });

  it('fires only on true: an unknown share leaves the rule undecided', () => {
    const policy = compiled();
    const outcome = (...values: (number | null)[]) =>
      policy.evaluate(values.map(measured)).map((trace) => trace.outcome);
    expect(outcome(null, 5, 0)).toEqual([null, false]);
    expect(outcome(null, 1, 0)).toEqual([false, false]);
    expect(outcome(0.5, 3, 1)).toEqual([true, true]);
  });

  it('refuses values that do not belong to it', () => {
    expect(() => compiled().evaluate([])).toThrow('asks for 3 values and got 0');
  });
});

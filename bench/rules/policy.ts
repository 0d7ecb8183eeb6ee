import type { MetricName, MetricValue } from '../../src/core/metrics/types.ts';
import type { Comparison, Condition, Expression, Policy, Rule } from '../../src/core/policy/types.ts';
import { days, months } from '../../src/core/shared/period.ts';

/** The policy that all contestants run: four rules, twelve conditions, with all, any and not. */
function condition(metric: MetricName, comparison: Comparison, threshold: number): Condition {
  return { request: { metric, window: months(12), settle: days(30), exclude: [] }, comparison, threshold };
}

export const conditions = [
  condition('return_rate_by_value', 'at_least', 0.5),
  condition('returns', 'at_least', 10),
  condition('orders', 'at_least', 5),
  condition('refunds_without_goods', 'at_least', 3),
  condition('refunds_without_goods_rate', 'at_least', 0.2),
  condition('claims_not_received', 'at_least', 2),
  condition('chargebacks', 'at_least', 2),
  condition('chargeback_rate', 'more_than', 0.1),
  condition('lifetime_value', 'less_than', 100_000),
  condition('worn_returns', 'at_least', 3),
  condition('worn_return_rate', 'at_least', 0.3),
  condition('tenure', 'at_most', 90),
] as const;

const leaf = (index: number): Expression => {
  const found = conditions[index];
  if (found === undefined) throw new Error(`No condition ${index}`);
  return { condition: found };
};

function rule(id: string, when: Expression): Rule {
  return { id, conduct: id, title: id, because: id, advice: null, gravity: 'serious', when, ladder: 'one' };
}

export const policy: Policy = {
  language: 'en',
  translations: {},
  live: [],
  name: 'Bench',
  introduction: 'Four rules, twelve conditions.',
  currency: null,
  rules: [
    rule('returns', { all: [leaf(0), leaf(1), leaf(2)] }),
    rule('refunds', { all: [leaf(3), { any: [leaf(4), leaf(5)] }] }),
    rule('chargebacks', { all: [leaf(6), leaf(7), leaf(8)] }),
    rule('wardrobing', { all: [leaf(9), leaf(10), { not: leaf(11) }] }),
  ],
  ladders: [
    {
      id: 'one',
      title: 'One',
      steps: [
        {
          do: 'warning',
          obligations: [],
          surfaces: [],
          for: days(180),
          afterPrevious: null,
          lift: { cleanFor: null, ordersKept: null },
        },
      ],
      forgetAfter: months(24),
      graveStartsAt: null,
    },
  ],
  procedure: { appeal: 'Write to us.', appealWithin: days(180), answerWithin: days(14) },
};

/** Deterministic customers: about one in six fires a rule, one in ten has an unknown rate. Peers know no "unknown", so it never stands under a not. */
export function customers(count: number): readonly (readonly MetricValue[])[] {
  let state = 42;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const value = (number: number | null): MetricValue => ({ value: number, evidence: [], excluded: [] });
  return Array.from({ length: count }, () => {
    const unknown = next() < 0.1;
    const rate = () => (unknown ? null : Math.round(next() * 100) / 100);
    const many = (most: number) => Math.floor(next() * most);
    return [
      value(rate()),
      value(many(20)),
      value(many(20)),
      value(many(6)),
      value(rate()),
      value(many(4)),
      value(many(4)),
      value(rate()),
      value(many(400_000)),
      value(many(6)),
      value(rate()),
      value(many(700)),
    ];
  });
}

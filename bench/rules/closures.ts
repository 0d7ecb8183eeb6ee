import type { MetricValue } from '../../src/core/metrics/types.ts';
import type { ConditionTrace, RuleTrace, Truth } from '../../src/core/policy/types.ts';
import { conditions, policy } from './policy.ts';

/** The limit: the same policy written by hand as closures, one a condition, which collect the same reasons as the compiled policy. */
type Test = (values: readonly MetricValue[], reasons: ConditionTrace[]) => Truth;

function at(values: readonly MetricValue[], index: number): MetricValue {
  return values[index] as MetricValue;
}

const [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11] = conditions;

const test =
  (index: number, condition: (typeof conditions)[number], holds: (value: number) => boolean): Test =>
  (values, reasons) => {
    const measured = at(values, index);
    const outcome = measured.value === null ? null : holds(measured.value);
    reasons.push({ condition, measured, outcome });
    return outcome;
  };

const t0 = test(0, c0, (v) => v >= 0.5);
const t1 = test(1, c1, (v) => v >= 10);
const t2 = test(2, c2, (v) => v >= 5);
const t3 = test(3, c3, (v) => v >= 3);
const t4 = test(4, c4, (v) => v >= 0.2);
const t5 = test(5, c5, (v) => v >= 2);
const t6 = test(6, c6, (v) => v >= 2);
const t7 = test(7, c7, (v) => v > 0.1);
const t8 = test(8, c8, (v) => v < 100_000);
const t9 = test(9, c9, (v) => v >= 3);
const t10 = test(10, c10, (v) => v >= 0.3);
const t11 = test(11, c11, (v) => v <= 90);

const and = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === null || b === null ? null : true;
const or = (a: Truth, b: Truth): Truth => (a === true || b === true ? true : a === null || b === null ? null : false);
const not = (a: Truth): Truth => (a === null ? null : !a);

const [returns, refunds, chargebacks, wardrobing] = policy.rules;
if (returns === undefined || refunds === undefined || chargebacks === undefined || wardrobing === undefined) {
  throw new Error('The bench policy has four rules');
}

const rules: readonly ((values: readonly MetricValue[]) => RuleTrace)[] = [
  (v) => {
    const reasons: ConditionTrace[] = [];
    const [a, b, c] = [t0(v, reasons), t1(v, reasons), t2(v, reasons)];
    return { rule: returns, outcome: and(and(a, b), c), conditions: reasons };
  },
  (v) => {
    const reasons: ConditionTrace[] = [];
    const [a, b, c] = [t3(v, reasons), t4(v, reasons), t5(v, reasons)];
    return { rule: refunds, outcome: and(a, or(b, c)), conditions: reasons };
  },
  (v) => {
    const reasons: ConditionTrace[] = [];
    const [a, b, c] = [t6(v, reasons), t7(v, reasons), t8(v, reasons)];
    return { rule: chargebacks, outcome: and(and(a, b), c), conditions: reasons };
  },
  (v) => {
    const reasons: ConditionTrace[] = [];
    const [a, b, c] = [t9(v, reasons), t10(v, reasons), t11(v, reasons)];
    return { rule: wardrobing, outcome: and(and(a, b), not(c)), conditions: reasons };
  },
];

export function evaluateByHand(values: readonly MetricValue[]): readonly RuleTrace[] {
  return rules.map((rule) => rule(values));
}

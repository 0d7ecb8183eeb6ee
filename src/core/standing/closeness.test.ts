import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Expression, RuleTrace, Truth } from '../policy/types.ts';
import { closeness, towards } from './closeness.ts';

const condition = (threshold: number, comparison: Condition['comparison'] = 'at_least'): Condition => ({
  request: { metric: 'returns', window: null, settle: { months: 0, days: 0 }, exclude: [] },
  comparison,
  threshold,
});
const line = (value: number | null, threshold: number, outcome: Truth, comparison?: Condition['comparison']) => ({
  condition: condition(threshold, comparison),
  measured: { value, evidence: [], excluded: [] },
  outcome,
});
type Line = ReturnType<typeof line>;
const leaf = (each: Line): Expression => ({ condition: each.condition });
const trace = (when: Expression, conditions: readonly Line[], outcome: Truth): RuleTrace => ({
  rule: {
    id: 'r',
    conduct: 'c',
    title: 'T',
    because: 'b',
    advice: null,
    gravity: 'minor',
    when,
    ladder: 'l',
  },
  outcome,
  conditions,
});

describe('how close somebody is to a rule', () => {
  it('is as far as the condition that is farthest, where all must hold', () => {
    const lines = [line(9, 10, false), line(0.3, 0.6, false)];
    expect(closeness(trace({ all: lines.map(leaf) }, lines, false))).toBeCloseTo(0.5);
  });

  it('is as near as the nearest, where any suffices', () => {
    const lines = [line(1, 10, false), line(8, 10, false)];
    expect(closeness(trace({ any: lines.map(leaf) }, lines, false))).toBeCloseTo(0.8);
  });

  it('is far where it cannot be measured, where little is asked for, and where its opposite holds', () => {
    expect(towards(line(null, 10, null))).toBe(0);
    expect(towards(line(40, 30, false, 'at_most'))).toBe(0);
    const held = line(12, 10, true);
    expect(closeness(trace({ not: leaf(held) }, [held], false))).toBe(0);
    const missed = line(3, 10, false);
    expect(closeness(trace({ not: leaf(missed) }, [missed], true))).toBe(1);
  });

  it('is 1 exactly when the rule applies, and never more', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 20 })), { minLength: 1 }), (values) => {
        const lines = values.map(([value, threshold]) => line(value, threshold, value >= threshold));
        const outcome = lines.every((each) => each.outcome === true);
        const found = closeness(trace({ all: lines.map(leaf) }, lines, outcome));
        expect(found === 1).toBe(outcome);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1);
      }),
    );
  });
});

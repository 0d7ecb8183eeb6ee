import { expect, test } from 'vitest';
import { uuid } from '../../../../../test/support/events.ts';
import type { ConditionTraceJson } from '../../../../contracts/trace.ts';
import { eventsBehind, excludedByReason } from './events-behind.ts';

const trace: ConditionTraceJson = {
  metric: 'returns',
  title: 'Returns',
  unit: 'count',
  over: null,
  settle: '30 days',
  comparison: 'at_least',
  threshold: 3,
  value: 4,
  outcome: 'true',
  evidence: [uuid(1), uuid(2)],
  excluded: [
    { event: uuid(3), because: 'shop_fault' },
    { event: uuid(4), because: 'not_settled' },
    { event: uuid(5), because: 'shop_fault' },
  ],
};

test('counts the events that are named', () => {
  expect([...excludedByReason(trace)]).toEqual([
    ['shop_fault', 2],
    ['not_settled', 1],
  ]);
  expect(eventsBehind(trace)).toBe(5);
});

test('and, of a long trace, those that are not', () => {
  const long = { ...trace, evidenceCount: 900, excludedCounts: { shop_fault: 700, voided: 0 } };
  expect([...excludedByReason(long)]).toEqual([['shop_fault', 700]]);
  expect(eventsBehind(long)).toBe(1_600);
});

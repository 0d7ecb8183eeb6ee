import { expect, test } from 'vitest';
import type { CustomerDetail } from '../../../../contracts/customers.ts';
import { groupReadings } from './reading-groups.ts';

type Reading = CustomerDetail['readings'][number];

const reading = (
  id: string,
  outcome: Reading['rule']['outcome'],
  value: number | null,
  over: Partial<Reading['condition']> = {},
): Reading => ({
  rule: { id, title: id, gravity: 'minor', outcome },
  condition: {
    metric: 'chargebacks',
    title: '',
    unit: 'count',
    over: '12 months',
    settle: '30 days',
    comparison: 'at_least',
    threshold: 4,
    value,
    outcome: 'false',
    evidence: [],
    excluded: [],
    ...over,
  },
  sparkline: [],
});

test('rules that apply come first, then those close to a limit, then the rest', () => {
  const groups = groupReadings([
    reading('far', 'false', 1),
    reading('near', 'false', 3),
    reading('fired', 'true', 9),
    reading('fired', 'true', 5),
    reading('unknown', 'unknown', null),
  ]);
  expect(groups.fired.map(({ rule, readings }) => [rule.id, readings.length])).toEqual([['fired', 2]]);
  expect(groups.close.map(({ rule }) => rule.id)).toEqual(['near']);
  expect(groups.rest.map(({ rule }) => rule.id)).toEqual(['far', 'unknown']);
});

test('having ordered often is not coming close to anything', () => {
  const groups = groupReadings([reading('many-orders', 'false', 40, { metric: 'orders', outcome: 'true' })]);
  expect(groups.close).toEqual([]);
});

test('being below an upper limit is not coming close either', () => {
  const groups = groupReadings([reading('new', 'false', 30, { metric: 'chargebacks', comparison: 'less_than' })]);
  expect(groups.close).toEqual([]);
});

test('what only the shop’s own faults keep from the limit is shown, and what has not settled is not', () => {
  const event = '00000000-0000-4000-8000-000000000001';
  const left = (because: 'shop_fault' | 'not_settled') => ({ excluded: [1, 2, 3].map(() => ({ event, because })) });
  const groups = groupReadings([
    reading('the-shops-fault', 'false', 1, left('shop_fault')),
    reading('still-open', 'false', 1, left('not_settled')),
    reading('few', 'false', 0, { ...left('shop_fault'), threshold: 10 }),
  ]);
  expect(groups.spared.map(({ rule }) => rule.id)).toEqual(['the-shops-fault']);
  expect(groups.rest.map(({ rule }) => rule.id)).toEqual(['still-open', 'few']);
});

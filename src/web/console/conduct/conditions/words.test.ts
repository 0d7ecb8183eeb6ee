import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import metrics from '../../../../../languages/en/console/metrics.json' with { type: 'json' };
import type { ConditionTraceJson } from '../../../../contracts/trace.ts';
import { metricNames } from '../../../../core/metrics/types.ts';
import { createFormats } from '../../../ui/format.ts';
import { conditionWords } from './words.ts';

let t: TFunction<'metrics'>;
beforeAll(async () => {
  const words = i18next.createInstance();
  await words.init({ lng: 'en', resources: { en: { metrics } }, interpolation: { escapeValue: false } });
  t = words.getFixedT('en', 'metrics') as TFunction<'metrics'>;
});

const formats = createFormats('en', 'Europe/Amsterdam', 'EUR');
const plain = (text: string | null) => text?.replace(/[\u2068\u2069]/g, '').replace(/\u00a0/g, ' ') ?? null;

const trace = (over: Partial<ConditionTraceJson>): ConditionTraceJson => ({
  metric: 'return_rate_by_value',
  title: 'Return rate by value',
  unit: 'share',
  over: '12 months',
  settle: '30 days',
  comparison: 'at_least',
  threshold: 0.5,
  value: 0.62,
  outcome: 'true',
  evidence: [],
  excluded: [],
  ...over,
});
const words = (over: Partial<ConditionTraceJson>) => {
  const { sentence, limit, window, part } = conditionWords(trace(over), t, formats);
  return [plain(sentence), plain(limit), window, plain(part)];
};

describe('a condition in plain words', () => {
  test('share of a value, with the amounts behind it', () => {
    expect(words({ part: 1_240_00, whole: 2_000_00 })).toEqual([
      'Sent back 62% by value',
      'policy: 50% or more',
      'last 12 months',
      '€1,240 of €2,000',
    ]);
  });
  test('share of orders, with the orders behind it', () => {
    expect(words({ metric: 'return_rate_by_order', value: 14 / 19, part: 14, whole: 19 })).toEqual([
      'Sent something back from 74% of orders',
      'policy: 50% or more',
      'last 12 months',
      '14 of 19 orders',
    ]);
  });
  test('count, in the singular and in the plural', () => {
    const count = { metric: 'chargebacks', unit: 'count', threshold: 2, comparison: 'more_than' } as const;
    expect(words({ ...count, value: 1 }).slice(0, 2)).toEqual([
      'Took 1 payment back through the bank',
      'policy: more than 2',
    ]);
    expect(words({ ...count, value: 3 })[0]).toBe('Took 3 payments back through the bank');
  });
  test('money in the shop’s currency', () => {
    expect(words({ metric: 'returned_value', unit: 'money', value: 123_45, threshold: 100_00, over: null })).toEqual([
      'Sent back goods worth €123.45',
      'policy: €100.00 or more',
      'since the first order',
      null,
    ]);
  });
  test('days need no window', () => {
    expect(words({ metric: 'tenure', unit: 'days', value: 1, threshold: 90, comparison: 'less_than' })).toEqual([
      'Customer for 1 day',
      'policy: less than 90 days',
      null,
      null,
    ]);
  });
  test('ratio per order', () => {
    expect(
      words({
        metric: 'contacts_per_order',
        unit: 'ratio',
        value: 3.5,
        threshold: 3,
        part: 7,
        whole: 2,
        over: '30 days',
      }),
    ).toEqual(['Wrote or called 3.5 times per order', 'policy: 3 or more', 'last 30 days', '7 in 2 orders']);
  });
  test('unknown says so and why', () => {
    expect(words({ value: null, outcome: 'unknown' })[0]).toBe(
      'Sent back, by value: not known, because there is nothing to compare with in that time',
    );
  });
  test('a value that rounds to its threshold is told apart from it', () => {
    expect(words({ value: 0.4963, outcome: 'false' }).slice(0, 2)).toEqual([
      'Sent back 49.6% by value',
      'policy: 50% or more',
    ]);
  });
  test('the settle delay is explained, and left out when there is none', () => {
    expect(conditionWords(trace({}), t, formats).settle).toBe(
      'The latest 30 days are left out: returns and claims may still be open.',
    );
    expect(conditionWords(trace({ settle: '0 days' }), t, formats).settle).toBeNull();
  });
});

test('every metric has a name and a sentence that shows its value, once for one and once for many', () => {
  for (const metric of metricNames) {
    for (const value of [1, 7]) {
      const { sentence } = conditionWords(trace({ metric, unit: 'count', value }), t, formats);
      expect(sentence, metric).toContain(String(value));
      expect(sentence, metric).not.toContain('sentence.');
    }
    expect(t(`name.${metric}`)).not.toContain('name.');
  }
});

import { expect, test } from 'vitest';
import { eventBodies } from '../events/event.ts';
import { catalogue, metricFamilies } from './catalogue.ts';
import { renderMetricsPage } from './docs.ts';
import { metricNames } from './types.ts';

test('the page in docs is what the catalogue says (after a change: npx vitest run src/core/metrics/docs.test.ts -u)', async () => {
  await expect(renderMetricsPage()).toMatchFileSnapshot('../../../docs/metrics.md');
});

test('the page has every metric once, under its name', () => {
  const headings = [...renderMetricsPage().matchAll(/^### `(\w+)`$/gm)].map((match) => match[1]);
  expect(headings.toSorted()).toEqual([...metricNames].toSorted());
});

test('every metric stands under its own name in exactly one family', () => {
  const listed = Object.values(metricFamilies).flatMap((family) => Object.keys(family));
  expect(listed.toSorted()).toEqual([...metricNames].toSorted());
  for (const name of metricNames) expect(catalogue[name].name).toBe(name);
});

test('what a metric is to the fairness check follows from its unit', () => {
  for (const metric of Object.values(catalogue)) {
    expect(metric.isCount, metric.name).toBe(metric.unit === 'count');
    expect(metric.isShare, metric.name).toBe(metric.unit === 'share' || metric.unit === 'ratio');
    expect(metric.incident && !metric.conduct, metric.name).toBe(false);
  }
});

test('metrics read kinds of events that exist, each named once', () => {
  for (const metric of Object.values(catalogue)) {
    expect(metric.reads.length, metric.name).toBeGreaterThan(0);
    expect(new Set(metric.reads).size, metric.name).toBe(metric.reads.length);
    for (const kind of metric.reads) expect(Object.hasOwn(eventBodies, kind), `${metric.name}: ${kind}`).toBe(true);
  }
});

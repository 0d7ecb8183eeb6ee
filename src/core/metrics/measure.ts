import { subtractPeriod } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';
import { instant } from '../shared/time.ts';
import { catalogue } from './catalogue.ts';
import type { History } from './facts.ts';
import { earlier } from './totals.ts';
import type { MetricRequest, MetricValue } from './types.ts';

/**
 * The metric at `now` over (now − settle − window, now − settle], in the unit its definition names. What happened in
 * (now − settle, now] is listed as not settled. The history must have been built for `now` or for an instant from which
 * nothing has been added since.
 */
export function measureMetric(history: History, request: MetricRequest, now: Instant): MetricValue {
  return catalogue[request.metric].measure(history, request, now);
}

/** One value per request, in the same order. */
export function measureAll(history: History, requests: readonly MetricRequest[], now: Instant): MetricValue[] {
  return requests.map((request) => measureMetric(history, request, now));
}

/**
 * The next instant after `now` at which the same events can give another value: something settles, leaves the window,
 * has happened at last, or is a day older where days are counted. Null: never. Until then the value stays as it is; at
 * that instant it may change or not.
 */
export function nextMetricChange(history: History, request: MetricRequest, now: Instant): Instant | null {
  const next = catalogue[request.metric].nextChange(history, request, now);
  const happens = history.nextEventAt !== null && history.nextEventAt > now ? history.nextEventAt : null;
  return earlier(next, happens);
}

export interface SparklinePoint {
  readonly at: Instant;
  readonly value: number | null;
}

/**
 * The metric at `points` (at least two) evenly spaced instants from 12 months before `now` up to `now`, oldest first. It
 * is seen with what is known now: what was voided or found justified since does not colour the past either.
 */
export function sparkline(history: History, request: MetricRequest, now: Instant, points: number): SparklinePoint[] {
  if (!Number.isInteger(points) || points < 2) throw new Error(`A sparkline needs at least two points, not ${points}`);
  const from = subtractPeriod(now, { months: 12, days: 0 });
  const instants = Array.from({ length: points }, (_, index) =>
    instant(Math.round(from + ((now - from) * index) / (points - 1))),
  );
  const values = catalogue[request.metric].valuesAt(history, request, instants);
  return instants.map((at, index) => ({ at, value: values[index] ?? null }));
}

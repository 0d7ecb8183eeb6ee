import type { ReturnReason } from '../../src/core/events/values.ts';
import { buildHistory } from '../../src/core/metrics/history.ts';
import { measureMetric } from '../../src/core/metrics/measure.ts';
import type { MetricName, MetricRequest, MetricValue } from '../../src/core/metrics/types.ts';
import { parsePeriod } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { Instant } from '../../src/core/shared/time.ts';
import { at, type Story } from './events.ts';

export interface Asked {
  /** Like "12 months"; since the first event unless given. */
  readonly over?: string;
  /** None unless given. */
  readonly settle?: string;
  readonly leaveOut?: readonly ReturnReason[];
  /** Now; the story's own clock unless given. */
  readonly now?: Instant | string;
}

export function request(metric: MetricName, asked: Asked = {}): MetricRequest {
  return {
    metric,
    window: asked.over === undefined ? null : unwrap(parsePeriod(asked.over)),
    settle: unwrap(parsePeriod(asked.settle ?? '0 days')),
    exclude: asked.leaveOut ?? [],
  };
}

/** A metric of the story's only customer. */
export function measured(given: Story, metric: MetricName, asked: Asked = {}): MetricValue {
  const now = at(asked.now ?? given.now);
  return measureMetric(buildHistory(given.events, given.currency, now), request(metric, asked), now);
}

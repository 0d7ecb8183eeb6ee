import { catalogue } from '../metrics/catalogue.ts';
import type { MetricName, MetricUnit } from '../metrics/types.ts';

/** What the policy needs to know about a metric, asked of the one catalogue. */

export function unitOf(metric: MetricName): MetricUnit {
  return catalogue[metric].unit;
}

/** A plain number of times: one half of proportion. */
export function isCount(metric: MetricName): boolean {
  return catalogue[metric].isCount;
}

/** A share of the customer's own total: the other half. */
export function isShare(metric: MetricName): boolean {
  return catalogue[metric].isShare;
}

/** About what the customer did, as opposed to how much they buy or how long they have been here. */
export function isConduct(metric: MetricName): boolean {
  return catalogue[metric].conduct;
}

export function isWindowed(metric: MetricName): boolean {
  return catalogue[metric].windowed;
}

export function titleOf(metric: MetricName): string {
  return catalogue[metric].title;
}

import type { MetricName, MetricUnit } from '../metrics/types.ts';

export function unitOf(metric: MetricName): MetricUnit {
  if (metric === 'contacts_per_order') return 'ratio';
  if (metric === 'tenure' || metric === 'days_since_last_incident') return 'days';
  if (metric.includes('_rate')) return 'share';
  return metric.endsWith('_value') ? 'money' : 'count';
}

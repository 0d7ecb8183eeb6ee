import type { EventKind } from '../events/event.ts';
import type { Instant } from '../shared/time.ts';
import type { History } from './facts.ts';
import type { MetricName, MetricRequest, MetricUnit, MetricValue } from './types.ts';

/** What people and the policy linter are told about a metric. */
export interface MetricDescription {
  readonly title: string;
  /** Exactly what is measured, in plain English; what never counts in any metric is said once for all. */
  readonly definition: string;
  /** Events that can change it, beside corrections, which can change every metric. */
  readonly reads: readonly EventKind[];
  /** What the customer did, as opposed to how much they buy or how long they have been here. */
  readonly conduct: boolean;
  /**
   * Conduct that is not a customer's right: each piece of evidence is an incident. (Sending back what one does not want
   * is a right, so returns are conduct without being incidents.)
   */
  readonly incident: boolean;
}

export interface MetricDefinition<N extends MetricName = MetricName> extends MetricDescription {
  readonly name: N;
  readonly unit: MetricUnit;
  /** An absolute number of times. */
  readonly isCount: boolean;
  /** Set against the customer's own total. A rule that is not about grave conduct needs one of each. */
  readonly isShare: boolean;
  /** False: it looks at everything that has settled, whatever window is asked for. */
  readonly windowed: boolean;
  readonly measure: (history: History, request: MetricRequest, now: Instant) => MetricValue;
  /** The bare value at each of several instants, with what the history knows: events it excludes are excluded at all of them. */
  readonly valuesAt: (
    history: History,
    request: MetricRequest,
    instants: readonly Instant[],
  ) => readonly (number | null)[];
  /** The next instant after `now` at which the facts of this history can give another value; null: never. */
  readonly nextChange: (history: History, request: MetricRequest, now: Instant) => Instant | null;
}

/** Fixes the name in the type, so that the catalogue's keys and names are checked against each other. */
export function define<const N extends MetricName>(
  name: N,
  description: MetricDescription,
  how: Omit<MetricDefinition<N>, 'name' | keyof MetricDescription>,
): MetricDefinition<N> {
  return { name, ...description, ...how };
}

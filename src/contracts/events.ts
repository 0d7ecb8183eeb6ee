/** What the browser must know about events, metrics and measures: types only, so that no schema travels with the pages. */
export type { EventBody, EventKind, ReportedEventKind } from '../core/events/event.ts';
export type { MeasureType, Obligation, Surface } from '../core/events/measures.ts';
export type { ConductLabel } from '../core/events/messages.ts';
export type { Line, ReturnReason } from '../core/events/values.ts';
export type { Exclusion, MetricName, MetricUnit } from '../core/metrics/types.ts';
export type { CountedFact, LiveFactName, LiveIdentifier } from '../core/policy/live/types.ts';

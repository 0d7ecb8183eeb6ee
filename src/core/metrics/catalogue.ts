import { buying } from './catalogue/buying.ts';
import { changing } from './catalogue/changing.ts';
import { claiming } from './catalogue/claiming.ts';
import { evading } from './catalogue/evading.ts';
import { sinceIncident } from './catalogue/incidents.ts';
import { returning } from './catalogue/returning.ts';
import { speaking } from './catalogue/speaking.ts';
import type { MetricDefinition } from './definition.ts';
import type { MetricName } from './types.ts';

export type { MetricDefinition } from './definition.ts';

/** Metrics by what they are about, in the order people read them. */
export const metricFamilies = {
  Buying: buying,
  Returning: returning,
  'Claims, refunds and payments': claiming,
  'Changes on the way': changing,
  'Messages, complaints and reviews': speaking,
  Evasion: evading,
  Incidents: sinceIncident,
} as const;

/** Every metric a policy can name. A name without a definition, or under another's name, is a type error. */
export const catalogue: { readonly [N in MetricName]: MetricDefinition<N> } = {
  ...buying,
  ...returning,
  ...claiming,
  ...changing,
  ...speaking,
  ...evading,
  ...sinceIncident,
};

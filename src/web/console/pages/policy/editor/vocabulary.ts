import type {
  CountedFact,
  LiveFactName,
  LiveIdentifier,
  MetricName,
  Obligation,
  ReturnReason,
  Surface,
} from '../../../../../contracts/events.ts';
import type { Place } from './place.ts';

/** What may be written where in a policy document. The service's own check has the last word; this only helps to write. */

const COMPARISONS = ['at_least', 'more_than', 'at_most', 'less_than', 'exactly'];
const CONDITION = ['metric', 'over', ...COMPARISONS, 'settle', 'leave_out', 'all', 'any', 'not'];

const LIVE_CONDITION = ['fact', 'per', 'within', ...COMPARISONS, 'all', 'any', 'not'];

const KEYS: readonly (readonly [place: RegExp, keys: readonly string[]])[] = [
  [/^$/, ['name', 'introduction', 'language', 'currency', 'rules', 'ladders', 'live', 'procedure', 'translations']],
  [
    /^rules$/,
    ['id', 'conduct', 'title', 'because', 'advice', 'gravity', 'when', 'settle', 'leave_out', 'ladder', 'tests'],
  ],
  [/^rules\.when(\.|$)/, CONDITION],
  [/^rules\.tests$/, ['name', 'given', 'at', 'expect']],
  [/^rules\.tests\.expect$/, ['fires', 'step', 'standing']],
  [
    /^rules\.tests\.given$/,
    [
      'on',
      'what',
      'times',
      'every',
      'order',
      'value',
      'items',
      'variants',
      'reason',
      'grade',
      'type',
      'found',
      'labels',
    ],
  ],
  [/^ladders$/, ['id', 'title', 'steps', 'grave_starts_at', 'forget_after']],
  [/^ladders\.steps$/, ['do', 'obligations', 'surfaces', 'for', 'after_previous', 'lift']],
  [/^ladders\.steps\.lift$/, ['clean_for', 'orders_kept']],
  [/^ladders\.grave_starts_at$/, ['step', 'because']],
  [/^live$/, ['id', 'title', 'because', 'surfaces', 'when', 'answer', 'obligations', 'tests']],
  [/^live\.when(\.|$)/, LIVE_CONDITION],
  [/^live\.tests$/, ['name', 'given', 'expect']],
  [
    /^live\.tests\.given$/,
    [
      'order_value',
      'order_items',
      'first_order',
      'disposable_email',
      'hosting_network',
      'countries_differ',
      'happened',
    ],
  ],
  [/^live\.tests\.given\.happened$/, ['what', 'per', 'times', 'ago']],
  [/^live\.tests\.expect$/, ['fires']],
  [/^procedure$/, ['appeal', 'appeal_within', 'answer_within', 'answered_by']],
];

const obligations: Record<Obligation, true> = {
  prepayment_only: true,
  returns_need_photos: true,
  returns_need_approval: true,
  no_free_returns: true,
  order_limit: true,
  one_variant_per_article: true,
  signature_on_delivery: true,
  fixed_delivery_address: true,
  official_channels_only: true,
  reviews_need_approval: true,
  manual_review: true,
};
const surfaces: Record<Surface, true> = { purchase: true, return: true, contact: true, review: true, login: true };
const reasons: Record<ReturnReason, true> = {
  changed_mind: true,
  did_not_fit: true,
  not_as_expected: true,
  ordered_several: true,
  found_cheaper: true,
  arrived_too_late: true,
  defect: true,
  wrong_item_sent: true,
  not_as_described: true,
  damaged_in_transit: true,
  missing_parts: true,
  goodwill: true,
  unspecified: true,
};
const facts: Record<LiveFactName, true> = {
  order_value: true,
  order_items: true,
  attempts: true,
  failed_payments: true,
  new_accounts: true,
  first_order: true,
  disposable_email: true,
  hosting_network: true,
  countries_differ: true,
};
const counted: Record<CountedFact, true> = { attempts: true, failed_payments: true, new_accounts: true };
const countedBy: Record<LiveIdentifier, true> = {
  email: true,
  phone: true,
  ip: true,
  device: true,
  card: true,
  address: true,
};
const WINDOWS = ['10 minutes', '1 hour', '24 hours', '2 days', '7 days'];
const PERIODS = ['14 days', '30 days', '90 days', '180 days', '6 months', '12 months', '2 years'];

const VALUES: Readonly<Record<string, readonly string[]>> = {
  gravity: ['minor', 'serious', 'grave'],
  answer: ['challenge', 'review'],
  fact: Object.keys(facts),
  per: Object.keys(countedBy),
  within: WINDOWS,
  ago: WINDOWS,
  first_order: ['true', 'false'],
  disposable_email: ['true', 'false'],
  hosting_network: ['true', 'false'],
  countries_differ: ['true', 'false'],
  do: ['watch', 'warning', 'restriction', 'block'],
  obligations: Object.keys(obligations),
  surfaces: Object.keys(surfaces),
  leave_out: Object.keys(reasons),
  over: PERIODS,
  settle: PERIODS,
  for: PERIODS,
  after_previous: PERIODS,
  clean_for: PERIODS,
  forget_after: PERIODS,
  appeal_within: PERIODS,
  answer_within: PERIODS,
  every: PERIODS,
  because: [],
  fires: ['true', 'false'],
  standing: ['good', 'watched', 'warned', 'restricted', 'blocked'],
  what: [
    'order',
    'delay',
    'return',
    'refund',
    'claim',
    'complaint',
    'message',
    'review',
    'cancellation',
    'address_change',
    'chargeback',
    'failed_payment',
    'measure',
  ],
};

export interface Known {
  readonly metrics: readonly MetricName[];
  /** The ladders the document itself names. */
  readonly ladders: readonly string[];
}

/** The words that fit at a place; none where anything may be written. */
export function suggestionsAt(place: Place, known: Known): readonly string[] {
  const path = place.path.join('.');
  if (place.at === 'key') return KEYS.find(([pattern]) => pattern.test(path))?.[1] ?? [];
  if (place.key === 'what' && place.path[0] === 'live') return Object.keys(counted);
  if (place.key === 'metric') return known.metrics;
  if (place.key === 'ladder') return known.ladders;
  if (place.key === 'because' && path === 'ladders.grave_starts_at') return ['threat', 'fraud', 'danger_to_staff'];
  return VALUES[place.key ?? ''] ?? [];
}

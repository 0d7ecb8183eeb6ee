import type { CustomerDetail } from '../../../../contracts/customers.ts';

type Reading = CustomerDetail['readings'][number];

export interface RuleReadings {
  readonly rule: Reading['rule'];
  readonly readings: readonly Reading[];
}

export interface Groups {
  /** The rule applies. */
  readonly fired: readonly RuleReadings[];
  /** It does not, but some condition is met or nearly so. */
  readonly close: readonly RuleReadings[];
  /** It would come close, had everything counted: what was the shop's own fault, found justified or void is why it does not. */
  readonly spared: readonly RuleReadings[];
  readonly rest: readonly RuleReadings[];
}

/** Nearer than this to a threshold counts as close. */
const NEAR = 0.75;

/** The readings rule by rule: what applies first, then what is close to its limits, then what was left out with good reason, then the rest. */
export function groupReadings(readings: readonly Reading[]): Groups {
  const byRule = new Map<string, Reading[]>();
  for (const reading of readings) {
    const known = byRule.get(reading.rule.id);
    if (known) known.push(reading);
    else byRule.set(reading.rule.id, [reading]);
  }
  const groups = {
    fired: [] as RuleReadings[],
    close: [] as RuleReadings[],
    spared: [] as RuleReadings[],
    rest: [] as RuleReadings[],
  };
  for (const own of byRule.values()) {
    const rule = own[0]?.rule;
    if (rule === undefined) continue;
    const place =
      rule.outcome === 'true' ? 'fired' : own.some(isNear) ? 'close' : own.some(isSpared) ? 'spared' : 'rest';
    groups[place].push({ rule, readings: own });
  }
  return groups;
}

/** Only conduct comes near: that somebody has ordered often enough for a rule to ask says nothing about them. */
function isNear({ condition }: Reading): boolean {
  const { value, threshold, comparison, metric } = condition;
  if (value === null || value === 0 || QUALIFYING.has(metric)) return false;
  if (comparison === 'at_most' || comparison === 'less_than') return false;
  return threshold > 0 && value >= threshold * NEAR;
}

/** A count that would come near if the events left out for good counted too. */
function isSpared({ condition }: Reading): boolean {
  const { value, threshold, comparison, metric, unit, excluded } = condition;
  if (unit !== 'count' || QUALIFYING.has(metric) || comparison === 'at_most' || comparison === 'less_than')
    return false;
  const forGood = excluded.filter(({ because }) => FOR_GOOD.has(because)).length;
  return forGood > 0 && (value ?? 0) + forGood >= threshold * NEAR;
}

/** Left out and staying out, unlike what has not settled or is still open. */
const FOR_GOOD = new Set<Reading['condition']['excluded'][number]['because']>([
  'shop_fault',
  'found_justified',
  'voided',
]);

const QUALIFYING = new Set<Reading['condition']['metric']>([
  'orders',
  'order_value',
  'lifetime_value',
  'tenure',
  'days_since_last_incident',
  'contacts',
]);

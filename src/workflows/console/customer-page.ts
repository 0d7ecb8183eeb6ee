import { buildHistory } from '../../core/metrics/history.ts';
import { measureMetric, sparkline } from '../../core/metrics/measure.ts';
import { requestKey } from '../../core/policy/compile.ts';
import type { ConditionTrace, RuleTrace } from '../../core/policy/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import { assess } from '../../core/standing/assess.ts';
import type { ConsoleReads, CustomerCard, MeasureListing, ProposalListing } from '../../ports/console.ts';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { Clock, Shop } from '../../ports.ts';
import type { PolicyShelf, ShelvedPolicy } from './policy-shelf.ts';

/** A value of the past year, evenly spaced: about two a month. */
const SPARK_POINTS = 25;
const MOST_MEASURES = 100;

export interface Reading {
  readonly rule: RuleTrace;
  readonly condition: ConditionTrace;
  readonly sparkline: readonly (number | null)[];
}

export interface CustomerPage {
  readonly card: CustomerCard;
  readonly policy: ShelvedPolicy;
  readonly traces: readonly RuleTrace[];
  readonly readings: readonly Reading[];
  readonly lifetimeValue: number;
  readonly kindCounts: Readonly<Record<string, number>>;
  readonly measures: readonly MeasureListing[];
  readonly proposals: readonly ProposalListing[];
}

export interface CustomerPageDeps {
  readonly clock: Clock;
  readonly reads: ConsoleReads;
  readonly policies: PolicyShelf;
  readonly ledger: Pick<LedgerStore, 'eventsOf'>;
}

/** Everything the page of one customer shows but the timeline: judged now from the ledger by the policy in force. */
export async function customerPage(deps: CustomerPageDeps, shop: Shop, id: CustomerId): Promise<CustomerPage | null> {
  const now = deps.clock.now();
  const [card, ledgers, kindCounts, policy, measures, proposals] = await Promise.all([
    deps.reads.customer(shop.id, id),
    deps.ledger.eventsOf(shop.id, [id]),
    deps.reads.kindCounts(shop.id, id),
    deps.policies.inForce(shop.id),
    deps.reads.measures(shop.id, {
      state: null,
      type: null,
      ending: null,
      customer: id,
      after: null,
      limit: MOST_MEASURES,
    }),
    deps.reads.proposals(shop.id, {
      status: 'open',
      gravity: null,
      waitingFor: null,
      customer: id,
      after: null,
      limit: MOST_MEASURES,
    }),
  ]);
  if (card === null) return null;
  const events = ledgers[0]?.events ?? [];
  const history = buildHistory(events, shop.currency, now);
  const { traces } = assess({ events, history, policy: policy.compiled, now });
  const sparks = new Map<string, readonly (number | null)[]>();
  const sparkOf = ({ condition }: ConditionTrace) => {
    const key = requestKey(condition.request);
    const known = sparks.get(key);
    if (known !== undefined) return known;
    const spark = sparkline(history, condition.request, now, SPARK_POINTS).map((point) => point.value);
    sparks.set(key, spark);
    return spark;
  };
  const everything = { window: null, settle: { months: 0, days: 0 }, exclude: [] } as const;
  return {
    card,
    policy,
    traces,
    readings: traces.flatMap((rule) =>
      rule.conditions.map((condition) => ({ rule, condition, sparkline: sparkOf(condition) })),
    ),
    lifetimeValue: measureMetric(history, { metric: 'lifetime_value', ...everything }, now).value ?? 0,
    kindCounts,
    measures,
    proposals,
  };
}

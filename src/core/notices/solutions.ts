import type { MetricName } from '../metrics/types.ts';
import { conditionsOf } from '../policy/expression.ts';
import { say } from '../shared/words.ts';
import { firedRules } from './evidence.ts';
import type { MeasureFacts, Setting } from './facts.ts';
import type { ToldRule } from './parts.ts';
import { isolate, list, plain, type Section, section } from './write.ts';

type Offer = 'sizes' | 'condition' | 'delivery' | 'address' | 'orders' | 'payment' | 'claims' | 'contact' | 'reviews';

/** What a shop can offer somebody, by what their conduct was measured with: rules and their names are the shop's own. */
const OFFERS: Readonly<Partial<Record<MetricName, Offer>>> = {
  returns: 'sizes',
  returned_value: 'sizes',
  return_rate_by_value: 'sizes',
  return_rate_by_item: 'sizes',
  return_rate_by_order: 'sizes',
  bracketing_orders: 'sizes',
  bracketing_rate: 'sizes',
  worn_returns: 'condition',
  worn_return_rate: 'condition',
  claims_not_received: 'delivery',
  claims_not_received_rate: 'delivery',
  wrong_address_claims: 'address',
  wrong_address_claim_rate: 'address',
  address_changes_after_dispatch: 'address',
  address_change_rate: 'address',
  cancellations_after_dispatch: 'orders',
  cancellation_rate: 'orders',
  duplicate_order_claims: 'orders',
  duplicate_order_claim_rate: 'orders',
  chargebacks: 'payment',
  chargeback_rate: 'payment',
  failed_payments: 'payment',
  refunds_without_goods: 'claims',
  refunds_without_goods_rate: 'claims',
  low_value_refund_claims: 'claims',
  low_value_refund_claim_rate: 'claims',
  unfounded_claims: 'claims',
  unfounded_claim_rate: 'claims',
  unfounded_complaints: 'claims',
  unfounded_complaint_rate: 'claims',
  abusive_messages: 'contact',
  abusive_message_rate: 'contact',
  threats_of_violence: 'contact',
  extortion_attempts: 'contact',
  legal_or_publicity_threats: 'contact',
  legal_or_publicity_threat_rate: 'contact',
  impossible_demands: 'contact',
  impossible_demand_rate: 'contact',
  unfair_reviews: 'reviews',
  unfair_review_rate: 'reviews',
};

/** What the customer can change, and what the shop offers to help: the rules' own advice first. */
export function solutionsSection(setting: Setting, facts: MeasureFacts, rules: readonly ToldRule[]): Section | null {
  const { language, shop } = setting;
  const offers = new Set(metricsBehind(facts).flatMap((metric) => OFFERS[metric] ?? []));
  const ask =
    shop.supportEmail === null
      ? say(language, 'notices.solutions.askHere')
      : say(language, 'notices.solutions.ask', { email: isolate(shop.supportEmail) });
  return section('solutions', say(language, 'notices.title.solutions'), [
    list([
      ...rules.flatMap(({ advice }) => (advice === null ? [] : [[advice]])),
      ...[...offers].map((offer) => [plain(say(language, `notices.solutions.${offer}`))]),
      [plain(ask)],
    ]),
  ]);
}

function metricsBehind(facts: MeasureFacts): readonly MetricName[] {
  const { measure, policy, trace } = facts;
  if (trace.length > 0)
    return firedRules(facts).flatMap((rule) =>
      rule.conditions.filter((line) => line.outcome === 'true').map(({ metric }) => metric),
    );
  return policy.rules
    .filter((rule) => measure.rules.includes(rule.id))
    .flatMap((rule) => conditionsOf(rule.when).map(({ request }) => request.metric));
}

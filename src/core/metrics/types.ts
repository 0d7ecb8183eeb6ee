import type { ReturnReason } from '../events/values.ts';
import type { EventId } from '../shared/brand.ts';
import type { Period } from '../shared/period.ts';

/** count: whole number · share: 0–1 of the customer's own total · money: minor units of the shop's currency · days · ratio: per order */
export type MetricUnit = 'count' | 'share' | 'money' | 'days' | 'ratio';

export const metricNames = [
  'orders',
  'order_value',
  'lifetime_value',
  'returns',
  'returned_value',
  'return_rate_by_value',
  'return_rate_by_item',
  'return_rate_by_order',
  'refunds_without_goods',
  'refunds_without_goods_rate',
  'low_value_refund_claims',
  'low_value_refund_claim_rate',
  'claims_not_received',
  'claims_not_received_rate',
  'unfounded_claims',
  'unfounded_claim_rate',
  'worn_returns',
  'worn_return_rate',
  'bracketing_orders',
  'bracketing_rate',
  'cancellations_after_dispatch',
  'cancellation_rate',
  'address_changes_after_dispatch',
  'address_change_rate',
  'wrong_address_claims',
  'wrong_address_claim_rate',
  'duplicate_order_claims',
  'duplicate_order_claim_rate',
  'chargebacks',
  'chargeback_rate',
  'unfounded_complaints',
  'unfounded_complaint_rate',
  'unfair_reviews',
  'unfair_review_rate',
  'abusive_messages',
  'abusive_message_rate',
  'threats_of_violence',
  'extortion_attempts',
  'legal_or_publicity_threats',
  'legal_or_publicity_threat_rate',
  'impossible_demands',
  'impossible_demand_rate',
  'contacts',
  'contacts_per_order',
  'failed_payments',
  'evasions',
  'tenure',
  'days_since_last_incident',
] as const;

export type MetricName = (typeof metricNames)[number];

/** What a rule asks to be measured. Window and settle delay together say which stretch of time counts: (now − settle − window, now − settle]. */
export interface MetricRequest {
  readonly metric: MetricName;
  /** Null: since the customer's first event. */
  readonly window: Period | null;
  readonly settle: Period;
  /** Return reasons the policy leaves out beyond the shop's own faults, which never count. */
  readonly exclude: readonly ReturnReason[];
}

/** Why an event that looks like conduct was not counted. */
export type Exclusion =
  | 'shop_fault'
  | 'voided'
  | 'not_settled'
  | 'found_justified'
  | 'left_out_by_policy'
  | 'not_confirmed_by_staff'
  | 'unresolved';

export interface Excluded {
  readonly event: EventId;
  readonly because: Exclusion;
}

/**
 * A measured metric. `value` null means unknown (nothing to compare with), never zero.
 * For shares and ratios `part` / `whole` are the exact integers behind the value.
 */
export interface MetricValue {
  readonly value: number | null;
  readonly part?: number | undefined;
  readonly whole?: number | undefined;
  readonly evidence: readonly EventId[];
  readonly excluded: readonly Excluded[];
}

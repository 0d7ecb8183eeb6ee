import { type ReturnReason, SHOP_FAULT_REASONS } from '../events/values.ts';
import { addPeriod, days } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';

/** A return as somebody wants to decline it. */
export interface ReturnToDecline {
  readonly reason: ReturnReason;
  /** When it was asked for. */
  readonly askedAt: Instant;
  /** When its order arrived; null: nobody told. */
  readonly deliveredAt: Instant | null;
}

/**
 * The right that a return rests on, and that nobody may decline: faulty goods whenever they come back, and the withdrawal within the days the
 * law gives after delivery (of which nobody told, it has not begun to run). Null: it is a favour. `withdrawalDays` null: no law known here gives a
 * withdrawal.
 */
export function rightOf(
  { reason, askedAt, deliveredAt }: ReturnToDecline,
  withdrawalDays: number | null,
): 'faulty' | 'withdrawal' | null {
  if (SHOP_FAULT_REASONS.has(reason)) return 'faulty';
  if (withdrawalDays === null) return null;
  // The last day of the period is whole, wherever the customer lives.
  return deliveredAt === null || askedAt <= addPeriod(deliveredAt, days(withdrawalDays + 1)) ? 'withdrawal' : null;
}

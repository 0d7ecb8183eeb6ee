import type { disputeReason } from '../../events/payments.ts';
import type { Exclusion } from '../types.ts';
import type { Past } from './past.ts';

type DisputeReason = (typeof disputeReason.options)[number];

/** Reasons that say the shop failed. When the bank sides with the customer on one of them, the dispute is the shop's fault. */
export const SHOP_FAILED_REASONS: ReadonlySet<DisputeReason> = new Set<DisputeReason>([
  'product_not_received',
  'product_unacceptable',
  'credit_not_processed',
  'duplicate',
  'subscription_cancelled',
]);

/**
 * Orders in which the shop failed (delayed, cancelled by the shop, a claim, complaint or dispute decided against it, or
 * marked so by staff) and orders that were voided, under their reference. Conduct about them does not count.
 */
export function troubledOrders(past: Past): ReadonlyMap<string, 'shop_fault' | 'voided'> {
  const troubled = new Map<string, 'shop_fault' | 'voided'>();
  const failed = (order: string | undefined): void => {
    if (order !== undefined) troubled.set(order, 'shop_fault');
  };

  for (const delay of past.standing(past.of('order.delayed'))) failed(delay.body.order);
  for (const cancellation of past.standing(past.of('order.cancelled')))
    if (cancellation.body.by === 'shop' || past.isShopFault(cancellation)) failed(cancellation.body.order);

  const claimOutcomes = past.grouped('claim.resolved', (body) => body.claim);
  for (const claim of past.standing(past.of('claim.opened')))
    if (againstShop(past, claim, past.lastWord(claimOutcomes.get(claim.body.claim)))) failed(claim.body.order);

  const complaintOutcomes = past.grouped('complaint.resolved', (body) => body.complaint);
  for (const complaint of past.standing(past.of('complaint.opened')))
    if (againstShop(past, complaint, past.lastWord(complaintOutcomes.get(complaint.body.complaint))))
      failed(complaint.body.order);

  const outcomes = disputeOutcomes(past);
  for (const dispute of past.standing(past.of('payment.disputed'))) {
    const lost = outcomes.get(dispute.body.dispute)?.kind === 'payment.dispute_lost';
    if (past.isShopFault(dispute) || (lost && SHOP_FAILED_REASONS.has(dispute.body.reason))) failed(dispute.body.order);
  }

  for (const [order, placed] of past.grouped('order.placed', (body) => body.order)) {
    const correction = past.corrected(past.chief(placed), placed);
    if (correction === 'voided' || correction === 'shop_fault') troubled.set(order, correction);
  }
  return troubled;
}

/** The last word on each dispute, under its reference. */
export function disputeOutcomes(
  past: Past,
): ReadonlyMap<string, { readonly kind: 'payment.dispute_won' | 'payment.dispute_lost'; readonly shopFault: boolean }> {
  const all = past
    .standing([...past.of('payment.dispute_won'), ...past.of('payment.dispute_lost')])
    .toSorted((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq);
  return new Map(
    all.map((event) => [event.body.dispute, { kind: event.kind, shopFault: past.isShopFault(event) }] as const),
  );
}

/** What an order's trouble says about conduct concerning any of these orders. */
export function excuseOf(
  troubled: ReadonlyMap<string, 'shop_fault' | 'voided'>,
  orders: readonly string[],
): Exclusion | null {
  let excuse: Exclusion | null = null;
  for (const order of orders) {
    const trouble = troubled.get(order);
    if (trouble === 'shop_fault') return 'shop_fault';
    if (trouble !== undefined) excuse = trouble;
  }
  return excuse;
}

interface Finding {
  readonly id: Parameters<Past['isVoid']>[0]['id'];
  readonly body: { readonly outcome: 'founded' | 'unfounded' };
}

function againstShop(past: Past, opened: Pick<Finding, 'id'>, resolved: Finding | undefined): boolean {
  if (past.isShopFault(opened)) return true;
  return resolved !== undefined && (resolved.body.outcome === 'founded' || past.isShopFault(resolved));
}

import type { LedgerEvent } from '../events/event.ts';
import type { Instant } from '../shared/time.ts';
import type { Fact, History } from './facts.ts';
import { claimFacts, complaintFacts, disputeFacts, reviewFacts } from './history/disagreements.ts';
import { evasionFacts } from './history/evasions.ts';
import { failedPaymentFacts, messageFacts } from './history/messages.ts';
import { addressChangeFacts, cancellationFacts, orderFacts } from './history/orders.ts';
import { Past } from './history/past.ts';
import { refundFacts, returnFacts } from './history/returns.ts';
import { troubledOrders } from './history/troubled-orders.ts';

export type { History } from './facts.ts';

/**
 * One customer's events, in any order, as joined facts with what speaks against counting each. Events after `now` do not
 * exist yet. A later correction of an event replaces an earlier one: `void` and `shop_fault` exclude, `counts` undoes
 * them (it gives back what the facts say by themselves; it does not turn the shop's fault into the customer's).
 * Throws when an amount in another currency carries no rate, because intake refuses such an event.
 */
export function buildHistory(events: readonly LedgerEvent[], shopCurrency: string, now: Instant): History {
  const past = new Past(events, now);
  const troubled = troubledOrders(past);
  const orders = orderFacts(past, shopCurrency);
  const returns = returnFacts(past, shopCurrency, orders, troubled);
  return {
    currency: shopCurrency,
    asOf: now,
    first: past.first === null ? null : { at: past.first.occurredAt, event: past.first.id },
    nextEventAt: past.nextEventAt,
    orders: oldestFirst(orders),
    cancellations: cancellationFacts(past, shopCurrency, troubled),
    addressChanges: addressChangeFacts(past, troubled),
    returns: oldestFirst(returns),
    refunds: oldestFirst(refundFacts(past, shopCurrency, orders, returns, troubled)),
    claims: oldestFirst(claimFacts(past, shopCurrency, troubled)),
    disputes: oldestFirst(disputeFacts(past, shopCurrency, troubled)),
    messages: oldestFirst(messageFacts(past, troubled)),
    reviews: oldestFirst(reviewFacts(past, troubled)),
    complaints: oldestFirst(complaintFacts(past, troubled)),
    failedPayments: failedPaymentFacts(past, troubled),
    evasions: oldestFirst(evasionFacts(past)),
  };
}

/** A fact may begin later than the group it was joined from (a return announced early arrives late). The sort is stable. */
function oldestFirst<F extends Fact>(facts: F[]): F[] {
  return facts.sort((a, b) => a.at - b.at);
}

import { addUnits } from '../../shared/money.ts';
import { days } from '../../shared/period.ts';
import type { Instant } from '../../shared/time.ts';
import type { Fact, History } from '../facts.ts';
import { type Entry, remembered, type Series } from '../series.ts';

/**
 * What the customer bought and kept, as amounts over time: each order adds; cancellations, returns, refunds for nothing
 * back and lost disputes take away. An order can only be lost once: where several of them concern the same order,
 * together they take away no more than it was worth. Whose fault it was does not matter to the till; only what was
 * voided is left out.
 */
export const lifetime: Series = remembered((history) => {
  const left = new Map<string, number>();
  const voidOrders = new Set<string>();
  const entries: Entry[] = [];
  for (const order of history.orders) {
    if (order.exclusion === 'voided') voidOrders.add(order.order);
    else left.set(order.order, order.value);
    entries.push(entry(order, order.value));
  }

  /** Takes from what is left of the orders; what exceeds them, or concerns none that is known, is taken only if `beyond`. */
  const takeAway = (fact: Fact, orders: readonly string[], amount: number, beyond: boolean): void => {
    if (fact.exclusion === 'voided') {
      entries.push(entry(fact, 0));
      return;
    }
    if (orders.some((order) => voidOrders.has(order))) return;
    let remaining = amount;
    for (const order of orders) {
      const taken = Math.min(remaining, left.get(order) ?? 0);
      left.set(order, (left.get(order) ?? 0) - taken);
      remaining -= taken;
    }
    const lost = beyond ? amount : amount - remaining;
    if (lost > 0) entries.push(entry(fact, -lost));
  };
  const known = (orders: readonly string[]): boolean => orders.some((order) => left.has(order));

  for (const fact of history.cancellations)
    if (fact.stage !== 'after_delivery') takeAway(fact, [fact.order], fact.value ?? left.get(fact.order) ?? 0, false);
  const cameBack = new Set<string>();
  for (const fact of history.returns) {
    if (!fact.arrived) continue;
    for (const order of fact.orders) cameBack.add(order);
    takeAway(fact, fact.orders, fact.value, fact.matched || !known(fact.orders));
  }
  const returns = new Set(history.returns.filter((fact) => fact.arrived).map((fact) => fact.return));
  for (const fact of history.refunds) {
    const ofReturn = fact.return !== null && returns.has(fact.return);
    const ofUnnamedReturn =
      fact.goodsBack && (fact.orders.length === 0 || fact.orders.some((one) => cameBack.has(one)));
    if (ofReturn || ofUnnamedReturn || fact.ofCancellation) continue;
    takeAway(fact, fact.orders, fact.value, !known(fact.orders));
  }
  for (const fact of history.disputes)
    if (fact.outcome === 'lost') takeAway(fact, fact.orders, fact.value, !known(fact.orders));
  return entries.sort((a, b) => a.fact.at - b.fact.at);
});

const EVERYTHING = { metric: 'lifetime_value', window: null, settle: days(0), exclude: [] } as const;

/** Minor units. `ordered` less the other four is the lifetime value. */
export interface LifetimeParts {
  readonly ordered: number;
  readonly cancelled: number;
  readonly returned: number;
  /** Only refunds for which nothing came back. */
  readonly refunded: number;
  readonly disputed: number;
}

/** The lifetime value taken apart, so that it can be followed: what is taken from an order twice is in the first part that took it. */
export function lifetimeParts(history: History, now: Instant): LifetimeParts {
  const counted = lifetime(history, EVERYTHING).filter((each) => each.exclusion === null && each.fact.at <= now);
  const sumOf = (facts: readonly Fact[]): number => {
    const own = new Set(facts);
    return counted.filter((each) => own.has(each.fact)).reduce((sum, each) => addUnits(sum, Math.abs(each.amount)), 0);
  };
  return {
    ordered: sumOf(history.orders),
    cancelled: sumOf(history.cancellations),
    returned: sumOf(history.returns),
    refunded: sumOf(history.refunds),
    disputed: sumOf(history.disputes),
  };
}

function entry(fact: Fact, amount: number): Entry {
  return { fact, amount, exclusion: fact.exclusion === 'voided' ? 'voided' : null };
}

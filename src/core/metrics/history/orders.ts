import type { Line } from '../../events/values.ts';
import { addUnits, inShopCurrency } from '../../shared/money.ts';
import type { AddressChangeFact, CancellationFact, OrderFact } from '../facts.ts';
import type { Exclusion } from '../types.ts';
import type { Past } from './past.ts';
import { excuseOf } from './troubled-orders.ts';

type Troubled = ReadonlyMap<string, 'shop_fault' | 'voided'>;

/**
 * Orders under their reference; one told twice is one order. An order that the shop cancelled whole was never the
 * customer's to keep or send back, so it leaves every total that conduct is compared with.
 */
export function orderFacts(past: Past, currency: string): OrderFact[] {
  const cancellations = past.grouped('order.cancelled', (body) => body.order);
  const facts: OrderFact[] = [];
  for (const [order, group] of past.grouped('order.placed', (body) => body.order)) {
    const placed = past.chief(group);
    const value = inShopCurrency(placed.body.total, currency);
    let cancelledValue = 0;
    let cancelledByShop = false;
    for (const cancellation of past.standing(cancellations.get(order))) {
      const part = cancellation.body.value;
      const worth = part === undefined ? value : inShopCurrency(part, currency);
      if (cancellation.body.stage !== 'after_delivery')
        cancelledValue = Math.min(value, addUnits(cancelledValue, worth));
      if ((cancellation.body.by === 'shop' || past.isShopFault(cancellation)) && worth >= value) cancelledByShop = true;
    }
    const exclusion: Exclusion | null = past.corrected(placed, group) ?? (cancelledByShop ? 'shop_fault' : null);
    facts.push({
      at: placed.occurredAt,
      evidence: [placed.id],
      exclusion,
      order,
      value,
      lines: placed.body.lines,
      items: countItems(placed.body.lines),
      cancelledValue,
    });
  }
  return facts;
}

/** Cancellations, each event by itself: an order may be cancelled in parts. */
export function cancellationFacts(past: Past, currency: string, troubled: Troubled): CancellationFact[] {
  return past.of('order.cancelled').map((event) => ({
    at: event.occurredAt,
    evidence: [event.id],
    exclusion: past.corrected(event) ?? excuseOf(troubled, [event.body.order]),
    order: event.body.order,
    value: event.body.value === undefined ? null : inShopCurrency(event.body.value, currency),
    by: event.body.by,
    stage: event.body.stage,
  }));
}

export function addressChangeFacts(past: Past, troubled: Troubled): AddressChangeFact[] {
  return past.of('order.address_changed').map((event) => ({
    at: event.occurredAt,
    evidence: [event.id],
    exclusion: past.corrected(event) ?? excuseOf(troubled, [event.body.order]),
    stage: event.body.stage,
  }));
}

/** Articles by quantity; null without lines. */
export function countItems(lines: readonly Line[]): number | null {
  if (lines.length === 0) return null;
  let items = 0;
  for (const line of lines) items += line.quantity;
  return items;
}

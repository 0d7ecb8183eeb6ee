import type { EventOf } from '../../events/event.ts';
import { type ReturnReason, SHOP_FAULT_REASONS } from '../../events/values.ts';
import { addUnits, inShopCurrency } from '../../shared/money.ts';
import type { OrderFact, RefundFact, ReturnFact } from '../facts.ts';
import type { Exclusion } from '../types.ts';
import { countItems } from './orders.ts';
import type { Past } from './past.ts';
import { excuseOf } from './troubled-orders.ts';

type Troubled = ReadonlyMap<string, 'shop_fault' | 'voided'>;
type Sign = EventOf<'return.requested' | 'return.received' | 'return.inspected' | 'refund.issued'>;

/**
 * Returns under their reference: requested, received, inspected and refunded are one return, which counts once, from
 * when it arrived: the first of its receipt, its inspection and a refund that says the goods are back. What was only
 * announced has not come back, and is listed as unresolved.
 */
export function returnFacts(
  past: Past,
  currency: string,
  orders: readonly OrderFact[],
  troubled: Troubled,
): ReturnFact[] {
  const requested = past.grouped('return.requested', (body) => body.return);
  const received = past.grouped('return.received', (body) => body.return);
  const inspected = past.grouped('return.inspected', (body) => body.return);
  const refunded = past.grouped('refund.issued', (body) => (body.goodsBack ? body.return : undefined));
  const withoutLines = new Set(orders.filter((order) => order.items === null).map((order) => order.order));

  const facts: ReturnFact[] = [];
  for (const reference of new Set([...requested.keys(), ...received.keys(), ...inspected.keys(), ...refunded.keys()])) {
    const signs: Signs = {
      received: received.get(reference),
      inspected: inspected.get(reference),
      refunded: refunded.get(reference),
      requested: requested.get(reference),
    };
    facts.push(joinReturn(past, currency, reference, signs, withoutLines, troubled));
  }
  return facts;
}

type Group<E> = readonly [E, ...E[]] | undefined;

interface Signs {
  readonly received: Group<EventOf<'return.received'>>;
  readonly inspected: Group<EventOf<'return.inspected'>>;
  readonly refunded: Group<EventOf<'refund.issued'>>;
  readonly requested: Group<EventOf<'return.requested'>>;
}

function joinReturn(
  past: Past,
  currency: string,
  reference: string,
  signs: Signs,
  withoutLines: ReadonlySet<string>,
  troubled: Troubled,
): ReturnFact {
  const chief = chiefSign(past, signs);
  const told = signs.received ? past.chief(signs.received) : signs.requested && past.chief(signs.requested);
  const inspection = past.lastWord(signs.inspected);
  const all = [signs.received, signs.inspected, signs.refunded, signs.requested].flatMap<Sign>((group) => group ?? []);
  const reason = reasonOf(past, signs, inspection?.body.reasonFound === 'refuted');
  const named = namedOrders(past, signs);
  const orders = named.length > 0 ? named : matchedOrders(past, signs);
  const lines = told?.body.lines ?? [];
  const arrived = chief.kind !== 'return.requested';
  const exclusion: Exclusion | null =
    past.corrected(chief, all) ??
    (SHOP_FAULT_REASONS.has(reason) ? 'shop_fault' : null) ??
    excuseOf(troubled, orders) ??
    (arrived ? null : 'unresolved');
  return {
    at: chief.occurredAt,
    evidence: [chief.id],
    exclusion,
    return: reference,
    orders,
    matched: named.length === 0,
    value: told === undefined ? refundedSum(past, signs, currency) : inShopCurrency(told.body.value, currency),
    lines,
    items: orders.some((order) => withoutLines.has(order)) ? null : countItems(lines),
    reason,
    grade: inspection?.body.grade ?? null,
    arrived,
  };
}

/**
 * The first event that says the goods are back, or else the one that announced them. The first, so that a receipt written
 * after the refund does not make what has been judged already look like something new.
 */
function chiefSign(past: Past, signs: Signs): Sign {
  const receipt = signs.received === undefined ? null : past.chief(signs.received);
  if (receipt !== null && past.isVoid(receipt)) return receipt;
  const hints: Sign[] = [...(signs.inspected ?? []), ...(signs.refunded ?? []), ...(receipt === null ? [] : [receipt])];
  hints.sort((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq);
  const hint = hints.find((sign) => !past.isVoid(sign));
  if (hint !== undefined) return hint;
  if (signs.requested !== undefined) return past.chief(signs.requested);
  const [voided] = hints;
  if (voided === undefined) throw new Error('A return without events cannot be joined');
  return voided;
}

/**
 * The reason that stands. One that blames the shop stands whoever stated it (the receipt, the request or the refund)
 * until an inspection refutes it; otherwise the first of the three that says anything.
 */
function reasonOf(past: Past, signs: Signs, refuted: boolean): ReturnReason {
  const stated: ReturnReason[] = [];
  for (const group of [signs.received, signs.requested, signs.refunded] as const)
    for (const event of past.standing<EventOf<'return.received' | 'return.requested' | 'refund.issued'>>(group))
      if (event.body.reason !== 'unspecified') stated.push(event.body.reason);
  if (!refuted) {
    const blame = stated.find((reason) => SHOP_FAULT_REASONS.has(reason));
    if (blame !== undefined) return blame;
  }
  return stated.find((reason) => !SHOP_FAULT_REASONS.has(reason)) ?? 'unspecified';
}

function namedOrders(past: Past, signs: Signs): readonly string[] {
  const named = new Set<string>();
  for (const group of [signs.received, signs.requested, signs.refunded] as const)
    for (const event of past.standing<EventOf<'return.received' | 'return.requested' | 'refund.issued'>>(group))
      if (event.body.order !== undefined) named.add(event.body.order);
  return [...named];
}

function matchedOrders(past: Past, signs: Signs): readonly string[] {
  return [...new Set(past.standing(signs.received).flatMap((event) => event.body.matchedOrders ?? []))];
}

function refundedSum(past: Past, signs: Signs, currency: string): number {
  return past
    .standing(signs.refunded)
    .reduce((sum, refund) => addUnits(sum, inShopCurrency(refund.body.amount, currency)), 0);
}

/** Refunds under their reference, each told apart from money for goods that came back or that never left. */
export function refundFacts(
  past: Past,
  currency: string,
  orders: readonly OrderFact[],
  returns: readonly ReturnFact[],
  troubled: Troubled,
): RefundFact[] {
  const orderByReference = new Map(orders.map((order) => [order.order, order] as const));
  const returnByReference = new Map(returns.map((fact) => [fact.return, fact] as const));
  const claims = past.grouped('claim.opened', (body) => body.claim);
  const claimByOrder = past.grouped('claim.opened', (body) => body.order);
  const outcomes = past.grouped('claim.resolved', (body) => body.claim);

  const facts: RefundFact[] = [];
  for (const group of past.grouped('refund.issued', (body) => body.refund).values()) {
    const refund = past.chief(group);
    const { body } = refund;
    const value = inShopCurrency(body.amount, currency);
    const origin = body.return === undefined ? undefined : returnByReference.get(body.return);
    const order = body.order === undefined ? undefined : orderByReference.get(body.order);
    const claim =
      body.claim ?? (body.order === undefined ? undefined : past.standing(claimByOrder.get(body.order))[0]?.body.claim);
    const claimed = claim === undefined ? undefined : claims.get(claim);
    const concerned = [
      ...(body.order === undefined ? (origin?.orders ?? []) : [body.order]),
      ...past.standing(claimed).flatMap((event) => event.body.order ?? []),
    ];
    const ofCancellation = order !== undefined && order.cancelledValue > 0 && value <= order.cancelledValue;
    const exclusion: Exclusion | null =
      past.corrected(refund, group) ??
      (SHOP_FAULT_REASONS.has(body.reason) ? 'shop_fault' : null) ??
      excuseOf(troubled, concerned) ??
      (claimed === undefined || claim === undefined ? null : claimExcuse(past, claimed, outcomes.get(claim)));
    facts.push({
      at: refund.occurredAt,
      evidence: [refund.id],
      exclusion,
      orders: concerned,
      value,
      reason: body.reason,
      claim: claim ?? null,
      return: body.return ?? null,
      goodsBack: body.goodsBack,
      ofCancellation,
      withoutGoods: !body.goodsBack && origin?.arrived !== true && !ofCancellation,
    });
  }
  return facts;
}

/** A refund for a claim counts only where the claim would. */
function claimExcuse(
  past: Past,
  claimed: readonly EventOf<'claim.opened'>[],
  resolutions: readonly EventOf<'claim.resolved'>[] | undefined,
): Exclusion | null {
  const standing = past.standing(claimed);
  if (standing.length === 0) return null;
  const outcome = past.lastWord(resolutions);
  if (outcome === undefined) return standing.some((event) => past.isShopFault(event)) ? 'shop_fault' : 'unresolved';
  if (outcome.body.outcome === 'founded' || past.isShopFault(outcome)) return 'shop_fault';
  return standing.some((event) => past.isShopFault(event)) ? 'shop_fault' : null;
}

import type { OrderData } from './payloads.ts';

type Line = OrderData['lines'][number];

/** Goods that were taken off an order and booked back. */
export interface TakenBack {
  readonly id: string;
  readonly at: string;
  readonly reason: string;
  readonly lines: readonly { readonly line: Line; readonly quantity: number }[];
  /** What was paid for them, in the order's units. */
  readonly value: number;
  /**
   * Whether all of the order had left before. Of one that left in part Vendure does not say which pieces were taken off: in doubt they had not
   * left, because what the shop could not send is no return.
   */
  readonly wasSent: boolean;
}

/** Money that went back, with the goods for which it did; null: no goods came back for it. */
export type Refunded = OrderData['refunds'][number] & { readonly cameBack: string | null };

/**
 * Vendure books goods back (a cancellation) and money back (a refund) apart, and does not say which belong together. Staff book the goods
 * first, then the money: so a refund is for goods of its lines that were booked back before it and that no earlier refund was for. A refund
 * without lines is for whatever was booked back before it and not refunded yet. What happens later changes nothing of that.
 */
export function goodsOf(order: OrderData): {
  readonly takenBack: readonly TakenBack[];
  readonly refunds: readonly Refunded[];
} {
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  const takenBack = order.takenBack.flatMap(({ id, at, reason, lines: parts }): readonly TakenBack[] => {
    const known = parts.flatMap(({ line, quantity }) => {
      const placed = lines.get(line);
      return placed === undefined ? [] : [{ line: placed, quantity }];
    });
    if (known.length === 0) return [];
    const value = known.reduce((sum, { line, quantity }) => sum + line.paid * quantity, 0);
    const wasSent = order.allSentAt !== null && Date.parse(order.allSentAt) <= Date.parse(at);
    return [{ id, at, reason, lines: known, value: Math.max(value, 0), wasSent }];
  });
  const open = takenBack
    .filter(({ wasSent }) => wasSent)
    .flatMap(({ id, at, lines: parts }) =>
      parts.map(({ line, quantity }) => ({ id, at, line: line.id, left: quantity })),
    );
  const refunds = order.refunds
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || compare(a.id, b.id))
    .map((refund): Refunded => ({ ...refund, cameBack: takeFor(refund, open) }));
  return { takenBack, refunds };
}

interface Open {
  readonly id: string;
  readonly at: string;
  readonly line: string;
  left: number;
}

/** The cancellation whose goods the refund is for. Takes them, so that no later refund is for them too. */
function takeFor(refund: OrderData['refunds'][number], open: readonly Open[]): string | null {
  const before = open.filter(({ at, left }) => left > 0 && Date.parse(at) <= Date.parse(refund.at));
  if (refund.lines.length === 0) {
    const [first] = before;
    if (first === undefined) return null;
    for (const each of before) if (each.id === first.id) each.left = 0;
    return first.id;
  }
  const wanted = refund.lines.map(({ line, quantity }) => ({
    quantity,
    from: before.filter((each) => each.line === line),
  }));
  const isCovered = wanted.every(({ quantity, from }) => from.reduce((sum, { left }) => sum + left, 0) >= quantity);
  if (!isCovered) return null;
  let last: string | null = null;
  for (const { quantity, from } of wanted) {
    let wants = quantity;
    for (const each of from) {
      const taken = Math.min(each.left, wants);
      if (taken === 0) continue;
      each.left -= taken;
      wants -= taken;
      last = each.id;
    }
  }
  return last;
}

const compare = (a: string, b: string): number =>
  a.length !== b.length ? a.length - b.length : a < b ? -1 : a > b ? 1 : 0;

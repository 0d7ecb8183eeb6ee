import type { Line } from '../../events/values.ts';
import type { EventId } from '../../shared/brand.ts';
import type { History, OrderFact, ReturnFact } from '../facts.ts';
import { type Entry, remembered, type Series } from '../series.ts';
import type { Exclusion } from '../types.ts';

/** How many of each variant of one article an order held, and how many of them came back. */
interface Choice {
  readonly ordered: ReadonlyMap<string, number>;
  readonly quantity: number;
  /** What came back and counts. */
  readonly counting: Tally;
  /** What came back, whatever the reason. */
  readonly all: Tally;
}

interface Tally {
  readonly byVariant: Map<string, number>;
  back: number;
  readonly evidence: EventId[];
  /** The return with which more than half was back. */
  crossedAt: ReturnFact | null;
  because: Exclusion | null;
}

/**
 * Orders with at least two variants of one article of which more than half, by quantity, came back. Return lines are
 * matched to order lines by article and variant (by article alone where a return line names no variant), and never to
 * more than was ordered. The order counts from the return that took it over the half.
 */
export const bracketing: Series = remembered((history, request) => {
  const choices = choicesOf(history.orders);
  if (choices.size === 0) return [];
  for (const fact of history.returns) {
    if (!fact.arrived) continue;
    const left = request.exclude.includes(fact.reason) ? 'left_out_by_policy' : null;
    const exclusion = fact.exclusion ?? left;
    for (const line of fact.lines) {
      if (exclusion === null) giveBack(choices, fact, line, 'counting', null);
      giveBack(choices, fact, line, 'all', exclusion);
    }
  }
  return entriesOf(history, choices);
});

function choicesOf(orders: readonly OrderFact[]): Map<string, Map<string, Choice>> {
  const byOrder = new Map<string, Map<string, Choice>>();
  for (const order of orders) {
    if (order.lines.length < 2) continue;
    const articles = new Map<string, Map<string, number>>();
    for (const { article, variant, quantity } of order.lines) {
      if (variant === undefined) continue;
      const variants = articles.get(article) ?? new Map<string, number>();
      variants.set(variant, (variants.get(variant) ?? 0) + quantity);
      articles.set(article, variants);
    }
    const choices = new Map<string, Choice>();
    for (const [article, ordered] of articles) {
      if (ordered.size < 2) continue;
      const quantity = [...ordered.values()].reduce((sum, count) => sum + count, 0);
      choices.set(article, { ordered, quantity, counting: emptyTally(), all: emptyTally() });
    }
    if (choices.size > 0) byOrder.set(order.order, choices);
  }
  return byOrder;
}

const emptyTally = (): Tally => ({ byVariant: new Map(), back: 0, evidence: [], crossedAt: null, because: null });

function giveBack(
  choices: ReadonlyMap<string, ReadonlyMap<string, Choice>>,
  fact: ReturnFact,
  line: Line,
  which: 'counting' | 'all',
  exclusion: Exclusion | null,
): void {
  let remaining = line.quantity;
  for (const order of fact.orders) {
    const choice = choices.get(order)?.get(line.article);
    if (choice === undefined || remaining === 0) continue;
    const tally = choice[which];
    const before = tally.back;
    for (const variant of line.variant === undefined ? choice.ordered.keys() : [line.variant]) {
      const already = tally.byVariant.get(variant) ?? 0;
      const taken = Math.min(remaining, (choice.ordered.get(variant) ?? 0) - already);
      tally.byVariant.set(variant, already + taken);
      tally.back += taken;
      remaining -= taken;
    }
    if (tally.back === before || tally.crossedAt !== null) continue;
    if (!tally.evidence.includes(fact.evidence[0])) tally.evidence.unshift(fact.evidence[0]);
    tally.because ??= exclusion;
    if (tally.back * 2 > choice.quantity) tally.crossedAt = fact;
  }
}

function entriesOf(history: History, choices: ReadonlyMap<string, ReadonlyMap<string, Choice>>): Entry[] {
  const entries: Entry[] = [];
  for (const order of history.orders) {
    const crossed = [...(choices.get(order.order)?.values() ?? [])];
    const entry =
      firstCrossing(
        crossed.map((choice) => choice.counting),
        order,
      ) ??
      firstCrossing(
        crossed.map((choice) => choice.all),
        order,
      );
    if (entry !== null) entries.push(entry);
  }
  return entries.sort((a, b) => a.fact.at - b.fact.at);
}

function firstCrossing(tallies: readonly Tally[], order: OrderFact): Entry | null {
  let first: { at: ReturnFact; tally: Tally } | null = null;
  for (const tally of tallies)
    if (tally.crossedAt !== null && (first === null || tally.crossedAt.at < first.at.at))
      first = { at: tally.crossedAt, tally };
  if (first === null) return null;
  const exclusion = order.exclusion ?? first.tally.because;
  const [latest = first.at.evidence[0], ...earlier] = first.tally.evidence;
  return { fact: { at: first.at.at, evidence: [latest, ...earlier], exclusion }, amount: 1, exclusion };
}

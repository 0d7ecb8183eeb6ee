import type { Instant } from '../../core/shared/time.ts';

/** An order, with what is left of each of its lines. */
interface Purchase {
  readonly order: string;
  readonly at: Instant;
  readonly articles: readonly string[];
  readonly left: number[];
}

/** How many lines a generation holds: the newest 500,000 to 1,000,000 of a file are remembered. */
const GENERATION = 500_000;

/**
 * Remembers what each customer bought in a file, to find the orders that a credit note without an order number takes back:
 * the most recent earlier purchase of the same article that has something left. Memory is bounded: of a very long file the
 * oldest purchases are forgotten.
 */
export class Purchases {
  readonly #generation: number;
  #recent = new Map<string, Purchase[]>();
  #older = new Map<string, Purchase[]>();
  #held = 0;

  constructor(generation: number = GENERATION) {
    this.#generation = generation;
  }

  add(customer: string, order: string, at: Instant, lines: readonly { article: string; quantity: number }[]): void {
    if (this.#held >= this.#generation) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#held = 0;
    }
    this.#held += lines.length;
    const purchase = {
      order,
      at,
      articles: lines.map((line) => line.article),
      left: lines.map((line) => line.quantity),
    };
    const known = this.#recent.get(customer);
    if (known === undefined) this.#recent.set(customer, [purchase]);
    else known.push(purchase);
  }

  /** Takes back a quantity bought by `at`, and names the orders it came from; `unmatched` is what no purchase explains. */
  takeBack(customer: string, article: string, at: Instant, quantity: number): { orders: string[]; unmatched: number } {
    const orders: string[] = [];
    let wanted = quantity;
    for (const purchases of [this.#recent.get(customer) ?? [], this.#older.get(customer) ?? []])
      for (const purchase of purchases.toReversed()) {
        if (wanted === 0) break;
        if (purchase.at > at) continue;
        const taken = takeFrom(purchase, article, wanted);
        if (taken > 0) orders.push(purchase.order);
        wanted -= taken;
      }
    return { orders, unmatched: wanted };
  }
}

function takeFrom({ articles, left }: Purchase, article: string, wanted: number): number {
  let taken = 0;
  for (
    let line = articles.indexOf(article);
    line !== -1 && taken < wanted;
    line = articles.indexOf(article, line + 1)
  ) {
    const here = Math.min(left[line] ?? 0, wanted - taken);
    left[line] = (left[line] ?? 0) - here;
    taken += here;
  }
  return taken;
}

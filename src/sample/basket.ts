import type { Instant } from '../core/shared/time.ts';
import { isSale } from './calendar.ts';
import { type Article, article, browse, departments, variant } from './catalogue.ts';
import { type Faults, within } from './faults.ts';
import type { BasketLine, Purse } from './life.ts';
import type { Random } from './random.ts';

export interface Shopper {
  readonly random: Random;
  readonly purse: Purse;
  /** How much of what they buy is fashion, 0–1. */
  readonly fashionShare: number;
  readonly faults: Faults;
  /** From the smallest sizes (0) to the largest (1). */
  readonly build: number;
}

/** One article in one variant at the price of the day. */
export function item(
  shopper: Pick<Shopper, 'random' | 'purse' | 'build'>,
  at: Instant,
  what: Article,
  quantity = 1,
): BasketLine {
  const { random, purse } = shopper;
  return {
    article: what,
    variant: variant(what, sizeFor(shopper, what), random.pick(what.colours)),
    quantity,
    price: priceOn(at, what, purse),
  };
}

/** People buy their own size, and now and then the one beside it. Duvets and rugs go by the room. */
function sizeFor({ random, build }: Pick<Shopper, 'random' | 'build'>, what: Article): string {
  if (!departments[what.department].fashion) return random.pick(what.sizes);
  const last = what.sizes.length - 1;
  const own =
    Math.round(build * last) +
    random.weighted([
      [0, 7],
      [1, 1.5],
      [-1, 1.5],
    ]);
  return what.sizes[Math.min(last, Math.max(0, own))] ?? random.pick(what.sizes);
}

/** What ordinary people put into a basket: mostly one or two things, now and then the same article in two sizes. */
export function basket(shopper: Shopper, at: Instant, count = shopper.random.weighted(SIZES)): BasketLine[] {
  const { random, faults } = shopper;
  const lines: BasketLine[] = [];
  for (let i = 0; i < count; i++) {
    const what = advertised(random, at, faults) ?? browse(random, shopper.fashionShare);
    if (lines.some((line) => line.article === what)) continue;
    const facts = departments[what.department];
    lines.push(item(shopper, at, what, !facts.fashion && random.chance(0.15) ? 2 : 1));
  }
  const first = lines[0];
  if (first !== undefined && hasSizes(first.article) && random.chance(0.05))
    lines.push(...otherSizes(shopper, at, first, 1));
  return lines;
}

/** The same article and colour in further sizes. */
export function otherSizes(
  shopper: Pick<Shopper, 'random' | 'purse'>,
  at: Instant,
  line: BasketLine,
  count: number,
): BasketLine[] {
  const [size = '', colour = ''] = line.variant.split(' / ');
  const place = line.article.sizes.indexOf(size);
  const nearest = [...line.article.sizes]
    .filter((other) => other !== size)
    .sort((a, b) => Math.abs(line.article.sizes.indexOf(a) - place) - Math.abs(line.article.sizes.indexOf(b) - place));
  return nearest.slice(0, count).map((other) => ({
    article: line.article,
    variant: variant(line.article, other, colour),
    quantity: 1,
    price: priceOn(at, line.article, shopper.purse),
  }));
}

export function hasSizes(of: Article): boolean {
  return departments[of.department].fashion && of.sizes.length > 1;
}

const SIZES: readonly (readonly [number, number])[] = [
  [1, 52],
  [2, 29],
  [3, 13],
  [4, 6],
];

/** While they were in the window, the faulty articles sold well. */
function advertised(random: Random, at: Instant, faults: Faults): Article | undefined {
  if (within(at, faults.defectiveBatch) && random.chance(0.1)) return faults.defectiveBatch.article;
  if (within(at, faults.wrongLabels) && random.chance(0.12)) return faults.wrongLabels.article;
  if (random.chance(0.03)) return article(random.pick(BESTSELLERS));
  return undefined;
}
const BESTSELLERS = [
  'Basis cotton T-shirt',
  'Vlinder wrap dress',
  'Duin merino jumper',
  'Beeswax candles, set of three',
];

/** Minor units: a fifth off in the sales; for a purse from abroad about what the home price comes to. Both end in 95. */
function priceOn(at: Instant, what: Article, purse: Purse): number {
  const asked = isSale(at) ? what.price * 0.8 : what.price;
  const local = purse.rate === null ? asked : asked / Number(purse.rate);
  return isSale(at) || purse.rate !== null ? Math.max(100, Math.round(local / 100) * 100) - 5 : local;
}

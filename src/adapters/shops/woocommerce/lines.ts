import type { Line } from '../../../core/events/values.ts';
import { decimalText, perPiece, sumOf } from './amounts.ts';
import type { WooLine } from './shapes.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
};

/** Lines of an order or refund. Prices are what the customer paid: after discounts, with tax. Lines without a piece are left out. */
export function linesOf(items: readonly WooLine[]): Line[] {
  return items.flatMap((item) => lineOf(item) ?? []).slice(0, 2_000);
}

function lineOf(item: WooLine): Line | null {
  const pieces = Math.abs(item.quantity);
  if (pieces === 0) return null;
  const whole = Number.isInteger(pieces) && pieces <= 1_000_000;
  const sum = sumOf([item.total, item.total_tax]);
  const sku = (item.sku ?? '').trim().slice(0, 120);
  const product = item.product_id ?? 0;
  const variation = item.variation_id ?? 0;
  const variant = variation > 0 ? String(variation) : sku;
  const title = plainText(item.name ?? '')
    .slice(0, 200)
    .trim();
  return {
    article: product > 0 ? String(product) : sku || `line-${item.id}`,
    ...(variant === '' ? {} : { variant }),
    ...(title === '' ? {} : { title }),
    // Some extensions sell by weight: 1.5 kg is one piece at the price of all of it.
    quantity: whole ? pieces : 1,
    unitPrice: whole ? perPiece(sum, pieces) : decimalText(sum),
  };
}

/** What a refund's lines are worth, with tax. */
export const worthOf = (items: readonly WooLine[]): string =>
  decimalText(sumOf(items.flatMap((item) => (item.quantity === 0 ? [] : [item.total, item.total_tax]))));

/** Names of products come with HTML's entities in them. */
function plainText(html: string): string {
  return html.replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (written, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? written;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
}

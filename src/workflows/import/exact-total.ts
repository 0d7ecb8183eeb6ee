import {
  addDecimals,
  type Decimal,
  decimalToUnits,
  parseDecimal,
  timesInteger,
  ZERO,
} from '../../core/shared/decimal.ts';
import { LARGEST_AMOUNT } from '../../core/shared/money.ts';

const SCALE = 6;

/** A price as written, ready for adding up; null when it is no decimal number. */
export interface Price {
  readonly decimal: Decimal;
  /** Millionths, where the price is exact in them and small enough to be counted in doubles. */
  readonly millionths: number | null;
}

const prices = new Map<string, Price | null>();

/** Reads a price; shops have few different ones, so they are remembered. */
export function readPrice(text: string): Price | null {
  const known = prices.get(text);
  if (known !== undefined) return known;
  const decimal = parseDecimal(text);
  const price = decimal === null ? null : { decimal, millionths: inMillionths(decimal) };
  if (prices.size >= 20_000) prices.clear();
  prices.set(text, price);
  return price;
}

function inMillionths(decimal: Decimal): number | null {
  if (decimal.scale > SCALE) return null;
  const value = Number(decimal.units) * 10 ** (SCALE - decimal.scale);
  return Number.isSafeInteger(value) ? value : null;
}

/** Adds prices times quantities exactly, whatever their decimals, to be rounded once at the end. */
export class ExactTotal {
  #millionths = 0;
  #rest: Decimal = ZERO;

  add(price: Price, quantity: number): void {
    const sum = price.millionths === null ? Number.NaN : this.#millionths + price.millionths * quantity;
    if (Number.isSafeInteger(sum)) this.#millionths = sum;
    else this.#rest = addDecimals(this.#rest, timesInteger(price.decimal, quantity));
  }

  /** Minor units at so many decimals, rounded half away from zero; null beyond the largest amount an event may carry. */
  minorUnits(exponent: number): number | null {
    const sum = addDecimals({ units: BigInt(this.#millionths), scale: SCALE }, this.#rest);
    if (sum.units / 10n ** BigInt(sum.scale) > BigInt(LARGEST_AMOUNT)) return null;
    const units = decimalToUnits(sum, exponent);
    return units > LARGEST_AMOUNT ? null : units;
  }
}

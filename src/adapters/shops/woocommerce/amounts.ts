import { addDecimals, type Decimal, parseDecimal, ZERO } from '../../../core/shared/decimal.ts';
import { isCurrency, type Money, minorUnits } from '../../../core/shared/money.ts';

/** Decimals of a price that cannot be divided evenly: far below any cent. */
const SCALE = 6;
const RATE_SCALE = 12;

/** Money of a decimal such as "29.35", never below zero; null when it cannot be one. */
export function moneyOf(amount: string, currency: string, rate: string | null): Money | null {
  const code = currency.toUpperCase();
  if (!isCurrency(code)) return null;
  const units = minorUnits(amount.replace(/^-/, ''), code);
  return units === null ? null : { amount: units, currency: code, ...(rate === null ? {} : { rate }) };
}

/** Sums decimals such as "6.00" and "0.45" exactly, without their signs. */
export function sumOf(amounts: readonly (string | null | undefined)[]): Decimal {
  let sum = ZERO;
  for (const amount of amounts) sum = addDecimals(sum, parseDecimal((amount ?? '0').replace(/^-/, '')) ?? ZERO);
  return sum;
}

/** A decimal divided by a whole number, as text: exact where it can be, else rounded half away from zero at six decimals. */
export function perPiece(sum: Decimal, pieces: number): string {
  const count = BigInt(pieces);
  if (sum.units % count === 0n) return decimalText({ units: sum.units / count, scale: sum.scale });
  return decimalText(divide(sum.units, count, sum.scale, SCALE));
}

/** 1 / rate, or null when it is no positive number: extensions write what one unit of the shop's currency is in the order's. */
export function inverseRate(rate: string): string | null {
  const known = parseDecimal(rate);
  if (known === null || known.units <= 0n) return null;
  const inverse = divide(10n ** BigInt(known.scale), known.units, 0, RATE_SCALE);
  return inverse.units === 0n ? null : decimalText(inverse);
}

/** Writes a decimal that is not negative, with two decimals at least: "20.00". */
export function decimalText({ units, scale }: Decimal): string {
  const digits = units.toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** `units` of `scale` decimals by `divisor`, at `to` decimals, rounded half away from zero. Nothing here is negative. */
function divide(units: bigint, divisor: bigint, scale: number, to: number): Decimal {
  const shifted = units * 10n ** BigInt(Math.max(0, to - scale));
  return { units: (shifted + divisor / 2n) / divisor, scale: Math.max(scale, to) };
}

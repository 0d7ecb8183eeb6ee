/** An exact decimal number: `units` × 10^-`scale`. Prices may have more decimals than their currency, so they are added exactly and rounded once. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };

/** Reads "12", "-0.001", "1e3" is refused; null for anything but digits with at most 12 decimals. */
export function parseDecimal(text: string): Decimal | null {
  const parts = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/.exec(text);
  if (parts === null) return null;
  const fraction = parts[3] ?? '';
  const units = BigInt((parts[2] ?? '') + fraction);
  return { units: parts[1] === '-' ? -units : units, scale: fraction.length };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: rescale(a, scale) + rescale(b, scale), scale };
}

/** A decimal times a whole number, exactly. */
export function timesInteger(decimal: Decimal, count: number): Decimal {
  return { units: decimal.units * BigInt(count), scale: decimal.scale };
}

/** Whole units at the given number of decimals, rounded half away from zero. Throws beyond what a double holds exactly. */
export function decimalToUnits(decimal: Decimal, exponent: number): number {
  const rounded =
    decimal.scale <= exponent
      ? rescale(decimal, exponent)
      : divideHalfAway(decimal.units, 10n ** BigInt(decimal.scale - exponent));
  const units = Number(rounded);
  if (!Number.isSafeInteger(units)) throw new Error('An amount of money is too large to be exact');
  return units;
}

/** `amount` minor units (with `fromExponent` decimals) times `rate`, in minor units with `toExponent` decimals, rounded half away from zero once. */
export function multiplyToUnits(amount: number, fromExponent: number, rate: Decimal, toExponent: number): number {
  return decimalToUnits({ units: BigInt(amount) * rate.units, scale: rate.scale + fromExponent }, toExponent);
}

function rescale(decimal: Decimal, scale: number): bigint {
  return decimal.units * 10n ** BigInt(scale - decimal.scale);
}

function divideHalfAway(value: bigint, divisor: bigint): bigint {
  const negative = value < 0n;
  const magnitude = negative ? -value : value;
  const rounded = (magnitude + divisor / 2n) / divisor;
  return negative ? -rounded : rounded;
}

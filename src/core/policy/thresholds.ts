import type { MetricUnit } from '../metrics/types.ts';
import { parseDecimal } from '../shared/decimal.ts';
import { currencyExponent, minorUnits } from '../shared/money.ts';
import { err, ok, type Result } from '../shared/result.ts';

/**
 * A limit as written, in the metric's own unit: shares as 0–1, money in minor units, days as whole days.
 * A share is divided once from exact integers, so that 3 of 10 is exactly "30 %". The error says how to write it.
 */
export function readThreshold(
  written: string | number,
  unit: MetricUnit,
  currency: string | null,
): Result<number, string> {
  const text = String(written).trim();
  switch (unit) {
    case 'count':
      return /^\d{1,9}$/.test(text)
        ? ok(Number(text))
        : err(`"${text}" is not a count; write a whole number, for example 10`);
    case 'share':
      return readShare(text);
    case 'ratio': {
      const decimal = parseDecimal(text);
      return decimal === null || decimal.units < 0n
        ? err(`"${text}" is not a number per order; write for example 2.5`)
        : ok(Number(decimal.units) / 10 ** decimal.scale);
    }
    case 'days': {
      const parts = /^(\d{1,6})\s*(days?|d)?$/i.exec(text);
      return parts === null
        ? err(`"${text}" is not a number of days; write for example "90 days"`)
        : ok(Number(parts[1]));
    }
    case 'money': {
      if (currency === null)
        return err(
          'is an amount of money, but the policy does not say in which currency; add "currency: EUR" at the top',
        );
      const decimal = parseDecimal(text);
      const units = decimal === null || decimal.scale > currencyExponent(currency) ? null : minorUnits(text, currency);
      return units === null || units < 0
        ? err(
            `"${text}" is not an amount in ${currency}; write for example "${(25).toFixed(currencyExponent(currency))}"`,
          )
        : ok(units);
    }
  }
}

function readShare(text: string): Result<number, string> {
  const parts = /^(\d{1,3}(?:\.\d{1,4})?)\s*%$/.exec(text);
  const decimal = parts === null ? null : parseDecimal(parts[1] ?? '');
  if (decimal === null) return err(`"${text}" is not a share; write a percentage, for example "50 %"`);
  const share = Number(decimal.units) / 10 ** (decimal.scale + 2);
  return share > 1 ? err(`"${text}" is more than all of it; a share is at most 100 %`) : ok(share);
}

/** The limit as people read it: "50 %", "25.00 EUR", "90 days", "10". */
export function formatThreshold(value: number, unit: MetricUnit, currency: string | null): string {
  switch (unit) {
    case 'share':
      return `${trim(value * 100)} %`;
    case 'money': {
      const exponent = currencyExponent(currency ?? '');
      return `${(value / 10 ** exponent).toFixed(exponent)}${currency === null ? '' : ` ${currency}`}`;
    }
    case 'days':
      return value === 1 ? '1 day' : `${trim(value)} days`;
    case 'count':
    case 'ratio':
      return trim(value);
  }
}

function trim(value: number): string {
  return String(Number(value.toFixed(4)));
}

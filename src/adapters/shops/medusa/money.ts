import { isCurrency, type Money, minorUnits } from '../../../core/shared/money.ts';
import { Drift } from '../drift.ts';

/** Money that must be there: a decimal in major units, as Medusa keeps it. */
export function moneyAt(amount: string, currency: string, path: string): Money {
  const code = currency.toUpperCase();
  if (!isCurrency(code)) throw new Drift('data.order.currency_code', 'is not an ISO 4217 currency code');
  const units = minorUnits(amount, code);
  if (units === null || units < 0) throw new Drift(path, 'is not an amount');
  return { amount: units, currency: code };
}

import { decimalToUnits, multiplyToUnits, parseDecimal } from './decimal.ts';

/** Whole minor units (cents) of a currency. `rate`, where present, is shop currency per one unit of `currency`, as recorded when it happened. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
  readonly rate?: string | undefined;
}

/** ISO 4217 minor units where they are not two. Source: ISO 4217 list one. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

const CURRENCIES = new Set(
  `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE
  CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
  KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR
  PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
  TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG`.split(/\s+/),
);

/** True for an ISO 4217 code in use. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** How many decimals the currency's minor unit has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** The largest amount an event may carry, in minor units: far above any order, far below where adding up would lose a cent. */
export const LARGEST_AMOUNT = 1_000_000_000_000;

/**
 * The amount in the shop's currency, in its minor units, rounded half away from zero once.
 * Throws when another currency comes without a rate: intake refuses such an event, so one here is a bug.
 */
export function inShopCurrency(money: Money, shopCurrency: string): number {
  if (money.currency === shopCurrency) return money.amount;
  if (money.rate === undefined) throw new Error(`An amount in ${money.currency} has no rate to ${shopCurrency}`);
  const rate = parseDecimal(money.rate);
  if (rate === null) throw new Error('A rate is not a decimal number');
  return multiplyToUnits(money.amount, currencyExponent(money.currency), rate, currencyExponent(shopCurrency));
}

/** Minor units of an amount written as a decimal ("12.345"), rounded half away from zero; null when it is not a decimal number. */
export function minorUnits(text: string, currency: string): number | null {
  const decimal = parseDecimal(text);
  return decimal === null ? null : decimalToUnits(decimal, currencyExponent(currency));
}

/** Adds minor units and throws before a double would stop being exact. */
export function addUnits(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isSafeInteger(sum)) throw new Error('A sum of money is too large to be exact');
  return sum;
}

import { BlockList, isIP } from 'node:net';

/*
 * What POST /v1/decisions takes. It refuses a question for one field that is empty or too long, and then nobody is asked about: what does
 * not fit is left out.
 */

/** ISO 4217, as far as Evenhand knows it. */
const CURRENCIES = new Set(
  `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE
  CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
  KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR
  PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
  TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG`.split(/\s+/),
);
const WITHOUT_DECIMALS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));
const WITH_THREE = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** Networks that say nothing of who is buying: a proxy stands between. */
const INSIDE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv6');

/** A text without white space around it, of so many units of UTF-16; undefined where it is none. */
export function fitting(value: unknown, least: number, most: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text.length < least || text.length > most ? undefined : text;
}

/** An e-mail address that can be one. */
export function mailOf(value: unknown): string | undefined {
  const mail = fitting(value, 3, 254);
  return mail !== undefined && /^[^\s@]+@[^\s@]+$/.test(mail) ? mail : undefined;
}

/** A country by its code of ISO 3166. */
export function countryOf(value: unknown): string | undefined {
  const code = fitting(value, 2, 2)?.toUpperCase();
  return code !== undefined && /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/** The street and, where it tells homes apart ("Apt 4"), the second line: one without a number says something else, a long number is a telephone's. */
export function streetOf(first: unknown, second: unknown): string | undefined {
  const street = fitting(first, 1, 200);
  const more = fitting(second, 1, 60) ?? '';
  const isNumber = /\d/.test(more) && !/\d{6}/.test(more.replace(/[\s+()/-]/g, ''));
  return street === undefined || !isNumber ? street : (fitting(`${street} ${more}`, 1, 200) ?? street);
}

/** An address on the internet; undefined where it is none, or one of a network inside. */
export function ipOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  // One of IPv4 that came in over IPv6.
  const ip = value.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(ip);
  if (family === 0 || ip.includes('%')) return undefined;
  return INSIDE.check(ip, family === 4 ? 'ipv4' : 'ipv6') ? undefined : ip;
}

/** Whole minor units of an amount of whole units of 1 / 10^precision, with its currency; nothing where either is none. */
export function amountOf(
  amount: number,
  precision: number,
  currency: string,
): { readonly total?: number; readonly currency?: string } {
  if (!CURRENCIES.has(currency) || !(amount >= 0)) return {};
  const decimals = WITHOUT_DECIMALS.has(currency) ? 0 : WITH_THREE.has(currency) ? 3 : 2;
  const total = Math.round(
    decimals < precision ? amount / 10 ** (precision - decimals) : amount * 10 ** (decimals - precision),
  );
  return Number.isSafeInteger(total) ? { total, currency } : {};
}

/** Fields that are left out where they are not known. */
export type Known<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that are known. */
export function known<T extends object>(fields: T): Known<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Known<T>;
}

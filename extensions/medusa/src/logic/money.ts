/** ISO 4217, as far as Evenhand knows it. Shops invent others. */
const CURRENCIES = new Set(
  `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE
  CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
  KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR
  PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
  TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG`.split(/\s+/),
);

/** How many decimals the minor unit has where they are not two. `Intl` goes by what people write, which for some currencies is none. */
const DECIMALS: Readonly<Record<number, ReadonlySet<string>>> = {
  0: new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ')),
  3: new Set('BHD IQD JOD KWD LYD OMR TND'.split(' ')),
};

/** Whole minor units of an amount as Medusa keeps it (in major units), with its currency; undefined where either is none. */
export function amountOf(
  amount: unknown,
  code: unknown,
): { readonly total: number; readonly currency: string } | undefined {
  const currency = typeof code === 'string' ? code.toUpperCase() : '';
  const number = Number(amount);
  if (amount === null || amount === undefined || !CURRENCIES.has(currency) || !(number >= 0)) return undefined;
  const decimals = DECIMALS[0]?.has(currency) ? 0 : DECIMALS[3]?.has(currency) ? 3 : 2;
  const total = Math.round(Number(`${number}e${decimals}`));
  return Number.isSafeInteger(total) ? { total, currency } : undefined;
}

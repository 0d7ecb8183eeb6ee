/** What can be guessed of a shop from the device it is set up on; everything guessed can be changed before it is kept. */
export interface Guess {
  readonly currency: string;
  readonly timeZone: string;
  readonly language: string;
  readonly jurisdictions: readonly string[];
}

const EURO = 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ');
const OWN: Readonly<Record<string, string>> = {
  AU: 'AUD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HU: 'HUF',
  IL: 'ILS',
  IN: 'INR',
  JP: 'JPY',
  KR: 'KRW',
  MX: 'MXN',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  RO: 'RON',
  SE: 'SEK',
  SG: 'SGD',
  TR: 'TRY',
  UA: 'UAH',
  US: 'USD',
  ZA: 'ZAR',
};

/** From the browser's languages and time zone. A language's region counts only where the clock could stand: much of the world browses in en-US. */
export function guessShop(languages: readonly string[], timeZone: string): Guess {
  const inEurope = timeZone.startsWith('Europe/');
  const regions = languages.map((each) => new Intl.Locale(each).region).filter((each) => each !== undefined);
  const region = regions.find((each) => !(inEurope && each === 'US')) ?? null;
  const currency = region === null ? undefined : EURO.includes(region) ? 'EUR' : OWN[region];
  const known = JURISDICTIONS.find((each) => each === region);
  return {
    currency: currency ?? (inEurope ? 'EUR' : 'USD'),
    timeZone,
    language: LANGUAGE_CODES.find((each) => each === new Intl.Locale(languages[0] ?? 'en').language) ?? 'en',
    jurisdictions: known ? [known] : [],
  };
}

/** Languages customers may be written to in. */
export const LANGUAGE_CODES: readonly string[] =
  'ar bg cs da de el en es et fi fr he hr hu it ja ko lt lv nb nl pl pt ro sk sl sv tr uk zh'.split(' ');

/** Countries a device may stand in, by ISO 3166-1: the EEA and others shops commonly sell to. */
const JURISDICTIONS: readonly string[] =
  'AT AU BE BG BR CA CH CN CY CZ DE DK EE ES FI FR GB GR HR HU IE IL IN IS IT JP KR LI LT LU LV MT MX NL NO NZ PL PT RO SE SG SI SK TR UA US ZA'.split(
    ' ',
  );

/** Currencies in use, by ISO 4217. */
export const CURRENCIES: readonly string[] = `
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
  CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
  ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
  MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
  SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES
  VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG`
  .trim()
  .split(/\s+/);

/**
 * How numbers, money and dates read: in the reader's language, the shop's currency and the shop's time zone.
 * Everything on a screen that is one of these goes through here.
 */

/** ISO 4217 minor units where they are not two (browsers disagree with the standard on some of them). */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
};

/** How many decimals the minor unit of a currency stands for. */
export function minorDigits(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

export type MetricUnit = 'count' | 'share' | 'money' | 'days' | 'ratio';

export interface Formats {
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  /** Minor units to "€ 2,180.00"; `short` leaves the cents out from 100 units up. */
  money(units: number, options?: { currency?: string; short?: boolean }): string;
  count(value: number): string;
  /** 0.62 to "62%"; one decimal below 10 %, where a whole number would mislead. */
  share(value: number): string;
  ratio(value: number): string;
  days(value: number): string;
  /** A metric's value in its own unit; null is "unknown" and is the caller's to word. */
  metric(value: number, unit: MetricUnit): string;
  bytes(value: number): string;
  /** Milliseconds to "0.4 seconds", "12 seconds", "3 minutes", "2 hours". */
  duration(ms: number): string;
  /** "3 May 2026" */
  date(at: string): string;
  /** "3 May" this year, "3 May 2025" in others. */
  shortDate(at: string, now: number): string;
  time(at: string): string;
  /** "3 May 2026, 14:05:09 CEST": the exact instant, for a title. */
  instant(at: string): string;
  /** "2 hours ago", "in 3 days"; dates beyond a month are written out. */
  relative(at: string, now: number): string;
  /** The calendar day in the shop's zone, "2026-05-03": for grouping. */
  dayKey(at: string): string;
  list(items: readonly string[]): string;
  language(code: string): string;
  region(code: string): string;
}

const STEPS: readonly (readonly [limitSeconds: number, divisor: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [45, 1, 'second'],
  [45 * 60, 60, 'minute'],
  [22 * 3_600, 3_600, 'hour'],
  [26 * 86_400, 86_400, 'day'],
];

/** Makes the formatters once for a language, zone and currency: constructing an Intl formatter is the slow part. */
export function createFormats(locale: string, timeZone: string, currency: string): Formats {
  const plain = new Intl.NumberFormat(locale);
  const two = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const percentFine = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const dayCount = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const moneys = new Map<string, Intl.NumberFormat>();
  const dateFormat = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' });
  const dayMonth = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' });
  const yearOf = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' });
  const timeFormat = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' });
  const exact = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
  const key = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });

  const moneyFormat = (code: string, digits: number): Intl.NumberFormat => {
    const id = `${code}${digits}`;
    const known = moneys.get(id);
    if (known) return known;
    const made = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: code,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    moneys.set(id, made);
    return made;
  };

  const formats: Formats = {
    locale,
    timeZone,
    currency,
    money(units, options = {}) {
      const code = options.currency ?? currency;
      const exponent = minorDigits(code);
      const whole = units / 10 ** exponent;
      return moneyFormat(code, options.short && (whole === 0 || Math.abs(whole) >= 100) ? 0 : exponent).format(whole);
    },
    count: (value) => plain.format(value),
    share: (value) => (Math.abs(value) < 0.1 ? percentFine : percent).format(value),
    ratio: (value) => two.format(value),
    days: (value) => dayCount.format(Math.round(value)),
    metric(value, unit) {
      switch (unit) {
        case 'count':
          return formats.count(value);
        case 'share':
          return formats.share(value);
        case 'money':
          return formats.money(value);
        case 'days':
          return formats.days(value);
        case 'ratio':
          return formats.ratio(value);
      }
    },
    bytes(value) {
      const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
      const step = Math.min(sizes.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
      const unit = sizes[step] ?? 'byte';
      const unitDisplay = unit === 'byte' ? 'long' : 'short';
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(
        value / 1000 ** step,
      );
    },
    duration(ms) {
      const seconds = ms / 1_000;
      const [value, unit] =
        seconds < 90
          ? [seconds, 'second']
          : seconds < 90 * 60
            ? [seconds / 60, 'minute']
            : seconds < 36 * 3_600
              ? [seconds / 3_600, 'hour']
              : [seconds / 86_400, 'day'];
      const maximumFractionDigits = value < 10 && unit === 'second' ? 1 : 0;
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits }).format(
        value,
      );
    },
    date: (at) => dateFormat.format(new Date(at)),
    shortDate(at, now) {
      const then = new Date(at);
      return (yearOf.format(then) === yearOf.format(now) ? dayMonth : dateFormat).format(then);
    },
    time: (at) => timeFormat.format(new Date(at)),
    instant: (at) => exact.format(new Date(at)),
    relative(at, now) {
      const seconds = (Date.parse(at) - now) / 1_000;
      for (const [limit, divisor, unit] of STEPS) {
        if (Math.abs(seconds) < limit) return ago.format(Math.round(seconds / divisor), unit);
      }
      return formats.shortDate(at, now);
    },
    dayKey: (at) => key.format(new Date(at)),
    list: (items) => lists.format(items),
    language: (code) => languages.of(code) ?? code,
    region: (code) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code),
  };
  return formats;
}

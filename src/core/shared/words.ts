import { currencyExponent } from './money.ts';
import type { Period } from './period.ts';
import type { Instant } from './time.ts';

/** A language the service speaks, with everything it can say in it. */
export interface Language {
  /** BCP 47, as its folder is called: "nl". */
  readonly code: string;
  /** In the language itself: "Nederlands". */
  readonly name: string;
  /** In English: "Dutch". */
  readonly english: string;
  /** How dates, numbers and money are written: "nl-NL". */
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  /** Every template by its namespace and path, joined by dots: "policy.rule.settle". */
  readonly words: Readonly<Record<string, string>>;
}

/**
 * What goes into a template: text as it is, numbers in the language's figures, and lengths of time in its words, in the form
 * that the template asks for: `{{window, genitive}}`.
 */
export type WordValues = Readonly<Record<string, string | number | Period>>;

const HOLE = /\{\{\s*(\w+)\s*(?:,\s*(\w+)\s*)?\}\}/g;

/** Whether a language has words for a key, in whatever plural forms. */
export function hasWords(language: Language, key: string): boolean {
  return language.words[key] !== undefined || language.words[`${key}_other`] !== undefined;
}

/**
 * One text of a language. Where `values.count` is a number, the plural form that the language has for it, or what it says of none
 * at all (`_zero`). Throws on a key or
 * value that is missing, which is a bug.
 */
export function say(language: Language, key: string, values: WordValues = {}): string {
  const template = templateFor(language, key, values.count);
  if (template === undefined) throw new Error(`There are no words for "${key}" in ${language.english}`);
  return template.replace(HOLE, (_, name: string, form: string | undefined) => {
    const value = values[name];
    if (value === undefined) throw new Error(`"${key}" in ${language.english} lacks the value "${name}"`);
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? sayNumber(language, value) : sayPeriod(language, value, form);
  });
}

function templateFor({ words, locale }: Language, key: string, count: WordValues[string] | undefined) {
  if (typeof count !== 'number') return words[key];
  if (count === 0 && words[`${key}_zero`] !== undefined) return words[`${key}_zero`];
  return words[`${key}_${pluralRules(locale).select(count)}`] ?? words[`${key}_other`] ?? words[key];
}

/** "6 months", "30 dni"; in another grammatical form where the language has words for it ("units.genitive.…"). */
export function sayPeriod(language: Language, period: Period, form?: string): string {
  if (period.months > 0 && period.days > 0) throw new Error('A period is in months or in days, not both');
  const [unit, count] = period.months > 0 ? (['months', period.months] as const) : (['days', period.days] as const);
  const formed = `units.${form}.${unit}`;
  const key = form !== undefined && hasWords(language, formed) ? formed : `units.${unit}`;
  return say(language, key, { count });
}

/** "1,234.5" in the language's figures, with at most four decimals. */
export function sayNumber({ locale }: Language, value: number): string {
  return numberFormat(locale, 'decimal').format(value);
}

/** A share of 0–1 as a percentage: "12.5%", "12,5 %". */
export function sayShare({ locale }: Language, share: number): string {
  return numberFormat(locale, 'percent').format(share);
}

/** Minor units of a currency as an amount people read: "€250.00", "250,00 zł". */
export function sayMoney({ locale }: Language, amount: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const key = `${locale} ${currency}`;
  const format =
    moneyFormats.get(key) ??
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    });
  moneyFormats.set(key, format);
  return format.format(amount / 10 ** exponent);
}

/** A day in full, as it is called at that instant in a time zone: "3 March 2026", "3 marca 2026". */
export function sayDate({ locale }: Language, at: Instant, timeZone: string): string {
  return dateFormat(locale, timeZone, 'date').format(at);
}

/** A day and the time of day: "3 March 2026 at 14:05". */
export function sayMoment({ locale }: Language, at: Instant, timeZone: string): string {
  return dateFormat(locale, timeZone, 'moment').format(at);
}

/** "a, b and c", "a, b of c". */
export function sayList({ locale }: Language, parts: readonly string[], join: 'and' | 'or' = 'and'): string {
  const key = `${locale} ${join}`;
  const format =
    listFormats.get(key) ?? new Intl.ListFormat(locale, { type: join === 'and' ? 'conjunction' : 'disjunction' });
  listFormats.set(key, format);
  return format.format(parts);
}

/** What a language is called in another: "Polish", "polski"; its tag where nobody has a name for it. */
export function sayLanguage({ locale }: Language, code: string): string {
  const names = languageNames.get(locale) ?? new Intl.DisplayNames(locale, { type: 'language' });
  languageNames.set(locale, names);
  return names.of(code) ?? code;
}

/** Text that keeps its own writing direction among other text: order numbers, addresses, names (Unicode FSI and PDI). */
export const isolated = (text: string): string => `\u2068${text}\u2069`;

/** The text with a capital in front, as a sentence of its own. */
export function capitalised({ locale }: Language, text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}

/**
 * The language among `all` that a tag asks for: by the whole tag, else by its first part ("nl" serves "nl-BE"). Null when there is none.
 */
export function languageFor(all: readonly Language[], tag: string): Language | null {
  const parts = tag.trim().toLowerCase().split(/[-_]/);
  for (let length = parts.length; length > 0; length -= 1) {
    const wanted = parts.slice(0, length).join('-');
    const found = all.find(({ code }) => code.toLowerCase() === wanted);
    if (found !== undefined) return found;
  }
  return null;
}

/** The tags of an Accept-Language header, the most wanted first; malformed parts are left out. */
export function acceptedTags(header: string | undefined): readonly string[] {
  return (header ?? '')
    .slice(0, 1_000)
    .split(',')
    .flatMap((part) => {
      const [, tag, quality] =
        /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/.exec(part) ?? [];
      const weight = quality === undefined ? 1 : Number(quality);
      return tag === undefined || weight === 0 ? [] : [{ tag, weight }];
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/* Formats are costly to make and few: one per locale, and per currency or zone of the shops served. */
const plurals = new Map<string, Intl.PluralRules>();
const numberFormats = new Map<string, Intl.NumberFormat>();
const moneyFormats = new Map<string, Intl.NumberFormat>();
const listFormats = new Map<string, Intl.ListFormat>();
const languageNames = new Map<string, Intl.DisplayNames>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function pluralRules(locale: string): Intl.PluralRules {
  const rules = plurals.get(locale) ?? new Intl.PluralRules(locale);
  plurals.set(locale, rules);
  return rules;
}

function numberFormat(locale: string, style: 'decimal' | 'percent'): Intl.NumberFormat {
  const key = `${locale} ${style}`;
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(locale, { style, maximumFractionDigits: 4 });
  numberFormats.set(key, format);
  return format;
}

function dateFormat(locale: string, timeZone: string, kind: 'date' | 'moment'): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${kind}`;
  const format =
    dateFormats.get(key) ??
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone, ...(kind === 'moment' && { timeStyle: 'short' }) });
  dateFormats.set(key, format);
  return format;
}

/** Sentences one after another: a space between them, but none after a full stop of full width, which has one of its own. */
export function oneAfterAnother(sentences: readonly string[]): string {
  return sentences.join(' ').replace(/([。！？]) /g, '$1');
}

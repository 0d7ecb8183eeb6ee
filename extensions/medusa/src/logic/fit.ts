/*
 * What POST /v1/decisions takes. It refuses a question for one field that is empty or too long, and then nobody is asked about: what does
 * not fit is left out.
 */

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

/** A country by its code of ISO 3166, which Medusa keeps in small letters. */
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

/** The fields that are known; undefined when none is. */
export function known<T extends object>(fields: T): Known<T> | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Known<T>);
}

/** Fields that are left out where they are not known. */
export type Known<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

import { plainWords } from './plain.ts';

export type DateOrder = 'day-first' | 'month-first';

const LOCALES = ['en', 'nl', 'de', 'fr', 'es', 'it', 'pt', 'pl', 'sv', 'da', 'cs', 'he'];
const THREE_NUMBERS = /^(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})(?:[T ].*)?$/;

/** The months by the first letters of their names in common languages, where those are not of two months. */
const months: ReadonlyMap<string, number> = monthNames();

/**
 * A birth date as yyyymmdd, or yyyy where only a year is written; null where neither can be read. A date that cannot be
 * (a 31st of April) is kept: a slip of the pen still tells. `order` is for dates like 03/04/1990.
 */
export function birthOf(text: string, order: DateOrder): string | null {
  const written = text.normalize('NFKC').trim();
  if (/^\d{8}$/.test(written))
    return /^(1[89]|20)/.test(written) || !/(1[89]|20)\d\d$/.test(written) ? written : ordered(written, order);
  if (/^\d{4}$/.test(written)) return /^(1[89]|20)/.test(written) ? written : null;
  const numbers = THREE_NUMBERS.exec(written);
  if (numbers !== null) {
    const [, first = '', second = '', third = ''] = numbers;
    if (first.length === 4) return join(first, second, third);
    if (third.length !== 4) return null;
    const monthFirst =
      Number(first) > 12 ? false : Number(second) > 12 || (order === 'month-first' && !written.includes('.'));
    return monthFirst ? join(third, first, second) : join(third, second, first);
  }
  return inWords(written);
}

/** Which order a written date shows to be used, or null when it fits both or none. */
export function orderShown(text: string): DateOrder | null {
  const numbers = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}/.exec(text.trim());
  if (numbers === null) return null;
  const [first, second] = [Number(numbers[1]), Number(numbers[2])];
  if (first > 12 && second <= 12) return 'day-first';
  return second > 12 && first <= 12 ? 'month-first' : null;
}

function ordered(digits: string, order: DateOrder): string {
  const [first, second, year] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)];
  const monthFirst = Number(first) <= 12 && (Number(second) > 12 || order === 'month-first');
  return monthFirst ? join(year, first, second) : join(year, second, first);
}

function inWords(written: string): string | null {
  const parts = plainWords(written).split(' ');
  const year = parts.find((part) => /^(1[89]|20)\d\d$/.test(part));
  const month = parts.map((part) => months.get(part.slice(0, 3))).find((found) => found !== undefined);
  const day = parts.map((part) => /^(\d{1,2})(st|nd|rd|th)?$/.exec(part)?.[1]).find((found) => found !== undefined);
  return year === undefined || month === undefined || day === undefined ? null : join(year, String(month), day);
}

function join(year: string, month: string, day: string): string {
  return `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
}

function monthNames(): Map<string, number> {
  const found = new Map<string, number>();
  const ambiguous = new Set<string>();
  for (const locale of LOCALES) {
    for (const format of [{ month: 'long' }, { month: 'long', day: 'numeric' }] as const) {
      const writer = new Intl.DateTimeFormat(locale, { ...format, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month += 1) {
        const part = writer.formatToParts(Date.UTC(2001, month - 1, 15)).find((piece) => piece.type === 'month');
        const start = plainWords(part?.value ?? '').slice(0, 3);
        if (!/^[a-z]{3}$/.test(start)) continue;
        if ((found.get(start) ?? month) !== month) ambiguous.add(start);
        found.set(start, found.get(start) ?? month);
      }
    }
  }
  for (const start of ambiguous) found.delete(start);
  return found;
}

import { types } from 'pg';
import { type Instant, instant } from '../../core/shared/time.ts';

type Parser = (text: string) => unknown;

/**
 * bigint as a number. The columns that are bigint (sequences, minor units) stay below 2^53 by their checks, so anything
 * beyond is a bug, and a rounded number would hide it.
 */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('A bigint from the database is too large to be an exact number');
  return value;
}

/** timestamptz as whole milliseconds since 1970, whatever time zone the connection speaks; finer digits are cut off. */
function parseTimestamptz(text: string): Instant {
  const parts = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d)(:\d\d)?$/.exec(text);
  if (parts === null) throw new Error('A timestamp from the database is not a point in time');
  const [, year, month, day, time, fraction = '', hours, minutes = ':00'] = parts;
  return instant(Date.parse(`${year}-${month}-${day}T${time}${fraction.slice(0, 4)}${hours}${minutes}`));
}

const TEXT_ARRAY = 1009 as number;
const textArray = types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => readonly (string | null)[];
const listOf =
  (parse: Parser): Parser =>
  (text) =>
    textArray(text).map((entry) => (entry === null ? null : parse(entry)));
const asText: Parser = (text) => text;

/** By PostgreSQL's type numbers. What is not here, `pg` reads as it always does. */
const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [20, parseInt8],
  [1016, listOf(parseInt8)],
  [1184, parseTimestamptz],
  [1185, listOf(parseTimestamptz)],
  // numeric and date stay text: a double would round the one, a `Date` would give the other a time zone.
  [1700, asText],
  [1231, listOf(asText)],
  [1082, asText],
  [1182, listOf(asText)],
]);

/** The `types` of every connection. */
export const typeParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): Parser {
    const own = format === 'binary' ? undefined : PARSERS.get(oid);
    return own ?? (types.getTypeParser(oid, format) as Parser);
  },
};

import { daysInMonth, type Instant, parseInstant } from '../../core/shared/time.ts';

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?$/;
const MOST_REMEMBERED = 10_000;
const DAY = 86_400_000;

/**
 * Reads times as a shop writes them: "2010-12-01 08:26" or a bare date (midnight) on the clocks of its time zone, or ISO 8601
 * with a zone of its own. An hour that clocks show twice is taken as the first, one they skip as the hour after. Null for
 * what is no time.
 */
export function localTimeReader(timeZone: string): (text: string) => Instant | null {
  const offsetAt = offsetReader(timeZone);
  const remembered = new Map<string, Instant | null>();
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const at = read(text, offsetAt);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(text, at);
    return at;
  };
}

function read(text: string, offsetAt: (at: number) => number): Instant | null {
  const parts = LOCAL.exec(text);
  if (parts === null) return parseInstant(text);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((index) => Number(parts[index] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month - 1)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const clock = Date.UTC(year, month - 1, day, hour, minute, second);
  const noon = Math.floor(clock / DAY) * DAY + DAY / 2;
  const before = offsetAt(noon - DAY);
  const after = offsetAt(noon + DAY);
  if (before === after) return instantOf(clock - before);
  const candidates = [clock - before, clock - after].sort((a, b) => a - b);
  const at = candidates.find((candidate) => candidate + offsetAt(candidate) === clock) ?? clock - before;
  return instantOf(at);
}

/** Null outside the years that events may have. */
function instantOf(at: number): Instant | null {
  return parseInstant(new Date(at).toISOString());
}

/** How far clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetReader(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const remembered = new Map<number, number>();
  return (at) => {
    const known = remembered.get(at);
    if (known !== undefined) return known;
    const shown: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) shown[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(at, offset);
    return offset;
  };
}

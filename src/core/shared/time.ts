import type { Brand } from './brand.ts';

/** A point in time as whole milliseconds since 1970-01-01T00:00:00Z. Zones belong to the screens, not to the core. */
export type Instant = Brand<number, 'Instant'>;

const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
const ISO_WITH_ZONE = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Marks whole milliseconds as an instant. Throws on a fraction, NaN or a date that a `Date` cannot hold. */
export function instant(milliseconds: number): Instant {
  if (!Number.isInteger(milliseconds) || Math.abs(milliseconds) > 8.64e15)
    throw new Error(`Not an instant: ${milliseconds}`);
  return milliseconds as Instant;
}

/**
 * Reads ISO 8601 with a zone (`2026-03-01T10:00:00Z`, `…+02:00`) or a bare date (midnight UTC).
 * Gives null for anything else, for dates that do not exist (30 February) and for years outside 1990–2200.
 */
export function parseInstant(text: string): Instant | null {
  const parts = ISO_WITH_ZONE.exec(text) ?? ISO_DATE.exec(text);
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month - 1)) return null;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) || milliseconds < EARLIEST || milliseconds >= LATEST
    ? null
    : (Math.floor(milliseconds) as Instant);
}

/** Why `parseInstant` gives null for this text, in a few words that follow a field's name. */
export function whyNoInstant(text: string): string {
  if (WITHOUT_ZONE.test(text)) return 'has no zone: write it like 2026-03-01T10:00:00Z or 2026-03-01T10:00:00+02:00';
  const parts = ISO_WITH_ZONE.exec(text) ?? ISO_DATE.exec(text);
  if (parts === null) return 'is not a date and time written like 2026-03-01T10:00:00Z';
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month - 1);
  return exists && !Number.isNaN(Date.parse(text)) ? 'is before 1990 or after 2199' : 'is not a date that exists';
}

/** ISO 8601 in UTC with milliseconds: the one form in which instants leave the core. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString();
}

/** Days in a month (0 = January) of the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  // Date.UTC alone takes the years 0–99 for 1900–1999.
  return new Date(new Date(0).setUTCFullYear(year, month + 1, 0)).getUTCDate();
}

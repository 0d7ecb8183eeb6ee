import type { Instant } from '../../../core/shared/time.ts';

const DAY_MS = 86_400_000;
/** Days are counted from here. */
const FIRST_DAY = Date.UTC(2025, 0, 1);

/**
 * The last whole day of a store's calendar ("2026-05-01") before an instant: the checkout function knows the store's date and no more,
 * and nobody is refused for an hour longer than was decided. What is left of the day itself is seen after the order.
 */
export function lastWholeDay(until: Instant, timeZone: string): string {
  const day = new Date(until).toLocaleDateString('sv-SE', { timeZone });
  return new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);
}

/** How many days a date is after 1 January 2025. */
export const dayNumber = (date: string): number => Math.round((Date.parse(date) - FIRST_DAY) / DAY_MS);

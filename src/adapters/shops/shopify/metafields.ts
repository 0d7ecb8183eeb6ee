import type { CustomerMarks, Sentence } from '../../../core/enforcement/types.ts';
import { lastWholeDay } from './last-day.ts';

/** Where everything lies that the checkout function reads: only our own app can write there. */
export const NAMESPACE = '$app:evenhand';
/** On the customer: `checkoutMarks`. On the shop: `encodeGuestList`, and what a guest reads. */
export const MARKS_KEY = 'checkout';
export const GUESTS_KEY = 'guests';
export const GUEST_WORDS_KEY = 'guest_words';

/**
 * What the checkout function reads of a customer, as JSON: `{"v":1,"until":"2026-05-01","messages":{"en":"…"}}`, with the last day
 * on which they are refused. Null: the checkout is open to them, and the metafield is to be deleted.
 */
export function checkoutMarks(marks: CustomerMarks, timeZone: string): string | null {
  if (!marks.refused.includes('purchase') || marks.until === null) return null;
  return JSON.stringify({ v: 1, until: lastWholeDay(marks.until, timeZone), messages: messagesOf(marks.sentences) });
}

/** What every refused guest reads, as JSON: `{"v":1,"messages":{"en":"…"}}`. */
export const guestWords = (sentences: readonly Sentence[]): string =>
  JSON.stringify({ v: 1, messages: messagesOf(sentences) });

const messagesOf = (sentences: readonly Sentence[]): Record<string, string> =>
  Object.fromEntries(
    sentences.filter(({ surface }) => surface === 'purchase').map(({ language, text }) => [language, text]),
  );

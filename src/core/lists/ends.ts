import { addPeriod, days, months } from '../shared/period.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Instant } from '../shared/time.ts';

/** An entry ends after a year unless told otherwise, and after three at the latest: nothing lasts for ever. */
const USUAL = months(12);
const LONGEST = months(36);

/** From so long before its end an entry comes up for review. */
const SOON = days(30);

export const usualEnd = (now: Instant): Instant => addPeriod(now, USUAL);

/** From when an entry that ends at or before this instant ends soon. */
export const soonBefore = (now: Instant): Instant => addPeriod(now, SOON);

/** The end somebody chose, or why it cannot be: in a few words that follow the field's name. */
export function checkEnd(until: Instant, now: Instant): Result<Instant, string> {
  if (until <= now) return err('must be in the future');
  if (until > addPeriod(now, LONGEST)) return err('must be within three years');
  return ok(until);
}

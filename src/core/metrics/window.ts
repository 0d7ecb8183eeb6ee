import { addPeriod, type Period, subtractPeriod } from '../shared/period.ts';
import { type Instant, instant } from '../shared/time.ts';
import type { MetricRequest } from './types.ts';

const DAY = 86_400_000;
/** How many days two steps over calendar months can differ from their sum: three each, for a February. */
const SHORT_MONTHS = 7;
const NOTHING: Period = { months: 0, days: 0 };

/** The stretch of time that counts, half-open: after `from` (null: from the first event) up to and including `to`. */
export interface Span {
  readonly from: Instant | null;
  readonly to: Instant;
}

/** (now − settle − window, now − settle]. */
export function spanOf(request: Pick<MetricRequest, 'window' | 'settle'>, now: Instant): Span {
  const to = subtractPeriod(now, request.settle);
  return { from: request.window === null ? null : subtractPeriod(to, request.window), to };
}

/** The first instant at which something that happened at `at` has settled. */
export function settlesAt(at: Instant, request: Pick<MetricRequest, 'settle'>): Instant {
  return firstReaching(at, NOTHING, request.settle);
}

/** The first instant at which something that happened at `at` has left the window. */
export function leavesAt(at: Instant, window: Period, settle: Period): Instant {
  return firstReaching(at, window, settle);
}

/** The first instant from which, going back `settle` and then `window`, one no longer arrives before `at`. */
function firstReaching(at: Instant, window: Period, settle: Period): Instant {
  if (window.months === 0 && settle.months === 0) return instant(at + (window.days + settle.days) * DAY);
  // Calendar months have no exact inverse. Going back is monotone and, within a day, either keeps the time of day or always
  // arrives at the same instant; so the answer is near the sum, and it is a midnight or has the time of day of `at`.
  const arrives = (from: number): boolean => subtractPeriod(subtractPeriod(instant(from), settle), window) >= at;
  const timeOfDay = ((at % DAY) + DAY) % DAY;
  let midnight = addPeriod(addPeriod(at, window), settle) - timeOfDay - SHORT_MONTHS * DAY;
  while (!arrives(midnight + DAY - 1)) midnight += DAY;
  return instant(arrives(midnight) ? midnight : midnight + timeOfDay);
}

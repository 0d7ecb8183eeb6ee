import { addPeriod, type Period, subtractPeriod } from '../shared/period.ts';
import { type Instant, instant } from '../shared/time.ts';
import type { MetricRequest } from './types.ts';

const DAY = 86_400_000;
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
  // Calendar months have no exact inverse, but going back is monotone, so the instant can be searched for. Months that
  // are too short can shift each of the two steps by at most three days.
  let low = at - 1;
  let high: number = addPeriod(addPeriod(at, window), settle) + 7 * DAY;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (subtractPeriod(subtractPeriod(instant(middle), settle), window) >= at) high = middle;
    else low = middle;
  }
  return instant(high);
}

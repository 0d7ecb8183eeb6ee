import { type Instant, instant } from '../../core/shared/time.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long to wait after each try in vain: about two days in all. */
const WAITS = [
  2 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
];

/** After how many tries in vain a person must look. */
export const MOST_TRIES = WAITS.length;

/** When to try again after `attempts` tries in vain; the last wait is repeated. */
export const tryAgainAt = (now: Instant, attempts: number): Instant =>
  instant(now + (WAITS[Math.min(attempts, WAITS.length - 1)] ?? HOUR));

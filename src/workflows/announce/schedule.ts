const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits after a try that was not taken: what the Standard Webhooks specification suggests. Together a little more than three days. */
const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** How often a message is tried before it is given up. */
export const MOST_TRIES = WAITS_MS.length + 1;

/** How long an endpoint may fail before it is switched off, in milliseconds. */
export const PATIENCE_MS = 72 * HOUR;

const LONGEST_ASKED_MS = 24 * HOUR;

/**
 * How long to wait after a try that was not taken, in milliseconds; null after the last one. `tries` counts those made, the first
 * included. Up to a tenth longer by `luck` (from 0 to 1), so that what failed together does not come back together; as long as the
 * receiver asked for, up to a day.
 */
export function waitAfter(tries: number, luck: number, askedMs: number | null): number | null {
  const wait = WAITS_MS[tries - 1];
  if (wait === undefined) return null;
  return Math.round(Math.max(wait * (1 + luck / 10), Math.min(askedMs ?? 0, LONGEST_ASKED_MS)));
}

import { type Instant, instant } from '../../core/shared/time.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** The clocks show three: few buy then, and no clock change skips the hour after. */
const HOUR_OF_NIGHT = 3;

/** When it was last three o'clock and so many minutes in a time zone. Exact to the hour in the one night whose clocks change. */
export function lastNight(now: Instant, timeZone: string, minute: number): Instant {
  const shown = new Map(
    new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric' })
      .formatToParts(now)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const sinceMidnight = ((shown.get('hour') ?? 0) * 60 + (shown.get('minute') ?? 0)) * MINUTE;
  const wholeMinute = now - (now % MINUTE);
  const tonight = wholeMinute - sinceMidnight + (HOUR_OF_NIGHT * 60 + minute) * MINUTE;
  return instant(tonight <= now ? tonight : tonight - DAY);
}

/** Calendar days in forms: a day in the shop's own words ("2026-05-03"), and the last moment of it as an instant. */

const DAY = 86_400_000;

/** The day after `now`, for the earliest end that can be chosen. */
export function tomorrow(now: number): string {
  return dayOf(new Date(now + DAY).toISOString());
}

/** The calendar day an instant falls on in UTC. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** The end of that day in UTC; null where the text is no day. */
export function endOfDay(day: string): string | null {
  const at = Date.parse(`${day}T23:59:59.000Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at) ? new Date(at).toISOString() : null;
}

/** The day some days from now, for a first suggestion. */
export function daysFromNow(days: number, now: number): string {
  return dayOf(new Date(now + days * DAY).toISOString());
}

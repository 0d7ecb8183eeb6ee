import { appealWindow, complaintAnswer } from '../law/answers.ts';
import type { Law } from '../law/types.ts';
import { deadlineAfter, workingDaysAfter } from '../law/working-days.ts';
import type { Procedure } from '../policy/types.ts';
import { addPeriod, approximateDays, days } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';

/** How a shop counts days: the law that holds for it, and its time zone. */
export interface Counting {
  readonly law: Law;
  readonly zone: string;
}

/**
 * When the shop must have answered what is filed at `now`: by its policy, or sooner where the law asks so; to the end of that
 * day, and where nobody works on it, of the next working day.
 */
export function dueAt(procedure: Procedure, now: Instant, { law, zone }: Counting): Instant {
  const bound = complaintAnswer(law, 'answered', now);
  const within =
    bound !== null && approximateDays(bound.value) < approximateDays(procedure.answerWithin)
      ? bound.value
      : procedure.answerWithin;
  return workingDaysAfter(law, addPeriod(now, within), 0, zone);
}

/** Until when a measure can be appealed: the policy's time or the law's where that is longer, from when the customer was last answered. */
export function appealUntil(procedure: Procedure, from: Instant, { law, zone }: Counting): Instant {
  return deadlineAfter(law, from, appealWindow(law, procedure.appealWithin, from).value, zone);
}

/** How long a customer has for a question: fourteen days, to the end of a day on which people work. */
export function informationUntil(now: Instant, { law, zone }: Counting): Instant {
  return deadlineAfter(law, now, days(14), zone);
}

/** Where a deadline stands after waiting: `waited` milliseconds later (or, when negative, given back), on a working day. */
export function dueAfterWaiting(due: Instant, waited: number, now: Instant, { law, zone }: Counting): Instant {
  return workingDaysAfter(law, Math.max(due + waited, now) as Instant, 0, zone);
}

const MOST_DAYS = 400;

/** Working days of the shop until something is due, counting the day itself: 0 is today, −1 that it was due a working day ago. */
export function workingDaysLeft(due: Instant, now: Instant, { law, zone }: Counting): number {
  const [from, to] = now <= due ? [now, due] : [due, now];
  let count = 0;
  while (count < MOST_DAYS && workingDaysAfter(law, from, count, zone) < to) count += 1;
  return now <= due ? count : -count;
}

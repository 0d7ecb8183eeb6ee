import { approximateDays, days, months, type Period } from '../shared/period.ts';
import { type Instant, parseInstant } from '../shared/time.ts';
import type { Bound, EntryOf, Law, LawBody, LawEntry, LawTopic, LegalPeriod, Right } from './types.ts';

/** Whether an entry binds at an instant. Days of entry into force are taken as UTC. */
export function inForce(entry: Pick<LawEntry, 'from'>, at: Instant): boolean {
  return entry.from === null || (parseInstant(entry.from) ?? Number.POSITIVE_INFINITY) <= at;
}

/** All that binds on one topic at an instant. */
export function entriesOn<T extends LawTopic>(law: Law, topic: T, at: Instant): readonly EntryOf<T>[] {
  return law.entries.filter((entry): entry is EntryOf<T> => entry.topic === topic && inForce(entry, at));
}

/** How long a customer can withdraw after delivery, in days: the longest that applies. Null: no law known here gives it. */
export function withdrawal(
  law: Law,
  at: Instant,
): (Bound<{ readonly days: number; readonly refundDays: number | null }> & { readonly entry: LawEntry }) | null {
  const best = most(entriesOn(law, 'withdrawal', at), (entry) => entry.parameters.days);
  return best === null ? null : { value: best.parameters, entry: best };
}

export type WornGoods = EntryOf<'worn_goods'>['parameters']['worn'];

const kindest: readonly WornGoods[] = ['must_be_intact', 'damages', 'diminished_value'];

/** What may be done about goods that come back worn: the kindest that applies. Null: no law known here says. */
export function wornGoods(law: Law, at: Instant): Bound<WornGoods> | null {
  const best = most(entriesOn(law, 'worn_goods', at), (entry) => kindest.indexOf(entry.parameters.worn));
  return best === null ? null : { value: best.parameters.worn, entry: best };
}

/** Every guarantee that binds. They are not ranked: "as long as one may expect" cannot be compared with a number. */
export function guarantees(law: Law, at: Instant): readonly EntryOf<'guarantee'>[] {
  return entriesOn(law, 'guarantee', at);
}

/** How long a customer may appeal: what the policy gives, or the law's minimum where that is longer. */
export function appealWindow(law: Law, wished: Period, at: Instant): Bound<Period> {
  const best = most(entriesOn(law, 'complaints', at), (entry) => approximateDays(periodOf(entry.parameters.open)));
  const least = best === null ? null : periodOf(best.parameters.open);
  return best === null || least === null || approximateDays(least) <= approximateDays(wished)
    ? { value: wished, entry: best }
    : { value: least, entry: best };
}

/** Within what a complaint must be answered (or acknowledged): the shortest that applies. Null: no law known here says a number. */
export function complaintAnswer(
  law: Law,
  must: EntryOf<'complaint_answer'>['parameters']['must'],
  at: Instant,
): (Bound<Period> & { readonly entry: LawEntry }) | null {
  return shortest(entriesOn(law, 'complaint_answer', at).filter((entry) => entry.parameters.must === must));
}

/** Within what a request to see or to erase one's data must be answered: the shortest that applies. */
export function dataAnswer(
  law: Law,
  wish: 'access' | 'erasure',
  at: Instant,
): (Bound<Period> & { readonly entry: LawEntry }) | null {
  return shortest(entriesOn(law, wish, at));
}

/** Whether a person must decide, and by which law. The house demands it anyway (fairness rule 5). */
export const needsHuman = (law: Law, at: Instant): Bound<true> => demanded(law, 'human_decision', at);

/** Whether a warning must come first, and by which law. The house demands it unless conduct is grave (fairness rule 4). */
export const priorWarning = (law: Law, at: Instant): Bound<true> => demanded(law, 'prior_warning', at);

/** Whether reasons must be given, and by which law. The house demands it anyway (fairness rule 7). */
export const reasonsOwed = (law: Law, at: Instant): Bound<true> => demanded(law, 'reasons', at);

export type Circumstance = EntryOf<'circumstances'>['parameters']['weigh'][number];

const houseWeighs: readonly Circumstance[] = ['absolute_number', 'relative_share', 'gravity'];

/** What must be weighed before a customer is shut out: the law's circumstances, or the house's (fairness rules 1 and 4). */
export function circumstances(law: Law, at: Instant): Bound<readonly Circumstance[]> {
  const best = most(entriesOn(law, 'circumstances', at), (entry) => entry.parameters.weigh.length);
  return best === null ? { value: houseWeighs, entry: null } : { value: best.parameters.weigh, entry: best };
}

/** What is said about keeping data: the duty to let go, and after how many years claims lapse (the shortest; null: no number). */
export function retention(
  law: Law,
  at: Instant,
): { readonly claimsYears: number | null; readonly entries: readonly EntryOf<'retention'>[] } {
  const entries = entriesOn(law, 'retention', at);
  const years = entries.flatMap((entry) => entry.parameters.claimsYears ?? []);
  return { claimsYears: years.length === 0 ? null : Math.min(...years), entries };
}

/** Where a customer can go after the shop's last word: bodies for disputes about a purchase, then those for personal data. */
export function nextSteps(law: Law): readonly LawBody[] {
  const order = { consumer: 0, data_protection: 1 } as const;
  return law.bodies.toSorted((a, b) => order[a.kind] - order[b.kind]);
}

/** What no measure can stop, each right once with everything that gives it, in the order customers should read it. */
export function rightsKept(
  law: Law,
  at: Instant,
): readonly { readonly what: Right; readonly entries: readonly LawEntry[] }[] {
  const order: readonly Right[] = ['withdrawal', 'withdrawal_function', 'faulty_goods', 'hearing', 'data'];
  return order.flatMap((what) => {
    const entries = law.entries.filter((entry) => entry.keeps.includes(what) && inForce(entry, at));
    return entries.length === 0 ? [] : [{ what, entries }];
  });
}

/** A period of the law as the house counts periods. */
export function periodOf(within: NonNullable<LegalPeriod>): Period {
  return 'days' in within ? days(within.days) : months(within.months);
}

function demanded(law: Law, topic: LawTopic, at: Instant): Bound<true> {
  return { value: true, entry: entriesOn(law, topic, at)[0] ?? null };
}

function shortest<T extends LawEntry & { readonly parameters: { readonly within: LegalPeriod } }>(
  entries: readonly T[],
): (Bound<Period> & { readonly entry: T }) | null {
  const known = entries.flatMap((entry) => {
    const { within } = entry.parameters;
    return within === null ? [] : [{ value: periodOf(within), entry }];
  });
  return most(known, ({ value }) => -approximateDays(value));
}

function most<T>(items: readonly T[], measure: (item: T) => number): T | null {
  let best: T | null = null;
  for (const item of items) if (best === null || measure(item) > measure(best)) best = item;
  return best;
}

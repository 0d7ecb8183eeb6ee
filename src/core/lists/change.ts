import type { Instant } from '../shared/time.ts';
import type { EntryAnswer, ListName } from './types.ts';

/** What an entry says, its value aside. */
interface Said {
  readonly list: ListName;
  readonly answer: EntryAnswer | null;
  readonly reason: string | null;
  readonly until: Instant;
}

/** An entry to be written. `untilIsUsual`: nobody chose the end; `meant`: whoever asks knows whom it may hit. */
export interface Saying extends Said {
  readonly untilIsUsual: boolean;
  readonly meant: boolean;
}

/** `vouched`: the value is on the allow list, somebody would stop it, and nobody said that it is meant: it stays as it is. */
export type EntryChanges = 'added' | 'changed' | 'same' | 'vouched';

/** What writing an entry does to what stands there, if anything does. An end that nobody chose does not move one that still holds. */
export function changeOf(before: Said | null, entry: Saying, now: Instant): EntryChanges {
  if (before === null) return 'added';
  const same =
    before.list === entry.list &&
    before.answer === entry.answer &&
    before.reason === entry.reason &&
    before.until === untilOf(before, entry, now);
  if (same) return 'same';
  return turnsAgainst(before, entry, now) && !entry.meant ? 'vouched' : 'changed';
}

/** Whether an entry stops a value that is let through now. */
export const turnsAgainst = (
  before: Pick<Said, 'list' | 'until'> | null,
  entry: Pick<Said, 'list'>,
  now: Instant,
): boolean => before !== null && before.list === 'allow' && before.until > now && entry.list === 'deny';

/** When the entry ends once it is written. */
export const untilOf = (
  before: Pick<Said, 'until'> | null,
  entry: Pick<Saying, 'until' | 'untilIsUsual'>,
  now: Instant,
): Instant => (before !== null && entry.untilIsUsual && before.until > now ? before.until : entry.until);

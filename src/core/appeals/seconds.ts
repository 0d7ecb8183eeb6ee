import type { AppealGround, AppealType } from '../events/appeals.ts';
import type { Measure } from '../measures/types.ts';
import type { EventId } from '../shared/brand.ts';
import { addPeriod, days } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';
import { type Appeal, isOpen } from './types.ts';

/** How often one measure can be appealed at most, whatever is new. */
export const MOST_ROUNDS = 10;

/** After an application was answered, the next one waits this long. */
export const APPLY_AGAIN_AFTER = days(30);

/** What somebody wants to file, beside what was filed about the same measure before. */
export interface Filing {
  readonly type: AppealType;
  readonly ground: AppealGround;
  readonly disputed: readonly EventId[];
  /** Whether it brings a file that no earlier appeal about this measure brought. */
  readonly newFiles: boolean;
}

export type FilingRefusal =
  | { readonly why: 'taken-back' | 'appeal-open' | 'nothing-new' | 'not-in-force' | 'nothing-to-lift' }
  | { readonly why: 'no-rounds-left'; readonly count: number }
  | { readonly why: 'window-over'; readonly until: Instant }
  | { readonly why: 'too-early'; readonly from: Instant };

/** Whether the shop has already answered an appeal about the measure, so that another one must bring something new. */
export function needsNew(earlier: readonly Appeal[]): boolean {
  return earlier.some((appeal) => appeal.type === 'appeal' && appeal.outcome !== null);
}

/**
 * Whether something new comes with a second appeal: a file not seen before, or an event not pointed at before. Another ground or
 * other words alone are not new: they say the same thing about the same facts, and would make every rejection the first of many.
 */
export function bringsNew({ disputed, newFiles }: Filing, earlier: readonly Appeal[]): boolean {
  const named = new Set(earlier.flatMap((appeal) => appeal.disputed));
  return newFiles || disputed.some((event) => !named.has(event));
}

/** From when a measure may be applied to be ended: half of its length, and a month after the last such application was answered. */
export function applyFrom(measure: Measure, earlier: readonly Appeal[]): Instant {
  const half = measure.startedAt + Math.ceil((measure.until - measure.startedAt) / 2);
  const answered = earlier.flatMap((appeal) =>
    appeal.type === 'application' && appeal.outcome !== null && appeal.decidedAt !== null ? [appeal.decidedAt] : [],
  );
  return Math.max(half, ...answered.map((at) => addPeriod(at, APPLY_AGAIN_AFTER))) as Instant;
}

/**
 * Why this cannot be filed now about a measure, given everything filed about it before; null when it can. `until` is the end of
 * the time to appeal. A measure that ended meanwhile can be appealed all the same, as long as the time to appeal runs: an
 * upheld appeal puts the record right.
 */
export function filingRefusal(
  filing: Filing,
  measure: Measure,
  earlier: readonly Appeal[],
  until: Instant,
  now: Instant,
): FilingRefusal | null {
  if (measure.state === 'voided' || measure.endedBecause === 'undo') return { why: 'taken-back' };
  if (earlier.some((appeal) => isOpen(appeal.state))) return { why: 'appeal-open' };
  if (earlier.length >= MOST_ROUNDS) return { why: 'no-rounds-left', count: MOST_ROUNDS };
  if (filing.type === 'application') {
    if (measure.type === 'warning') return { why: 'nothing-to-lift' };
    if (measure.endedAt !== null || (measure.state === 'active' && measure.until <= now))
      return { why: 'not-in-force' };
    const from = applyFrom(measure, earlier);
    return now < from ? { why: 'too-early', from } : null;
  }
  if (now > until) return { why: 'window-over', until };
  return needsNew(earlier) && !bringsNew(filing, earlier) ? { why: 'nothing-new' } : null;
}

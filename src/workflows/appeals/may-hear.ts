import { stateAt } from '../../core/appeals/fold.ts';
import type { Appeal } from '../../core/appeals/types.ts';
import { isOpen } from '../../core/appeals/types.ts';
import type { Measure } from '../../core/measures/types.ts';
import { addPeriod, days } from '../../core/shared/period.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Colleague } from '../../ports/staff.ts';
import { mayDecide } from '../review/answering.ts';
import type { Hearer } from './types.ts';

/** Who approved a measure and is alone in a shop thinks for this long before deciding about an appeal against it. */
export const COOLING_OFF = days(1);

/** Why somebody may not do everything: a key of the words about appeals ("may.<why>"). */
export type WhyNot = 'auditor' | 'agent' | 'approved' | 'alone' | 'closed' | 'withdrawn' | 'awaiting';

export interface MayHear {
  readonly take: boolean;
  readonly ask: boolean;
  readonly decide: boolean;
  /** Nobody else in the shop could: what they decide is marked so. */
  readonly alone: boolean;
  readonly why: WhyNot | null;
  /** Not before then. */
  readonly from: Instant | null;
}

const NOTHING = { take: false, ask: false, decide: false, alone: false, from: null } as const;

/** What somebody may do about an appeal now. The workflows refuse everything else, whatever a screen offers. */
export function mayHear(
  appeal: Pick<Appeal, 'state' | 'informationUntil' | 'filedAt'>,
  measure: Pick<Measure, 'approvedBy'>,
  colleagues: readonly Pick<Colleague, 'id' | 'role' | 'disabledAt'>[],
  by: Hearer,
  now: Instant,
): MayHear {
  const state = stateAt(appeal, now);
  if (!isOpen(state)) return { ...NOTHING, why: state === 'withdrawn' ? 'withdrawn' : 'closed' };
  if (by.role === 'auditor') return { ...NOTHING, why: 'auditor' };
  if (!mayDecide(by.role)) return { ...NOTHING, why: 'agent' };
  const alone = measure.approvedBy.includes(by.id);
  if (alone && othersCanHear(measure, colleagues)) return { ...NOTHING, why: 'approved' };
  const from = alone ? addPeriod(appeal.filedAt, COOLING_OFF) : null;
  const inTime = from === null || now >= from;
  return {
    take: state === 'filed',
    ask: state === 'under_review',
    decide: state !== 'filed' && inTime,
    alone,
    why: !inTime ? 'alone' : state === 'information_asked' ? 'awaiting' : null,
    from: inTime ? null : from,
  };
}

/** Whether somebody who did not approve a measure may decide about an appeal against it. */
export function othersCanHear(
  { approvedBy }: Pick<Measure, 'approvedBy'>,
  colleagues: readonly Pick<Colleague, 'id' | 'role' | 'disabledAt'>[],
): boolean {
  return colleagues.some(
    ({ id, role, disabledAt }) => disabledAt === null && mayDecide(role) && !approvedBy.includes(id),
  );
}

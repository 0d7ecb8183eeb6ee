import { stateAt } from '../../core/appeals/fold.ts';
import type { Appeal } from '../../core/appeals/types.ts';
import { isOpen } from '../../core/appeals/types.ts';
import type { LedgerEvent } from '../../core/events/event.ts';
import type { Measure } from '../../core/measures/types.ts';
import { id, type StaffId } from '../../core/shared/brand.ts';
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

/**
 * Everybody who approved a measure: those in whose name it began, and those who had approved the same proposal before, whether they
 * took that back or somebody else approved it after them. Nobody hears an appeal by having a colleague approve it again.
 */
export function approversOf(
  events: readonly LedgerEvent[],
  { id: measure, approvedBy }: Pick<Measure, 'id' | 'approvedBy'>,
): readonly StaffId[] {
  const started = events.find((event) => event.kind === 'measure.started' && event.body.measure === measure);
  const proposal = started?.kind === 'measure.started' ? started.body.proposal : null;
  if (proposal === null) return approvedBy;
  const before = events.flatMap((event): readonly string[] => {
    if (event.kind === 'proposal.first_approval' && event.body.proposal === proposal) return [event.body.by];
    return event.kind === 'measure.started' && event.body.proposal === proposal ? event.body.approvedBy : [];
  });
  return [...new Set([...approvedBy, ...before.map((staff) => id<StaffId>(staff))])];
}

/** Whether somebody who did not approve a measure may decide about an appeal against it. */
export function othersCanHear(
  { approvedBy }: Pick<Measure, 'approvedBy'>,
  colleagues: readonly Pick<Colleague, 'id' | 'role' | 'disabledAt'>[],
): boolean {
  return colleagues.some(
    (colleague) => colleague.disabledAt === null && mayDecide(colleague.role) && !approvedBy.includes(colleague.id),
  );
}

import { decide } from '../decisions/decide.ts';
import type { Decision, StandingMeasure } from '../decisions/types.ts';
import { type Obligation, obligation, type Surface, surface } from '../events/measures.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Instant } from '../shared/time.ts';
import type { CustomerMarks, MarkedAs } from './types.ts';

/** What is in force for a customer, as far as a platform's marks depend on it. */
export interface MarkedSubject {
  readonly measures: readonly StandingMeasure[];
  /** Somebody at the shop vouched for this customer, and the entry has not run out. */
  readonly allowListed: boolean;
  readonly erased: boolean;
}

/** Marks without the sentences, which depend on the shop's languages and policy. */
export type BareMarks = Omit<CustomerMarks, 'sentences'>;

export const NO_MARKS: BareMarks = { as: null, refused: [], obligations: [], until: null };

/** Mildest first. */
const order = ['warned', 'restricted', 'blocked'] as const satisfies readonly MarkedAs[];

/**
 * What a platform is to show of a customer at an instant: it follows from the measures in force alone, whatever happened before and in
 * whatever order. Nothing is shown of somebody on the allow-list, and nothing of who was erased. Lists come in the catalogue's order, so
 * that the same marks are always written in the same way. Returns are never among what is refused: of those that may be refused at all a
 * platform must ask each time, and a legal right is never (fairness rule 6).
 */
export function desiredMarks({ measures, allowListed, erased }: MarkedSubject, now: Instant): BareMarks {
  const biting = measures.filter((measure) => bites(measure, now));
  if (erased || allowListed || biting.length === 0) return NO_MARKS;
  const demanded = new Set<Obligation>(biting.flatMap((measure) => demandsOf(measure)));
  return {
    as: order[Math.max(...biting.map((measure) => order.indexOf(markOf(measure))))] ?? null,
    refused: surface.options.filter((where) => refusal(biting, where, now).outcome === 'deny'),
    obligations: obligation.options.filter((each) => demanded.has(each)),
    until: latest(biting.map(({ until }) => until)),
  };
}

/** What the customer is answered at a surface, by the same rules as any decision; a return is taken for a right. */
export function refusal(measures: readonly StandingMeasure[], where: Surface, now: Instant): Decision {
  return decide({ surface: where, returnKind: null, now }, { measures, allowListed: false });
}

/**
 * When the marks change by themselves: the next end among the measures in force and the entries of the allow-list. Null: never.
 * `vouchedUntil`: the end of an entry that holds now.
 */
export function marksChangeAt(
  measures: readonly StandingMeasure[],
  vouchedUntil: Instant | null,
  now: Instant,
): Instant | null {
  const ends = measures.filter((measure) => bites(measure, now)).map(({ until }) => until);
  if (vouchedUntil !== null && vouchedUntil > now) ends.push(vouchedUntil);
  return ends.length === 0 ? null : ends.reduce((first, end) => (end < first ? end : first));
}

/** Whether two sets of marks say the same, so that telling the second after the first would change nothing but words. */
export function sameMarks(a: BareMarks, b: BareMarks): boolean {
  return (
    a.as === b.as &&
    a.until === b.until &&
    String(a.refused) === String(b.refused) &&
    String(a.obligations) === String(b.obligations)
  );
}

const bites = ({ state, startedAt, until }: StandingMeasure, now: Instant): boolean =>
  state === 'active' && startedAt <= now && now < until;

function markOf({ type }: StandingMeasure): MarkedAs {
  switch (type) {
    case 'warning':
      return 'warned';
    case 'restriction':
      return 'restricted';
    case 'block':
      return 'blocked';
    default:
      return assertNever(type);
  }
}

/** A warning demands nothing, whatever its record says. */
const demandsOf = ({ type, obligations }: StandingMeasure): readonly Obligation[] =>
  type === 'warning' ? [] : obligations;

const latest = (ends: readonly Instant[]): Instant | null =>
  ends.length === 0 ? null : ends.reduce((last, end) => (end > last ? end : last));

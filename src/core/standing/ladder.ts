import type { LedgerEvent } from '../events/event.ts';
import { inForce } from '../measures/fold.ts';
import type { Measure } from '../measures/types.ts';
import type { Ladder, RuleTrace, Step } from '../policy/types.ts';
import type { EventId } from '../shared/brand.ts';
import { addPeriod } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';
import { conductEvidence, type Evidence, type EvidenceTimes, limitReachedAt } from './evidence.ts';
import type { ProposalDraft } from './types.ts';

/** The most evidence one measure may list, as its event allows; the newest is kept. */
const MOST_EVIDENCE = 2_000;

export interface Answer {
  readonly ladder: string;
  /** Evidence the answer had before it, and when it was given. */
  readonly evidence: ReadonlySet<string>;
  readonly at: Instant;
}

interface Climb {
  readonly ladder: Ladder;
  /** Rules of this ladder that fired. */
  readonly fired: readonly RuleTrace[];
  /** All measures of the customer. */
  readonly measures: readonly Measure[];
  /** Declines that were not taken back. */
  readonly declined: readonly Answer[];
  readonly times: EvidenceTimes;
  readonly now: Instant;
}

/** What a ladder would do next, and every later instant at which that alone could change the answer. */
export interface Climbed {
  readonly proposal: ProposalDraft | null;
  readonly changes: readonly Instant[];
}

/**
 * The next step of a ladder for a customer whose conduct fires its rules.
 *
 * One enters at the first step and goes up one at a time: only when the step before has had its time, and only for
 * something done after it began, so that whoever was warned has had the chance to change. Steps begun too long ago
 * are forgotten. A grave rule may enter higher and need not wait, but it too needs something new. Nothing is proposed
 * while an equal or higher step is in force, nor again after a person said no, until there is newer evidence.
 */
export function climb(input: Climb): Climbed {
  const { ladder, fired, measures, now, times } = input;
  const own = measures.filter((measure) => measure.ladder === ladder.id && measure.step !== null);
  const remembered = own.filter(
    (measure) =>
      !isWithdrawn(measure) && (holds(measure, now) || now < addPeriod(measure.startedAt, ladder.forgetAfter)),
  );
  const changes = remembered.map((measure) => addPeriod(measure.startedAt, ladder.forgetAfter));
  if (fired.length === 0) return { proposal: null, changes };

  const last = remembered.at(-1) ?? null;
  const evidence = conductEvidence(fired, times);
  const declined = input.declined.filter((answer) => answer.ladder === ladder.id);
  const isFresh = freshness(last, [...declined, ...withdrawals(own)], times);
  const ordinary = Math.min((last?.step ?? 0) + 1, ladder.steps.length);
  const rung = stepAt(ladder, ordinary);
  const opensAt = last === null ? null : addPeriod(last.startedAt, rung.afterPrevious ?? { months: 0, days: 0 });
  if (opensAt !== null) changes.push(opensAt);

  const grave = ladder.graveStartsAt;
  const graveTraces = grave === null ? [] : fired.filter((trace) => trace.rule.gravity === 'grave');
  const isGrave = grave !== null && conductEvidence(graveTraces, times).some(isFresh);
  let next: number | null = evidence.some(isFresh) && (opensAt === null || now >= opensAt) ? ordinary : null;
  if (isGrave && grave.step >= (next ?? ordinary)) next = grave.step;
  if (next !== null && stepAt(ladder, next).do === 'watch') {
    const watched = pastWatching(ladder, fired, evidence.filter(isFresh), times, now);
    next = watched.step;
    changes.push(...watched.changes);
  }
  if (next === null || own.some((measure) => holds(measure, now) && (measure.step ?? 0) >= (next ?? 0)))
    return { proposal: null, changes };

  const step = stepAt(ladder, next);
  // What was undone is no answer: its proposal comes back as the same one.
  const answers = own.filter((measure) => measure.endedBecause !== 'undo').length + declined.length;
  return {
    changes,
    proposal: {
      key: `${ladder.id}:${next}:${answers}`,
      ladder: ladder.id,
      step: next,
      type: step.do,
      obligations: step.obligations,
      surfaces: step.surfaces,
      until: addPeriod(now, step.for),
      skipped: isGrave && next > ordinary ? grave.because : null,
      traces: fired,
      evidence: evidence.slice(-MOST_EVIDENCE).map((piece) => piece.event),
    },
  };
}

/** A suspended measure keeps its place on the ladder, or the same step would be proposed beside it. */
function holds(measure: Measure, now: Instant): boolean {
  return inForce(measure, now) || measure.state === 'suspended';
}

/** Declines in the ledger that no later reopening took back. */
export function standingDeclines(events: readonly LedgerEvent[], now: Instant): readonly Answer[] {
  const relevant = events
    .filter((event) => event.kind === 'proposal.declined' || event.kind === 'proposal.reopened')
    .filter((event) => event.occurredAt <= now)
    .sort((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq);
  const declines = new Map<string, Answer>();
  for (const event of relevant)
    if (event.kind === 'proposal.reopened') declines.delete(event.body.proposal);
    else
      declines.set(event.body.proposal, {
        ladder: event.body.ladder,
        evidence: new Set(event.body.evidence),
        at: event.occurredAt,
      });
  return [...declines.values()];
}

/** Never rightly taken, or taken back: it is no step on the ladder. */
function isWithdrawn(measure: Measure): boolean {
  return measure.state === 'voided' || measure.endedBecause === 'undo' || measure.endedBecause === 'appeal';
}

/** An upheld appeal answers its evidence as a decline does. An undone measure answers nothing: its proposal comes back. */
function withdrawals(own: readonly Measure[]): Answer[] {
  return own
    .filter((measure) => measure.state === 'voided' || measure.endedBecause === 'appeal')
    .map((measure) => ({
      ladder: measure.ladder ?? '',
      evidence: new Set<string>(measure.evidence),
      at: measure.startedAt,
    }));
}

/** Newer than the last step began, and than all that people have already answered. */
function freshness(
  last: Measure | null,
  answers: readonly Answer[],
  times: EvidenceTimes,
): (piece: Evidence) => boolean {
  const bounds = answers.map((answer) => {
    let newest: number | null = null;
    for (const event of answer.evidence) {
      const at = times(event as EventId);
      if (at !== null && (newest === null || at > newest)) newest = at;
    }
    return { seen: answer.evidence, newest: newest ?? answer.at };
  });
  return (piece) =>
    (last === null || piece.at > last.startedAt) &&
    bounds.every((bound) => !bound.seen.has(piece.event) && piece.at >= bound.newest);
}

/**
 * Watching is always the first step, and needs no measure and nobody's approval: it begins when the limits are reached,
 * and leads on when something new happens while it lasts and the next step's waiting time is over. If it ends quietly,
 * the next incident starts it anew.
 */
function pastWatching(
  ladder: Ladder,
  fired: readonly RuleTrace[],
  fresh: readonly Evidence[],
  times: EvidenceTimes,
  now: Instant,
): { readonly step: number | null; readonly changes: readonly Instant[] } {
  const following = ladder.steps[1];
  if (following === undefined) return { step: null, changes: [] };
  const reached = fired.flatMap((trace) => limitReachedAt(trace, times) ?? []);
  let start = reached.length === 0 ? null : (Math.min(...reached) as Instant);
  for (const piece of fresh) {
    if (start === null || piece.at > addPeriod(start, stepAt(ladder, 1).for)) start = piece.at;
    else if (piece.at > start) {
      const opensAt = addPeriod(start, following.afterPrevious ?? { months: 0, days: 0 });
      return { step: now < opensAt ? null : 2, changes: [opensAt] };
    }
  }
  return { step: null, changes: [] };
}

function stepAt(ladder: Ladder, number: number): Step {
  const step = ladder.steps[number - 1];
  if (step === undefined) throw new Error(`The ladder ${ladder.id} has no step ${number}`);
  return step;
}

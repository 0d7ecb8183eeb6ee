import type { EventBody, EventOf, LedgerEvent } from '../events/event.ts';
import type { MeasureType, Obligation, Surface } from '../events/measures.ts';
import { foldMeasures } from '../measures/fold.ts';
import { endIfResumed, endWithTimeServed } from '../measures/served.ts';
import type { Measure } from '../measures/types.ts';
import { buildHistory } from '../metrics/history.ts';
import type { CompiledPolicy, Ladder, RuleTrace } from '../policy/types.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { AppealId, EventId, MeasureId, StaffId } from '../shared/brand.ts';
import { formatInstant, type Instant } from '../shared/time.ts';
import { assess } from '../standing/assess.ts';
import type { Assessment } from '../standing/types.ts';
import {
  type Basis,
  basisOf,
  type Correction,
  correctionsWithin,
  givenAtStart,
  historiesOf,
  type Judge,
  judgeOf,
  tracesOn,
} from './replay.ts';

export type { Correction } from './replay.ts';

/** What becomes of a measure. voided: as if it had never been · lifted: ends now · reduced: milder or shorter · stands: as it is. */
export type MeasureResult = EventBody<'appeal.decided'>['measures'][number]['result'];

/** Why, as a key of the words about appeals ("why.<result>.<reason>") and what goes into them. */
export type Why =
  | {
      readonly key:
        | 'why.void.no_rule'
        | 'why.void.no_evidence'
        | 'why.void.built_on'
        | 'why.void.no_step'
        | 'why.void.past';
    }
  | { readonly key: 'why.reduced.step'; readonly step: number; readonly was: number }
  | { readonly key: 'why.reduced.past'; readonly step: number }
  | { readonly key: 'why.lifted.disproportionate' | 'why.lifted.application' }
  | { readonly key: 'why.stands.untouched' | 'why.stands.still_fires' | 'why.stands.no_evidence_named' }
  | { readonly key: 'why.stands.evidence_left'; readonly count: number };

/** What a measure does after it was reduced. */
export interface MilderEffect {
  readonly type: MeasureType;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  readonly step: number;
  readonly until: Instant;
}

export interface Verdict {
  /** As it was until now. */
  readonly measure: Measure;
  readonly result: MeasureResult;
  readonly why: Why;
  /** Set when it is reduced. */
  readonly effect: MilderEffect | null;
}

export interface WhatIf {
  /** All events of one customer that a judgement can depend on. */
  readonly events: readonly LedgerEvent[];
  readonly currency: string;
  /** The policy in force. */
  readonly policy: CompiledPolicy;
  /** An earlier version; null when it is gone. */
  readonly version: (version: number) => CompiledPolicy | null;
  readonly corrections: readonly Correction[];
  /** Ends this measure although its evidence stands: too much for what happened, or an application granted. */
  readonly lift: { readonly measure: MeasureId; readonly because: 'appeal' | 'application' } | null;
  /** The appeal that is decided: a measure suspended for its sake is resumed where it stands. */
  readonly decides: { readonly appeal: AppealId; readonly measure: MeasureId } | null;
  readonly by: StaffId;
  readonly now: Instant;
}

export interface Outcome {
  /** One for each measure that was not taken back before, oldest first. */
  readonly verdicts: readonly Verdict[];
  readonly standingThen: Assessment;
}

/**
 * What would be left with these corrections. Each measure is judged again as of the moment it began, under the policy it was taken
 * under, in the order they began, so that what built on one that falls is judged without it. The result is never harsher than what
 * is there, and taking away more never makes it harsher: a measure stands only if it does so with its predecessors as they were and
 * also as they would be, on a history in which corrections can only speak for the customer.
 */
export function whatIf(input: WhatIf): Outcome {
  const verdicts = verdictsOf(input);
  return { verdicts, standingThen: standingThen(input, verdicts) };
}

export function verdictsOf(input: WhatIf): readonly Verdict[] {
  const { events, now } = input;
  const all = foldMeasures(events, now);
  const measures = all.filter((measure) => measure.state !== 'voided' && measure.endedBecause !== 'undo');
  const starts = new Map<string, EventOf<'measure.started'>>();
  for (const event of events) if (event.kind === 'measure.started') starts.set(event.body.measure, event);
  const inOrder = measures.toSorted((a, b) => (starts.get(a.id)?.seq ?? 0) - (starts.get(b.id)?.seq ?? 0));
  const verdicts: Verdict[] = [];
  for (const measure of inOrder) {
    const started = starts.get(measure.id);
    if (started === undefined) throw new Error('A measure without its beginning');
    const corrections = knownSince(started, events, input.corrections);
    const basis = basisOf(started, events, input.currency);
    const before = { verdicts, priors: putRight(basis.priors, all) };
    verdicts.push(liftedOr(input, judgeAgain(input, measure, basis, corrections, before)));
  }
  return verdicts;
}

/** The rules behind a measure, judged again as of its beginning without what was corrected since. */
export function tracesAgain(input: WhatIf, measure: MeasureId): readonly RuleTrace[] {
  const started = input.events.find(
    (event): event is EventOf<'measure.started'> => event.kind === 'measure.started' && event.body.measure === measure,
  );
  if (started === undefined) return [];
  const judge = judgeOf(started.body, policyOf(input, started.body.policyVersion));
  if (judge === null) return [];
  const basis = basisOf(started, input.events, input.currency);
  const corrections = correctionsWithin(basis, knownSince(started, input.events, input.corrections));
  const histories = historiesOf(basis, corrections);
  return tracesOn(judge, histories.now, histories, started.occurredAt);
}

/** What the appeal's corrections say, and what others have said about other events since the measure began. */
function knownSince(
  started: EventOf<'measure.started'>,
  events: readonly LedgerEvent[],
  corrections: readonly Correction[],
): readonly Correction[] {
  const said = new Map<string, EventBody<'event.corrected'>['as']>();
  for (const event of events)
    if (event.kind === 'event.corrected' && event.seq > started.seq) said.set(event.body.event, event.body.as);
  for (const { event, as } of corrections) said.set(event, as);
  return [...said].flatMap(([event, as]) => (as === 'counts' ? [] : [{ event: event as EventId, as }]));
}

function policyOf({ policy, version }: WhatIf, number: number | null): CompiledPolicy | null {
  if (number === null) return null;
  return number === policy.version ? policy : version(number);
}

function judgeAgain(
  input: WhatIf,
  measure: Measure,
  basis: Basis,
  known: readonly Correction[],
  before: Before,
): Verdict {
  const stands = (why: Why): Verdict => ({ measure, result: 'stands', why, effect: null });
  const voided = (why: Why): Verdict => ({ measure, result: 'voided', why, effect: null });
  const corrections = correctionsWithin(basis, known);
  const builtOn = before.verdicts.filter(
    (each) => each.measure.ladder !== null && each.measure.ladder === measure.ladder && rewritesPast(each),
  );
  if (corrections.length === 0 && builtOn.length === 0)
    return stands({ key: measure.evidence.length === 0 ? 'why.stands.no_evidence_named' : 'why.stands.untouched' });
  const gone = new Set<string>(corrections.map((each) => each.event));
  const left = measure.evidence.filter((event) => !gone.has(event)).length;
  if (measure.evidence.length > 0 && left === 0) return voided({ key: 'why.void.no_evidence' });
  const judge = judgeOf(measure, policyOf(input, measure.policyVersion));
  if (judge === null || measure.step === null)
    return stands(
      measure.evidence.length === 0
        ? { key: 'why.stands.no_evidence_named' }
        : { key: 'why.stands.evidence_left', count: left },
    );
  const { priors } = before;
  return judgedByLadder(measure, { judge, basis, corrections, builtOn, priors, step: measure.step, now: input.now });
}

/** What came before a measure, as it is known now. */
interface Before {
  readonly verdicts: readonly Verdict[];
  /** The earlier measures as they were at its beginning, but for what appeals have put right about them since. */
  readonly priors: readonly Measure[];
}

interface ByLadder {
  readonly judge: Judge;
  readonly basis: Basis;
  readonly corrections: readonly Correction[];
  readonly builtOn: readonly Verdict[];
  readonly priors: Before['priors'];
  readonly step: number;
  readonly now: Instant;
}

function judgedByLadder(measure: Measure, how: ByLadder): Verdict {
  const { judge, basis, corrections, builtOn, priors, step, now } = how;
  const stands = (): Verdict => ({ measure, result: 'stands', why: { key: 'why.stands.still_fires' }, effect: null });
  const voided = (key: 'why.void.no_rule' | 'why.void.built_on' | 'why.void.no_step'): Verdict => ({
    measure,
    result: 'voided',
    why: { key },
    effect: null,
  });
  const histories = historiesOf(basis, corrections);
  const { startedAt } = measure;
  const traces = tracesOn(judge, histories.now, histories, startedAt);
  const given = (priors: readonly Measure[]): number => givenAtStart(judge, basis, traces, histories, priors) ?? 0;
  const asBefore = given(basis.priors);
  const asKnown = builtOn.length === 0 && priors === basis.priors;
  const least = asKnown ? asBefore : Math.min(asBefore, given(rewritten(basis, priors, builtOn)));
  if (least >= step) return stands();
  // What cannot be judged the same way again even without a correction (a measure told by another system, or taken at another
  // hour than it was proposed) was not made so by the corrections: it falls only with its rules.
  const before = tracesOn(judge, histories.asItWas, histories, startedAt);
  if (!traces.some(fires)) return before.some(fires) ? voided('why.void.no_rule') : stands();
  const then = givenAtStart(judge, basis, before, histories, basis.priors) ?? 0;
  if (then < step) return stands();
  const rung = least === 0 ? undefined : judge.ladder.steps[least - 1];
  if (rung === undefined || rung.do === 'watch')
    return voided(asBefore >= step ? 'why.void.built_on' : 'why.void.no_step');
  return reduced(measure, judge.ladder, least, step, now);
}

const fires = (trace: RuleTrace): boolean => trace.outcome === true;

function reduced(measure: Measure, ladder: Ladder, step: number, was: number, now: Instant): Verdict {
  const rung = ladder.steps[step - 1];
  if (rung === undefined || rung.do === 'watch') throw new Error('A measure is reduced to a step that takes a measure');
  const over = measure.endedAt !== null;
  const end = Math.max(
    now,
    Math.min(endIfResumed(measure, now), endWithTimeServed([measure], rung.for, now)),
  ) as Instant;
  return {
    measure,
    result: 'reduced',
    why: over ? { key: 'why.reduced.past', step } : { key: 'why.reduced.step', step, was },
    effect: {
      type: rung.do,
      obligations: rung.obligations,
      surfaces: rung.surfaces,
      step,
      until: over ? measure.until : end,
    },
  };
}

function liftedOr({ lift }: WhatIf, verdict: Verdict): Verdict {
  const { measure, result } = verdict;
  if (lift === null || lift.measure !== measure.id || result === 'voided') return verdict;
  if (measure.endedAt !== null)
    return lift.because === 'application'
      ? verdict
      : { measure, result: 'voided', why: { key: 'why.void.past' }, effect: null };
  const key = lift.because === 'application' ? 'why.lifted.application' : 'why.lifted.disproportionate';
  return { measure, result: 'lifted', why: { key }, effect: null };
}

/** Whether later measures must be judged without it, or with it as something milder. One lifted now was rightly there until now. */
const rewritesPast = ({ result }: Verdict): boolean => result === 'voided' || result === 'reduced';

/**
 * Earlier measures with what appeals decided about them later: one that was voided since was never rightly there, and one that was
 * reduced was the milder step all along. The same list where nothing was put right.
 */
function putRight(priors: readonly Measure[], all: readonly Measure[]): readonly Measure[] {
  const known = new Map(all.map((measure) => [measure.id, measure]));
  let changed = false;
  const right = priors.map((prior): Measure => {
    const now = known.get(prior.id);
    if (now === undefined) return prior;
    if (now.state === 'voided' && prior.state !== 'voided') {
      changed = true;
      return { ...prior, state: 'voided', endedAt: now.endedAt, endedBecause: 'voided' };
    }
    if (now.step === prior.step && now.type === prior.type) return prior;
    changed = true;
    const { type, obligations, surfaces, step } = now;
    return { ...prior, type, obligations, surfaces, step };
  });
  return changed ? right : priors;
}

/** The earlier measures as they would have been at the beginning of a later one. */
function rewritten({ started }: Basis, priors: readonly Measure[], verdicts: readonly Verdict[]): readonly Measure[] {
  const at = started.occurredAt;
  const said = new Map(verdicts.map((verdict) => [verdict.measure.id, verdict]));
  return priors.map((prior): Measure => {
    const verdict = said.get(prior.id);
    if (verdict === undefined) return prior;
    if (verdict.effect === null)
      return { ...prior, state: 'voided', endedAt: prior.endedAt ?? at, endedBecause: 'voided' };
    const { type, obligations, surfaces, step } = verdict.effect;
    return { ...prior, type, obligations, surfaces, step };
  });
}

/** Something that is recorded about a measure when an appeal is decided. */
export type Consequence =
  | { readonly kind: 'measure.resumed'; readonly body: EventBody<'measure.resumed'> }
  | { readonly kind: 'measure.voided'; readonly body: EventBody<'measure.voided'> }
  | { readonly kind: 'measure.lifted'; readonly body: EventBody<'measure.lifted'> }
  | { readonly kind: 'measure.changed'; readonly body: EventBody<'measure.changed'> };

/** What is recorded of the verdicts, in order. */
export function consequencesOf(
  verdicts: readonly Verdict[],
  { by, lift, decides, now }: Pick<WhatIf, 'by' | 'lift' | 'decides' | 'now'>,
): readonly Consequence[] {
  return verdicts.flatMap(({ measure, result, effect }): readonly Consequence[] => {
    switch (result) {
      case 'stands':
        return measure.state === 'suspended' && decides !== null && decides.measure === measure.id
          ? [resumption(measure, decides.appeal, now)]
          : [];
      case 'voided':
        return [{ kind: 'measure.voided', body: { measure: measure.id, by } }];
      case 'lifted':
        return [{ kind: 'measure.lifted', body: { measure: measure.id, because: lift?.because ?? 'appeal', by } }];
      case 'reduced': {
        if (effect === null) throw new Error('A reduced measure without what is left of it');
        const { type, obligations, surfaces, step, until } = effect;
        const body = {
          measure: measure.id,
          type,
          obligations: [...obligations],
          surfaces: [...surfaces],
          step,
          until: formatInstant(until),
          by,
        };
        return [{ kind: 'measure.changed', body }];
      }
      default:
        return assertNever(result);
    }
  });
}

/** What records that a suspended measure runs on. */
export function resumption(
  measure: Pick<Measure, 'id' | 'until' | 'suspendedAt'>,
  appeal: AppealId,
  now: Instant,
): Consequence {
  const body = { measure: measure.id, appeal, until: formatInstant(endIfResumed(measure, now)) };
  return { kind: 'measure.resumed', body };
}

function standingThen(input: WhatIf, verdicts: readonly Verdict[]): Assessment {
  const { events, corrections, by, now, currency, policy } = input;
  let seq = events.reduce((last, event) => Math.max(last, event.seq), 0);
  const customer = events[0]?.customer ?? null;
  const supposed = (kind: LedgerEvent['kind'], body: unknown): LedgerEvent => {
    seq += 1;
    const id = by as unknown as EventId;
    return { id, seq, customer, kind, body, occurredAt: now, recordedAt: now, source: '', sourceId: '' } as LedgerEvent;
  };
  const then = [
    ...events,
    ...corrections.map(({ event, as }) => supposed('event.corrected', { event, as, by })),
    ...consequencesOf(verdicts, input).map(({ kind, body }) => supposed(kind, body)),
  ];
  return assess({ events: then, history: buildHistory(then, currency, now), policy, now });
}

/** What the verdicts amount to for the measure that was appealed. One without a verdict was voided before, by another appeal. */
export function suggestedOutcome(
  verdicts: readonly Verdict[],
  appealed: MeasureId,
): 'upheld' | 'partly_upheld' | 'rejected' {
  const own = verdicts.find((verdict) => verdict.measure.id === appealed)?.result ?? 'voided';
  if (own === 'voided' || own === 'lifted') return 'upheld';
  return own === 'reduced' || verdicts.some((verdict) => verdict.result !== 'stands') ? 'partly_upheld' : 'rejected';
}

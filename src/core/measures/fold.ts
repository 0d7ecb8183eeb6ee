import type { LedgerEvent } from '../events/event.ts';
import { assertNever } from '../shared/assert-never.ts';
import { type EventId, id, type MeasureId, type StaffId } from '../shared/brand.ts';
import { type Instant, parseInstant } from '../shared/time.ts';
import { type MeasureEvent, measureEventKinds, transition } from './transitions.ts';
import type { Measure } from './types.ts';

const kinds: ReadonlySet<string> = new Set(measureEventKinds);

export function isMeasureEvent(event: LedgerEvent): event is MeasureEvent {
  return kinds.has(event.kind);
}

/**
 * A customer's measures at an instant, oldest first, from events in any order. Time ends a measure whether or not its
 * `measure.expired` is written yet. An event that the transition table does not allow (two people lifting at once)
 * changes nothing: the first one stands.
 */
export function foldMeasures(events: readonly LedgerEvent[], now: Instant): readonly Measure[] {
  const relevant: MeasureEvent[] = [];
  for (const event of events) if (isMeasureEvent(event) && event.occurredAt <= now) relevant.push(event);
  // As recorded: only Evenhand records these, and a clock set back must not put an end before its beginning.
  relevant.sort((a, b) => a.seq - b.seq);
  const measures = new Map<string, Draft>();
  for (const event of relevant) apply(measures, event);
  for (const draft of measures.values()) expire(draft, now);
  return [...measures.values()];
}

/** True while a measure bites at `now`. */
export function inForce(measure: Measure, now: Instant): boolean {
  return measure.state === 'active' && measure.startedAt <= now && now < measure.until;
}

type Draft = { -readonly [K in keyof Measure]: Measure[K] };

function apply(measures: Map<string, Draft>, event: MeasureEvent): void {
  const draft = measures.get(event.body.measure);
  if (draft !== undefined) expire(draft, event.occurredAt);
  // Its own record of expiry finds the measure already expired by time: that is agreement, not a second end.
  const next = transition(draft?.state ?? 'none', event.kind);
  if (!next.ok) return;
  if (event.kind === 'measure.started') {
    measures.set(event.body.measure, start(event));
    return;
  }
  if (draft === undefined) return;
  draft.state = next.value;
  switch (event.kind) {
    case 'measure.changed':
      draft.type = event.body.type;
      draft.obligations = event.body.obligations;
      draft.surfaces = event.body.surfaces;
      if (event.body.step !== undefined) draft.step = event.body.step;
      resume(draft, event.occurredAt);
      // What is over has had its end.
      if (draft.endedAt === null) draft.until = readUntil(event.body.until);
      return;
    case 'measure.suspended':
      draft.suspendedAt = event.occurredAt;
      return;
    case 'measure.resumed':
      resume(draft, event.occurredAt);
      draft.until = readUntil(event.body.until);
      return;
    case 'measure.lifted':
      end(draft, event.occurredAt, event.body.because);
      return;
    case 'measure.expired':
      end(draft, event.occurredAt, 'time');
      return;
    case 'measure.voided':
      end(draft, draft.endedAt ?? event.occurredAt, 'voided');
      return;
    default:
      assertNever(event);
  }
}

function start(event: Extract<MeasureEvent, { kind: 'measure.started' }>): Draft {
  const { body } = event;
  return {
    id: id<MeasureId>(body.measure),
    type: body.type,
    state: 'active',
    obligations: body.obligations,
    surfaces: body.surfaces,
    ladder: body.ladder,
    step: body.step,
    rules: body.rules,
    policyVersion: body.policyVersion,
    evidence: body.evidence.map((evidence) => id<EventId>(evidence)),
    startedAt: event.occurredAt,
    until: readUntil(body.until),
    suspendedAt: null,
    suspendedFor: 0,
    endedAt: null,
    endedBecause: null,
    approvedBy: body.approvedBy.map((staff) => id<StaffId>(staff)),
  };
}

function expire(draft: Draft, at: Instant): void {
  if (draft.state !== 'active' || at < draft.until) return;
  draft.state = 'expired';
  end(draft, draft.until, 'time');
}

function resume(draft: Draft, at: Instant): void {
  if (draft.suspendedAt === null) return;
  draft.suspendedFor += Math.max(0, at - draft.suspendedAt);
  draft.suspendedAt = null;
}

function end(draft: Draft, at: Instant, because: NonNullable<Measure['endedBecause']>): void {
  resume(draft, at);
  draft.endedAt = at;
  draft.endedBecause = because;
}

function readUntil(text: string): Instant {
  const until = parseInstant(text);
  if (until === null) throw new Error('A measure in the ledger has no readable end');
  return until;
}

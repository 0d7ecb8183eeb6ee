import type { EventOf, LedgerEvent } from '../events/event.ts';
import { foldMeasures } from '../measures/fold.ts';
import type { Measure } from '../measures/types.ts';
import type { Fact, History } from '../metrics/facts.ts';
import { buildHistory } from '../metrics/history.ts';
import { measureMetric } from '../metrics/measure.ts';
import type { MetricValue } from '../metrics/types.ts';
import { requestKey } from '../policy/compile.ts';
import { conditionsOf } from '../policy/expression.ts';
import type { CompiledPolicy, Ladder, RuleTrace } from '../policy/types.ts';
import type { EventId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';
import { evidenceTimes } from '../standing/evidence.ts';
import { climb, standingDeclines } from '../standing/ladder.ts';

/** How an event counts from now on, as the reviewer of an appeal would have it. */
export interface Correction {
  readonly event: EventId;
  readonly as: 'void' | 'shop_fault';
}

/** What was known when a measure began, so that the same judgement can be made again. */
export interface Basis {
  readonly started: EventOf<'measure.started'>;
  /** All that was in the ledger before it. */
  readonly events: readonly LedgerEvent[];
  /** The customer's earlier measures, as they were then. */
  readonly priors: readonly Measure[];
  readonly currency: string;
}

export function basisOf(started: EventOf<'measure.started'>, all: readonly LedgerEvent[], currency: string): Basis {
  const events = all.filter((event) => event.seq < started.seq && event.occurredAt <= started.occurredAt);
  return { started, events, priors: foldMeasures(events, started.occurredAt), currency };
}

/** The corrections that say something about what a measure could rest on. */
export function correctionsWithin(basis: Basis, corrections: readonly Correction[]): readonly Correction[] {
  const known = new Set<string>(basis.events.map((event) => event.id));
  return corrections.filter((correction) => known.has(correction.event));
}

/** What the customer's history was at the beginning of the measure, had these events been corrected then. */
export function historyAtStart({ started, events, currency }: Basis, corrections: readonly Correction[]): History {
  if (corrections.length === 0) return buildHistory(events, currency, started.occurredAt);
  const corrected = new Map<string, Correction['as']>(corrections.map(({ event, as }) => [event, as]));
  const kept: LedgerEvent[] = [];
  for (const event of events) {
    if (event.kind === 'event.corrected' && corrected.has(event.body.event)) continue;
    kept.push(event);
    const as = corrected.get(event.id);
    if (as !== undefined) kept.push(correctionOf(event, as));
  }
  return buildHistory(kept, currency, started.occurredAt);
}

/** As if it had been known from the moment the event happened. */
function correctionOf(event: LedgerEvent, as: Correction['as']): LedgerEvent {
  const body = { event: event.id, as, by: event.id };
  return { ...event, kind: 'event.corrected', body } as LedgerEvent;
}

/**
 * The corrections of events that counted against the customer. Taking one of those away can only speak for the customer; of any
 * other event (an order, a complaint found justified) it may raise a share or take an excuse away.
 */
export function ofConduct(history: History, corrections: readonly Correction[]): readonly Correction[] {
  const counted = countedIn(history);
  return corrections.filter((correction) => counted.has(correction.event));
}

function countedIn(history: History): ReadonlySet<string> {
  const lists: readonly (readonly Fact[])[] = [
    history.cancellations,
    history.addressChanges,
    history.returns,
    history.refunds,
    history.claims,
    history.disputes,
    history.messages,
    history.reviews,
    history.complaints,
    history.failedPayments,
  ];
  const counted = new Set<string>();
  for (const facts of lists)
    for (const fact of facts) if (fact.exclusion === null) for (const event of fact.evidence) counted.add(event);
  return counted;
}

/** A policy's rules of one measure, to be judged again and again on other histories. */
export interface Judge {
  readonly ladder: Ladder;
  /** Which rules the measure names. */
  readonly names: ReadonlySet<string>;
  /** What those rules measure: the rest of the policy need not be measured to judge them. */
  readonly wanted: ReadonlySet<string>;
  readonly policy: CompiledPolicy;
}

/** Null: the ladder is not in the policy, or the measure names no rule. */
export function judgeOf(measure: Pick<Measure, 'ladder' | 'rules'>, policy: CompiledPolicy | null): Judge | null {
  const ladder = policy?.policy.ladders.find((each) => each.id === measure.ladder);
  if (policy === null || ladder === undefined || measure.rules.length === 0) return null;
  const names = new Set(measure.rules);
  const wanted = new Set<string>();
  for (const rule of policy.policy.rules)
    if (names.has(rule.id)) for (const { request } of conditionsOf(rule.when)) wanted.add(requestKey(request));
  return { ladder, names, wanted, policy };
}

const UNMEASURED: MetricValue = { value: null, evidence: [], excluded: [] };

/** The rules that a measure names, judged on a history at an instant. */
export function tracesOn({ policy, names, wanted }: Judge, history: History, at: Instant): readonly RuleTrace[] {
  const values = policy.requests.map((request) =>
    wanted.has(requestKey(request)) ? measureMetric(history, request, at) : UNMEASURED,
  );
  return policy.evaluate(values).filter((trace) => names.has(trace.rule.id));
}

/** What the ladder would have given at the beginning of the measure. */
export interface Given {
  /** Null: nothing. */
  readonly step: number | null;
  readonly traces: readonly RuleTrace[];
  readonly fires: boolean;
}

export function givenAtStart(judge: Judge, basis: Basis, history: History, priors: readonly Measure[]): Given {
  const at = basis.started.occurredAt;
  const traces = tracesOn(judge, history, at);
  const fired = traces.filter((trace) => trace.outcome === true);
  const { proposal } = climb({
    ladder: judge.ladder,
    fired,
    measures: priors,
    declined: standingDeclines(basis.events, at),
    times: evidenceTimes(history),
    now: at,
  });
  return { step: proposal?.step ?? null, traces, fires: fired.length > 0 };
}

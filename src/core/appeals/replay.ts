import type { EventKind, EventOf, LedgerEvent } from '../events/event.ts';
import { foldMeasures } from '../measures/fold.ts';
import type { Measure } from '../measures/types.ts';
import type { Fact, History } from '../metrics/facts.ts';
import { buildHistory } from '../metrics/history.ts';
import type { MetricValue } from '../metrics/types.ts';
import { requestKey } from '../policy/compile.ts';
import { conditionsOf } from '../policy/expression.ts';
import type { CompiledPolicy, Ladder, RuleTrace } from '../policy/types.ts';
import type { EventId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';
import { type EvidenceTimes, evidenceTimes } from '../standing/evidence.ts';
import { climb, standingDeclines } from '../standing/ladder.ts';
import { type Corrections, measureSpared, spared } from './spared.ts';

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
  if (corrections.length === 0) return corrections;
  const wanted = new Map<string, Correction>(corrections.map((correction) => [correction.event, correction]));
  return basis.events.flatMap((event) => wanted.get(event.id) ?? []);
}

/** The customer's history when a measure began, as it was judged then and as it is to be judged now. */
export interface Histories {
  readonly asItWas: History;
  /** The same as `asItWas` where nothing is corrected. */
  readonly now: History;
  /** The same for both: a correction changes what counts, never when it was. */
  readonly times: EvidenceTimes;
}

export function historiesOf(basis: Basis, corrections: readonly Correction[]): Histories {
  const { started, events, currency } = basis;
  const asItWas = buildHistory(events, currency, started.occurredAt);
  const times = evidenceTimes(asItWas);
  if (corrections.length === 0) return { asItWas, now: asItWas, times };
  const corrected = new Map<string, Correction['as']>(corrections.map(({ event, as }) => [event, as]));
  const then = speaksForItself(basis, asItWas, corrected) ? asItWas : correctedHistory(basis, corrected);
  return { asItWas, now: spared(asItWas, then, corrected), times };
}

/** Events that nothing else is judged by: taking one away takes away what it shows, and excuses nothing else. */
const BY_THEMSELVES: ReadonlySet<EventKind> = new Set<EventKind>([
  'return.requested',
  'return.received',
  'return.inspected',
  'refund.issued',
  'message.received',
  'review.posted',
  'order.address_changed',
  'payment.failed',
]);

/** Whether corrections do no more than take away what they name, so that the history need not be made anew to see what else follows. */
function speaksForItself({ events }: Basis, history: History, corrected: Corrections): boolean {
  if (!events.every((event) => !corrected.has(event.id) || BY_THEMSELVES.has(event.kind))) return false;
  const shown = new Set<string>();
  const lists: readonly (readonly Fact[])[] = [
    history.returns,
    history.refunds,
    history.messages,
    history.reviews,
    history.addressChanges,
    history.failedPayments,
    history.evasions,
  ];
  for (const facts of lists) for (const { evidence } of facts) if (corrected.has(evidence[0])) shown.add(evidence[0]);
  return shown.size === corrected.size;
}

/** As if it had been known then that these events count otherwise. */
function correctedHistory({ started, events, currency }: Basis, corrected: Corrections): History {
  const told: LedgerEvent[] = [];
  for (const event of events) {
    if (event.kind === 'event.corrected' && corrected.has(event.body.event)) continue;
    told.push(event);
    const as = corrected.get(event.id);
    const body = { event: event.id, as, by: event.id };
    if (as !== undefined) told.push({ ...event, kind: 'event.corrected', body } as LedgerEvent);
  }
  return buildHistory(told, currency, started.occurredAt);
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

/** The rules that a measure names, judged on a history of its beginning. */
export function tracesOn(
  { policy, names, wanted }: Judge,
  history: History,
  { asItWas }: Histories,
  at: Instant,
): readonly RuleTrace[] {
  const values = policy.requests.map((request) =>
    wanted.has(requestKey(request)) ? measureSpared(history, asItWas, request, at) : UNMEASURED,
  );
  return policy.evaluate(values).filter((trace) => names.has(trace.rule.id));
}

/** Which step the ladder would have given at the beginning of the measure; null: none. */
export function givenAtStart(
  judge: Judge,
  basis: Basis,
  traces: readonly RuleTrace[],
  { times }: Histories,
  priors: readonly Measure[],
): number | null {
  const at = basis.started.occurredAt;
  const { proposal } = climb({
    ladder: judge.ladder,
    fired: traces.filter((trace) => trace.outcome === true),
    measures: priors,
    declined: standingDeclines(basis.events, at),
    times,
    now: at,
  });
  return proposal?.step ?? null;
}

import type { LedgerEvent } from '../../core/events/event.ts';
import { inForce } from '../../core/measures/fold.ts';
import type { Measure } from '../../core/measures/types.ts';
import { buildHistory } from '../../core/metrics/history.ts';
import type { Exclusion } from '../../core/metrics/types.ts';
import { type Happened, happenings } from '../../core/notices/happened.ts';
import type { ConditionTrace, RuleTrace } from '../../core/policy/types.ts';
import { isConduct, isCount } from '../../core/policy/vocabulary.ts';
import type { CustomerId, EventId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import { assess } from '../../core/standing/assess.ts';
import { closeness } from '../../core/standing/closeness.ts';
import { evidenceTimes } from '../../core/standing/evidence.ts';
import { type LiftProgress, liftProgress } from '../../core/standing/lifts.ts';
import type { Assessment } from '../../core/standing/types.ts';
import type { AppealRecord } from '../../ports/hearing.ts';
import type { ObjectionRecord } from '../../ports/objections.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf, ShelvedPolicy } from '../console/policy-shelf.ts';
import { type BoundMeasure, boundHere, otherObjections } from './bound-here.ts';

export interface PortalPageDeps extends Deps {
  readonly policies: PolicyShelf;
}

/** From this share of the way to a rule on, a customer is shown it: early enough to turn round. */
const NEAR = 0.6;

/** A measure as its customer sees it on their page. */
export interface StandingMeasure {
  readonly measure: Measure;
  /** In force, or only resting until an appeal is answered. */
  readonly current: boolean;
  /** The version of the policy it was taken under; where that is gone, the one in force. */
  readonly policy: ShelvedPolicy;
  readonly progress: LiftProgress | null;
  /** The last appeal against it, or application to end it. */
  readonly appeal: AppealRecord | null;
}

/** Something that looked like conduct and was left out. */
export interface LeftOut {
  readonly thing: Happened;
  readonly because: Exclusion;
}

/** A rule beside what was measured of this customer. */
export interface RuleReading {
  readonly trace: RuleTrace;
  /** 0–1; 1: it applies. */
  readonly closeness: number;
  /** Newest first. */
  readonly counted: readonly Happened[];
  readonly excluded: readonly LeftOut[];
}

export interface StandingPage {
  readonly assessment: Assessment;
  readonly policy: ShelvedPolicy;
  readonly now: Instant;
  /** Newest first. */
  readonly measures: readonly StandingMeasure[];
  /** What was decided about other accounts and holds here, because staff took them for the same person's. */
  readonly bound: readonly BoundMeasure[];
  /** What the customer said about accounts that bind them no more, or earlier; newest first. */
  readonly objections: readonly ObjectionRecord[];
  /** Rules that apply or are near, the nearest first. */
  readonly near: readonly RuleReading[];
  readonly far: readonly RuleTrace[];
}

/** Where a customer stands, judged now from the ledger by the policy in force: the same judgement as anybody else makes of them. */
export async function standingPage(deps: PortalPageDeps, shop: Shop, customer: CustomerId): Promise<StandingPage> {
  const now = deps.clock.now();
  const [ledgers, policy, appeals, bound] = await Promise.all([
    deps.store.ledger.eventsOf(shop.id, [customer]),
    deps.policies.inForce(shop.id),
    deps.store.appeals.ofCustomer(shop.id, customer),
    boundHere(deps, shop, customer, now),
  ]);
  const events = ledgers[0]?.events ?? [];
  const history = buildHistory(events, shop.currency, now);
  const assessment = assess({ events, history, policy: policy.compiled, now });
  const times = evidenceTimes(history);
  const versions = await policiesOf(deps, shop, assessment.measures);
  const measures = assessment.measures.toReversed().map(
    (measure): StandingMeasure => ({
      measure,
      current: inForce(measure, now) || measure.state === 'suspended',
      policy: versions.get(measure.policyVersion) ?? policy,
      // As it was promised when the measure began.
      progress: liftProgress(
        measure,
        (versions.get(measure.policyVersion) ?? policy).compiled.policy,
        history,
        times,
        now,
      ),
      appeal: lastAppeal(appeals, measure),
    }),
  );
  const rated = assessment.traces
    .map((trace) => ({ trace, closeness: closeness(trace) }))
    .sort((a, b) => b.closeness - a.closeness);
  return {
    assessment,
    policy,
    now,
    measures,
    bound,
    objections: await otherObjections(deps, shop, customer, bound),
    near: rated.filter((rule) => rule.closeness >= NEAR).map((rule) => ({ ...rule, ...countedIn(rule.trace, events) })),
    far: rated.filter((rule) => rule.closeness < NEAR).map(({ trace }) => trace),
  };
}

/** The versions that measures were taken under, each read once. */
async function policiesOf(
  deps: PortalPageDeps,
  shop: Shop,
  measures: readonly Measure[],
): Promise<ReadonlyMap<number | null, ShelvedPolicy>> {
  const numbers = [...new Set(measures.map(({ policyVersion }) => policyVersion))].filter((each) => each !== null);
  const found = await Promise.all(numbers.map((each) => deps.policies.version(shop.id, each)));
  return new Map(found.flatMap((policy) => (policy === null ? [] : [[policy.version.version, policy] as const])));
}

function lastAppeal(appeals: readonly AppealRecord[], { id }: Measure): AppealRecord | null {
  return appeals
    .filter((appeal) => appeal.measure === id)
    .reduce<AppealRecord | null>((last, each) => (last === null || each.filedAt > last.filedAt ? each : last), null);
}

/** What counted towards a rule, and what looked like it and was left out. */
function countedIn(trace: RuleTrace, events: readonly LedgerEvent[]): Pick<RuleReading, 'counted' | 'excluded'> {
  const lines = telling(trace);
  const counted = happenings(new Set(lines.flatMap(({ measured }) => measured.evidence)), events);
  const seen = new Set(counted.map(({ subject }) => subject));
  const reasons = Map.groupBy(
    new Map(lines.flatMap(({ measured }) => measured.excluded.map(({ event, because }) => [event, because] as const))),
    ([, because]) => because,
  );
  const excluded = [...reasons]
    .flatMap(([because, named]) =>
      happenings(
        named.map(([event]): EventId => event),
        events,
      ).map((thing) => ({ thing, because })),
    )
    .filter(({ thing }) => (seen.has(thing.subject) ? false : seen.add(thing.subject)))
    .sort((a, b) => b.thing.at - a.thing.at);
  return { counted, excluded };
}

/** Counts of conduct; where a rule counts nothing, whatever it looks at. Shares also name what conduct is compared with. */
function telling({ conditions }: RuleTrace): readonly ConditionTrace[] {
  const conduct = conditions.filter(({ condition }) => isConduct(condition.request.metric));
  const counts = conduct.filter(({ condition }) => isCount(condition.request.metric));
  return counts.length > 0 ? counts : conduct;
}

import { appealUntil } from '../../core/appeals/deadline.ts';
import { foldAppeals } from '../../core/appeals/fold.ts';
import { applyFrom } from '../../core/appeals/seconds.ts';
import type { Appeal } from '../../core/appeals/types.ts';
import type { EventOf, LedgerEvent } from '../../core/events/event.ts';
import { foldMeasures } from '../../core/measures/fold.ts';
import type { Measure } from '../../core/measures/types.ts';
import type { EndedFacts } from '../../core/notices/ended.ts';
import type { MeasureFacts } from '../../core/notices/facts.ts';
import { type CustomerId, id, type MeasureId, type ProposalId } from '../../core/shared/brand.ts';
import { addPeriod } from '../../core/shared/period.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Colleague } from '../../ports/staff.ts';
import type { Deps, Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { lastAnswer } from '../appeals/about.ts';
import type { PolicyShelf, ShelvedPolicy } from '../console/policy-shelf.ts';
import { othersCanHear } from './people.ts';

export interface NoticeDeps extends Deps {
  readonly policies: PolicyShelf;
}

/** A customer as notices need them: all their events, and what these say about measures and appeals at an instant. */
export interface KnownCustomer {
  readonly customer: CustomerId;
  readonly events: readonly LedgerEvent[];
  readonly measures: readonly Measure[];
  readonly appeals: readonly Appeal[];
  readonly colleagues: readonly Colleague[];
  readonly now: Instant;
}

export async function knownCustomer(
  store: Pick<Store, 'ledger' | 'team'>,
  shop: Shop,
  customer: CustomerId,
  now: Instant,
): Promise<KnownCustomer> {
  const [own] = await store.ledger.eventsOf(shop.id, [customer]);
  const events = own?.events ?? [];
  return {
    customer,
    events,
    measures: foldMeasures(events, now),
    appeals: foldAppeals(events),
    colleagues: await store.team.colleagues(shop.id),
    now,
  };
}

/** The policy of a version; where it has none or is gone, the one in force. */
export async function policyOf(
  { policies, store }: Pick<NoticeDeps, 'policies' | 'store'>,
  shop: Shop,
  version: number | null,
): Promise<ShelvedPolicy> {
  const then = version === null ? null : await policies.version(shop.id, version, store.policies);
  return then ?? policies.inForce(shop.id, store.policies);
}

/** All that a notice about a measure may say, read from the ledger; null when this customer has no such measure. */
export async function measureFacts(
  deps: NoticeDeps,
  shop: Shop,
  known: KnownCustomer,
  measureId: MeasureId,
): Promise<{
  readonly measure: Measure;
  readonly facts: MeasureFacts;
  readonly startedBy: EventOf<'measure.started'>;
} | null> {
  const { store, laws } = deps;
  const { events, measures, appeals, colleagues } = known;
  const measure = measures.find((each) => each.id === measureId);
  const started = events.find((event) => event.kind === 'measure.started' && event.body.measure === measureId);
  if (measure === undefined || started?.kind !== 'measure.started') return null;
  const { body } = started;
  const proposal =
    body.proposal === null ? null : await store.standing.proposal(shop.id, id<ProposalId>(body.proposal));
  const { compiled } = await policyOf(deps, shop, measure.policyVersion);
  const written =
    body.proposedBy === 'staff' ? await store.ledger.wordsOf(shop.id, known.customer, [started.id]) : new Map();
  const counting = { law: laws.of(shop), zone: shop.timeZone };
  const earlier = appeals.filter((appeal) => appeal.measure === measureId);
  return {
    measure,
    startedBy: started,
    facts: {
      measure: { ...measure, proposedBy: body.proposedBy, softened: body.softened, skipped: body.skipped },
      policy: compiled.policy,
      trace: proposal?.trace ?? [],
      events,
      reason: written.get(started.id) ?? null,
      othersCanHear: othersCanHear(colleagues, measure.approvedBy),
      appealUntil: appealUntil(compiled.policy.procedure, lastAnswer(measure, earlier), counting),
      applyFrom: measure.type === 'warning' ? null : applyFrom(measure, earlier),
    },
  };
}

/** What is told of a measure that is over. */
export function endedFacts({ measure, policy }: Pick<MeasureFacts, 'measure' | 'policy'>): EndedFacts {
  const ladder = policy.ladders.find((each) => each.id === measure.ladder);
  return {
    type: measure.type,
    startedAt: measure.startedAt,
    forgottenAt: ladder === undefined ? null : addPeriod(measure.startedAt, ladder.forgetAfter),
  };
}

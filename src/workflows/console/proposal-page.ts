import type { MeasureType, Obligation, Surface } from '../../core/events/measures.ts';
import { type LifetimeParts, lifetimeParts } from '../../core/metrics/derived/lifetime.ts';
import { buildHistory } from '../../core/metrics/history.ts';
import type { Ladder, Step } from '../../core/policy/types.ts';
import type { ProposalId } from '../../core/shared/brand.ts';
import { addPeriod, days, subtractPeriod } from '../../core/shared/period.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { CustomerCard, ProposalListing, Similar, TimelineRow } from '../../ports/console.ts';
import type { Shop } from '../../ports.ts';
import type { CustomerPageDeps } from './customer-page.ts';
import { type Outcome, outcomesOf } from './outcomes.ts';
import type { ShelvedPolicy } from './policy-shelf.ts';

/** What a step does, or a milder one would. */
export interface Effect {
  readonly type: 'watch' | MeasureType;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  readonly until: Instant;
}

/** An event that speaks for or against, with what was found out about it. */
export interface Evidence extends TimelineRow {
  readonly outcomes: readonly Outcome[];
}

export interface ProposalPage {
  readonly proposal: ProposalListing;
  readonly card: CustomerCard;
  /** The policy that proposed it, or the one in force where that is gone. */
  readonly policy: ShelvedPolicy;
  readonly events: readonly Evidence[];
  readonly similar: Similar;
  readonly softer: readonly Effect[];
  readonly nextStep: Omit<Effect, 'until'> | null;
  readonly lifetime: LifetimeParts;
  readonly measuresBefore: number;
  /** The customer's other open proposals. */
  readonly alsoOpen: readonly ProposalListing[];
}

const MOST_EVENTS = 200;
const MOST_MEASURES = 100;
const MOST_PROPOSALS = 20;
const QUIET = days(30);
const WARNING_LENGTH = { months: 6, days: 0 };

/** Everything one needs to see in order to answer a proposal. */
export async function proposalPage(deps: CustomerPageDeps, shop: Shop, id: ProposalId): Promise<ProposalPage | null> {
  const { reads } = deps;
  const now = deps.clock.now();
  const kept = await reads.proposal(shop.id, id);
  if (kept === null) return null;
  const { customer } = kept;
  const named = kept.trace.flatMap((rule) =>
    rule.conditions.flatMap((line) => [...line.evidence, ...line.excluded.map((each) => each.event)]),
  );
  const [card, ledgers, events, similar, measures, open, policy] = await Promise.all([
    reads.customer(shop.id, customer),
    deps.ledger.eventsOf(shop.id, [customer]),
    reads.events(shop.id, customer, named, MOST_EVENTS),
    reads.similar(shop.id, {
      proposal: id,
      ladder: kept.ladder,
      rules: kept.rules,
      quietSince: subtractPeriod(now, QUIET),
    }),
    reads.measures(shop.id, { state: null, type: null, ending: null, customer, after: null, limit: MOST_MEASURES }),
    reads.proposals(shop.id, {
      status: 'open',
      gravity: null,
      waitingFor: null,
      customer,
      after: null,
      limit: MOST_PROPOSALS,
    }),
    policyOf(deps, shop, kept),
  ]);
  if (card === null) throw new Error('A proposal about nobody');
  const ladder = policy.compiled.policy.ladders.find((each) => each.id === kept.ladder) ?? null;
  const proposal = asOf(kept, ladder, now);
  const happened = ledgers[0]?.events ?? [];
  const outcomes = outcomesOf(happened);
  return {
    proposal,
    card,
    policy,
    events: events.map((row) => ({ ...row, outcomes: outcomes.get(row.id) ?? [] })),
    similar,
    softer: softerSteps(ladder, proposal, now),
    nextStep: stepAfter(ladder, proposal.step),
    lifetime: lifetimeParts(buildHistory(happened, shop.currency, now), now),
    measuresBefore: measures.filter((measure) => measure.startedAt < proposal.openedAt).length,
    alsoOpen: open.filter((each) => each.id !== id),
  };
}

/** With the end that a measure begun now would have; what was kept with an open proposal counts from when it was last judged. */
function asOf(proposal: ProposalListing, ladder: Ladder | null, now: Instant): ProposalListing {
  const step = ladder?.steps[proposal.step - 1];
  return proposal.status === 'open' && step !== undefined ? { ...proposal, until: addPeriod(now, step.for) } : proposal;
}

async function policyOf(
  deps: CustomerPageDeps,
  shop: Shop,
  { policyVersion }: ProposalListing,
): Promise<ShelvedPolicy> {
  const then = policyVersion === null ? null : await deps.policies.version(shop.id, policyVersion);
  return then ?? deps.policies.inForce(shop.id);
}

const SEVERITY: Readonly<Record<Effect['type'], number>> = { watch: 0, warning: 1, restriction: 2, block: 3 };

/**
 * What one may choose instead, mildest first: a warning, the ladder's earlier steps, and of a restriction each of its
 * obligations alone. Nothing longer or heavier than what is proposed.
 */
export function softerSteps(
  ladder: Ladder | null,
  proposed: Effect & { readonly step: number },
  now: Instant,
): readonly Effect[] {
  if (SEVERITY[proposed.type] <= SEVERITY.warning) return [];
  const sooner = (until: Instant): Instant => (until < proposed.until ? until : proposed.until);
  const earlier = (ladder?.steps ?? [])
    .slice(0, proposed.step - 1)
    .filter((step) => step.do !== 'watch')
    .map((step): Effect => ({ ...whatOf(step), until: sooner(addPeriod(now, step.for)) }));
  const warning: Effect = {
    type: 'warning',
    obligations: [],
    surfaces: [],
    until: sooner(addPeriod(now, WARNING_LENGTH)),
  };
  const parts =
    proposed.type === 'restriction' && proposed.obligations.length > 1
      ? proposed.obligations.map(
          (obligation): Effect => ({ ...whatOfEffect(proposed), obligations: [obligation], until: proposed.until }),
        )
      : [];
  const all = earlier.some((step) => step.type === 'warning') ? earlier : [warning, ...earlier];
  const seen = new Set<string>();
  return [...all, ...parts]
    .filter((effect) => {
      const key = JSON.stringify([effect.type, effect.obligations, effect.surfaces]);
      return seen.has(key) ? false : seen.add(key);
    })
    .sort((a, b) => SEVERITY[a.type] - SEVERITY[b.type] || a.obligations.length - b.obligations.length);
}

function stepAfter(ladder: Ladder | null, step: number): Omit<Effect, 'until'> | null {
  const next = ladder?.steps[step];
  return next === undefined ? null : whatOf(next);
}

const whatOf = (step: Step): Omit<Effect, 'until'> => ({
  type: step.do,
  obligations: step.obligations,
  surfaces: step.surfaces,
});

const whatOfEffect = ({ type, obligations, surfaces }: Effect): Omit<Effect, 'until'> => ({
  type,
  obligations,
  surfaces,
});

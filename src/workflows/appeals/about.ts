import { appealUntil, type Counting } from '../../core/appeals/deadline.ts';
import { foldAppeals } from '../../core/appeals/fold.ts';
import type { Appeal } from '../../core/appeals/types.ts';
import type { LedgerEvent } from '../../core/events/event.ts';
import { foldMeasures } from '../../core/measures/fold.ts';
import type { Measure } from '../../core/measures/types.ts';
import type { Procedure } from '../../core/policy/types.ts';
import type { CustomerId, MeasureId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { AppealDeps } from './types.ts';

/** A measure with everything that was filed about it. */
export interface About {
  readonly measure: Measure;
  /** Oldest first. */
  readonly earlier: readonly Appeal[];
  readonly procedure: Procedure;
  readonly counting: Counting;
  /** Until when it can be appealed. */
  readonly until: Instant;
  /** Everything about the customer that a judgement can depend on. */
  readonly events: readonly LedgerEvent[];
}

/** Null when the customer has no such measure: somebody else's is not told apart from none. */
export async function aboutMeasure(
  deps: Pick<AppealDeps, 'policies' | 'laws'>,
  store: Store,
  shop: Shop,
  customer: CustomerId,
  id: MeasureId,
  now: Instant,
): Promise<About | null> {
  const [own] = await store.ledger.eventsOf(shop.id, [customer]);
  const events = own?.events ?? [];
  const measure = foldMeasures(events, now).find((each) => each.id === id);
  if (measure === undefined) return null;
  const earlier = foldAppeals(events).filter((appeal) => appeal.measure === id);
  const procedure = await procedureOf(deps, store, shop, measure);
  const counting = countingOf(deps, shop);
  const until = appealUntil(procedure, lastAnswer(measure, earlier), counting);
  return { measure, earlier, procedure, counting, until, events };
}

/** From when the time to appeal runs: the beginning, or the last time the shop answered an appeal about it. */
export function lastAnswer(measure: Pick<Measure, 'startedAt'>, earlier: readonly Appeal[]): Instant {
  const answered = earlier.flatMap((appeal) =>
    appeal.type === 'appeal' && appeal.outcome !== null && appeal.decidedAt !== null ? [appeal.decidedAt] : [],
  );
  return Math.max(measure.startedAt, ...answered) as Instant;
}

export const countingOf = ({ laws }: Pick<AppealDeps, 'laws'>, shop: Shop): Counting => ({
  law: laws.of(shop),
  zone: shop.timeZone,
});

/** How to be heard, by the policy the measure was taken under. */
export async function procedureOf(
  { policies }: Pick<AppealDeps, 'policies'>,
  store: Store,
  shop: Shop,
  { policyVersion }: Pick<Measure, 'policyVersion'>,
): Promise<Procedure> {
  const then = policyVersion === null ? null : await policies.version(shop.id, policyVersion, store.policies);
  return (then ?? (await policies.inForce(shop.id, store.policies))).compiled.policy.procedure;
}

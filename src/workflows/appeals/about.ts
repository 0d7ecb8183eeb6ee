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
  // Who was erased while they wrote: nothing is kept of them any more, and nobody could be answered.
  if (events.some((event) => event.kind === 'account.erased')) return null;
  const measure = foldMeasures(events, now).find((each) => each.id === id);
  if (measure === undefined) return null;
  const earlier = foldAppeals(events).filter((appeal) => appeal.measure === id);
  const procedure = await procedureOf(deps, store, shop, measure);
  const counting = countingOf(deps, shop);
  const told = await toldAt(store, shop, measure);
  // Who has not been told cannot be late.
  const from = Math.max(lastAnswer(measure, earlier), told ?? now) as Instant;
  const until = appealUntil(procedure, from, counting);
  return { measure, earlier, procedure, counting, until, events };
}

/**
 * When a customer was told that a measure began: when its notice was sent, by mail or by post (DSA 20(2): the time runs from the day
 * on which the recipient is informed). Null while it waits or has come back. Of what nobody was to be told of (imports) its beginning.
 */
async function toldAt(
  store: Pick<Store, 'notices' | 'outbox'>,
  shop: Shop,
  { id, startedAt }: Pick<Measure, 'id' | 'startedAt'>,
): Promise<Instant | null> {
  const issued = (await store.notices.ofMeasure(shop.id, id)).filter(({ kind }) => kind === 'measure.started');
  const rows = await store.outbox.ofNotices(
    shop.id,
    issued.map((notice) => notice.id),
  );
  if (rows.length === 0) return startedAt;
  const sent = rows.flatMap(({ state, sentAt }) =>
    sentAt !== null && (state === 'sent' || state === 'printed') ? [sentAt] : [],
  );
  return sent.length === 0 ? null : (Math.min(...sent) as Instant);
}

/** From when the time to appeal runs for whoever was told at once: the beginning, or the last time the shop answered an appeal about it. */
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

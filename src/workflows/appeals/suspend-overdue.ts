import { foldAppeals, isOverdue } from '../../core/appeals/fold.ts';
import type { EventOf } from '../../core/events/event.ts';
import { foldMeasures, inForce } from '../../core/measures/fold.ts';
import type { Measure } from '../../core/measures/types.ts';
import type { AppealId } from '../../core/shared/brand.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { AppealDeps } from './types.ts';

const AT_ONCE = 100;

export interface SuspendDeps extends Pick<AppealDeps, 'store' | 'clock' | 'policies'> {
  /** Told of appeals that could not be looked at. Without it that is thrown, after the others have been. */
  readonly onFault?: (error: unknown) => void;
}

/**
 * In a shop that wants it so, suspends what an overdue appeal is against, until the appeal is answered or withdrawn, and tells the
 * customer. Restrictions, and blocks except for grave conduct (threats and fraud: the shop's lateness must not put staff in
 * danger) or without a rule that says how grave it was. Gives how many were suspended.
 */
export async function suspendOverdue(deps: SuspendDeps, shop: Shop): Promise<number> {
  if (!shop.settings.suspendWhileOverdue) return 0;
  let suspended = 0;
  const faults: unknown[] = [];
  const onFault = deps.onFault ?? ((error: unknown) => void faults.push(error));
  let after: AppealId | null = null;
  for (;;) {
    const found: readonly AppealId[] = await deps.store.appeals.overdue(shop.id, deps.clock.now(), after, AT_ONCE);
    for (const appeal of found) {
      try {
        if (await suspend(deps, shop, appeal)) suspended += 1;
      } catch (error) {
        onFault(error);
      }
    }
    after = found.at(-1) ?? null;
    if (after !== null && found.length === AT_ONCE) continue;
    if (faults.length > 0) throw faults[0];
    return suspended;
  }
}

async function suspend(deps: SuspendDeps, shop: Shop, id: AppealId): Promise<boolean> {
  return deps.store.transaction(async (store) => {
    await store.ledger.lock(shop.id);
    const now = deps.clock.now();
    const kept = await store.appeals.one(shop.id, id);
    if (kept === null) return false;
    const [own] = await store.ledger.eventsOf(shop.id, [kept.customer]);
    const events = own?.events ?? [];
    const appeal = foldAppeals(events).find((each) => each.id === id);
    if (appeal === undefined || appeal.type !== 'appeal' || !isOverdue(appeal, now)) return false;
    const measure = foldMeasures(events, now).find((each) => each.id === appeal.measure);
    const started = events.find(
      (event): event is EventOf<'measure.started'> =>
        event.kind === 'measure.started' && event.body.measure === appeal.measure,
    );
    if (measure === undefined || started === undefined || !inForce(measure, now)) return false;
    if (!(await maySuspend(deps, store, shop, measure, started))) return false;
    // What another appeal made milder meanwhile is in force again, and may be suspended again for this one.
    const before = events.filter((event) => event.kind === 'measure.suspended' && event.body.measure === measure.id);
    const [outcome] = await store.ledger.append(shop, [
      {
        kind: 'measure.suspended',
        body: { measure: measure.id, appeal: id },
        subject: { id: kept.customer, identifiers: [], shown: {} },
        occurredAt: now,
        source: 'evenhand',
        sourceId: `suspended:${measure.id}:${id}:${before.length}`,
      },
    ]);
    if (outcome?.status !== 'added') return false;
    await store.outbox.tell(shop.id, {
      cause: { kind: 'appeal.overdue', appeal: id },
      audience: 'customer',
      customer: kept.customer,
      at: now,
    });
    return true;
  });
}

async function maySuspend(
  { policies }: Pick<SuspendDeps, 'policies'>,
  store: Store,
  shop: Shop,
  measure: Measure,
  started: EventOf<'measure.started'>,
): Promise<boolean> {
  if (measure.type === 'warning') return false;
  if (measure.type === 'restriction') return true;
  if (started.body.skipped !== null || measure.policyVersion === null) return false;
  const taken = await policies.version(shop.id, measure.policyVersion, store.policies);
  const rules = taken?.compiled.policy.rules.filter((rule) => measure.rules.includes(rule.id)) ?? [];
  return rules.length > 0 && rules.every((rule) => rule.gravity !== 'grave');
}

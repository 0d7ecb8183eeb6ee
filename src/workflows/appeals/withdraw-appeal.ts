import { resumption } from '../../core/appeals/outcome.ts';
import { foldMeasures } from '../../core/measures/fold.ts';
import type { AppealId, CustomerId } from '../../core/shared/brand.ts';
import { ok, type Result } from '../../core/shared/result.ts';
import type { Shop } from '../../ports.ts';
import { record } from '../measures/staff-event.ts';
import { tellCustomer } from '../notices/tell.ts';
import { customerEvent } from './customer-event.ts';
import { withOwnAppeal } from './own-appeal.ts';
import type { AppealDeps, AppealRefused } from './types.ts';

/** Takes an appeal back before it is decided. What was suspended for its sake runs on, with the time that was left, and that is told. */
export async function withdrawAppeal(
  deps: AppealDeps,
  shop: Shop,
  customer: CustomerId,
  id: AppealId,
): Promise<Result<true, AppealRefused>> {
  return withOwnAppeal(deps, shop, customer, id, async ({ store, appeal, events, now }) => {
    await record(
      store,
      shop,
      customerEvent({ kind: 'appeal.withdrawn', customer, at: now, act: id, body: { appeal: id } }),
    );
    const measure = foldMeasures(events, now).find((each) => each.id === appeal.measure);
    if (measure?.state === 'suspended') {
      const { kind, body } = resumption(measure, id, now);
      await record(store, shop, customerEvent({ kind, body, customer, at: now, act: id }));
      // Its end has moved by the time it rested, so the customer is told what holds now.
      await tellCustomer(store, shop, customer, { kind: 'measure.changed', measure: measure.id }, now);
    }
    return ok(true);
  });
}

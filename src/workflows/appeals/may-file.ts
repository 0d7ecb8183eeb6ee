import { applyFrom, filingRefusal, needsNew } from '../../core/appeals/seconds.ts';
import type { CustomerId, MeasureId } from '../../core/shared/brand.ts';
import type { Shop } from '../../ports.ts';
import { aboutMeasure } from './about.ts';
import type { AppealDeps, MayFile } from './types.ts';

/** What a customer may file about a measure of theirs now; null when they have no such measure. */
export async function mayFile(
  deps: AppealDeps,
  shop: Shop,
  customer: CustomerId,
  id: MeasureId,
): Promise<MayFile | null> {
  const now = deps.clock.now();
  const about = await aboutMeasure(deps, deps.store, shop, customer, id, now);
  if (about === null) return null;
  const { measure, earlier, until } = about;
  const why = (type: 'appeal' | 'application') =>
    filingRefusal({ type, ground: 'other', disputed: [], newFiles: true }, measure, earlier, until, now)?.why ?? null;
  return {
    appeal: { until, why: why('appeal'), needsNew: needsNew(earlier) },
    application: {
      from: measure.type === 'warning' || measure.endedAt !== null ? null : applyFrom(measure, earlier),
      why: why('application'),
    },
  };
}

import { isOpen } from '../../core/appeals/types.ts';
import type { AppealId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Shop } from '../../ports.ts';
import { conflict } from '../desk/refused.ts';
import { record, staffEvent } from '../measures/staff-event.ts';
import { hearing, nameIn } from './hearing.ts';
import { hearingRefusal } from './refusal.ts';
import type { AppealDeps, Hearer, HearingRefused } from './types.ts';

/**
 * Begins the review: the customer sees that somebody is at it. Of two who begin at once the second is told who was faster. That
 * somebody began binds nobody: a colleague may decide in their stead.
 */
export async function takeAppeal(
  deps: AppealDeps,
  shop: Shop,
  by: Hearer,
  id: AppealId,
): Promise<Result<true, HearingRefused>> {
  const colleagues = await deps.staff.colleagues(shop.id);
  return hearing(deps, shop, by, id, async ({ store, appeal, customer, now }) => {
    if (appeal.state !== 'filed' && isOpen(appeal.state))
      return err(
        hearingRefusal(
          'already-taken',
          conflict(
            appeal.reviewer === by.id
              ? 'You are reviewing this appeal already.'
              : `${nameIn(colleagues, appeal.reviewer)} is reviewing this appeal already.`,
          ),
        ),
      );
    await record(
      store,
      shop,
      staffEvent({
        kind: 'appeal.taken',
        customer,
        by: by.id,
        at: now,
        act: id,
        body: { appeal: id, by: by.id },
      }),
    );
    return ok(true);
  });
}

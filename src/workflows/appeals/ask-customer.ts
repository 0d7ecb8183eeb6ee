import { dueAfterWaiting, informationUntil } from '../../core/appeals/deadline.ts';
import { stateAt } from '../../core/appeals/fold.ts';
import type { AppealId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { Shop } from '../../ports.ts';
import { conflict } from '../desk/refused.ts';
import { record, staffEvent } from '../measures/staff-event.ts';
import { wordingFault } from '../notices/may-say.ts';
import { countingOf } from './about.ts';
import { hearing } from './hearing.ts';
import { hearingRefusal } from './refusal.ts';
import type { AppealDeps, Hearer, HearingRefused } from './types.ts';

/** How often a customer can be asked: the shop's deadline stands still while it waits, and must not do so for ever. */
const MOST_QUESTIONS = 3;

/** Asks the customer for more, with fourteen days to answer. Without an answer the review goes on with what there is. */
export async function askCustomer(
  deps: AppealDeps,
  shop: Shop,
  by: Hearer,
  id: AppealId,
  question: string,
): Promise<Result<true, HearingRefused>> {
  const wording = wordingFault(deps, 'question', question);
  if (wording !== null) return err(hearingRefusal('wording', wording));
  return hearing(deps, shop, by, id, async ({ store, appeal, customer, events, now }) => {
    const state = stateAt(appeal, now);
    if (state === 'filed')
      return err(hearingRefusal('not-under-review', conflict('Begin to review the appeal first.')));
    if (state === 'information_asked')
      return err(
        hearingRefusal('answer-awaited', conflict('The customer has been asked already and still has time to answer.')),
      );
    const asked = events.filter((event) => event.kind === 'appeal.information_asked' && event.body.appeal === id);
    if (asked.length >= MOST_QUESTIONS)
      return err(
        hearingRefusal('asked-enough', conflict('The customer has been asked three times. Decide with what there is.')),
      );
    const counting = countingOf(deps, shop);
    const until = informationUntil(now, counting);
    await record(
      store,
      shop,
      staffEvent({
        kind: 'appeal.information_asked',
        customer,
        by: by.id,
        at: now,
        act: deps.ids.next<string>(),
        body: {
          appeal: id,
          by: by.id,
          until: formatInstant(until),
          dueAt: formatInstant(dueAfterWaiting(appeal.dueAt, until - now, now, counting)),
        },
        private: { text: question },
      }),
    );
    await store.outbox.tell(shop.id, {
      cause: { kind: 'appeal.information_asked', appeal: id },
      audience: 'customer',
      customer,
      at: now,
    });
    return ok(true);
  });
}

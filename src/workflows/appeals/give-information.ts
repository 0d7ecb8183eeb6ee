import { dueAfterWaiting } from '../../core/appeals/deadline.ts';
import { isAppealEvent } from '../../core/appeals/fold.ts';
import type { LedgerEvent } from '../../core/events/event.ts';
import type { AppealId, CustomerId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { formatInstant, type Instant, parseInstant } from '../../core/shared/time.ts';
import type { Shop } from '../../ports.ts';
import { record } from '../measures/staff-event.ts';
import { countingOf } from './about.ts';
import { customerEvent } from './customer-event.ts';
import { keepFiles } from './files/keep.ts';
import { prepareFiles } from './files/prepare.ts';
import { ownOpenAppeal, withOwnAppeal } from './own-appeal.ts';
import { customerRefusal } from './refusal.ts';
import type { AppealDeps, AppealRefused, SentFile } from './types.ts';
import { readText } from './written.ts';

/**
 * Takes in a customer's answer to a question of the reviewer. One that comes after its time counts too, for as long as nobody has
 * decided. The shop's deadline, which stood still meanwhile, runs on.
 */
export async function giveInformation(
  deps: AppealDeps,
  shop: Shop,
  customer: CustomerId,
  id: AppealId,
  information: { readonly text: string; readonly files: readonly SentFile[] },
): Promise<Result<true, AppealRefused>> {
  const text = readText(information.text);
  if (!text.ok) return text;
  const files = await prepareFiles(deps, shop, information.files);
  if (!files.ok) return files;
  const before = await ownOpenAppeal(deps.store, shop, customer, id);
  if (!before.ok) return before;
  if (before.value.appeal.informationUntil === null) return err(customerRefusal('not-asked'));
  const kept = await keepFiles(deps, shop, customer, files.value);
  let given: Result<true, AppealRefused>;
  try {
    given = await withOwnAppeal(deps, shop, customer, id, async ({ store, appeal, events, now }) => {
      const { informationUntil } = appeal;
      if (informationUntil === null) return err(customerRefusal('not-asked'));
      const asked = lastAsked(events, id);
      const due =
        now >= informationUntil || asked === null
          ? appeal.dueAt
          : dueAfterWaiting(asked.dueBefore, now - asked.at, now, countingOf(deps, shop));
      await record(
        store,
        shop,
        customerEvent({
          kind: 'appeal.information_given',
          customer,
          at: now,
          act: deps.ids.next<string>(),
          text: text.value,
          body: { appeal: id, attachments: [...kept.ids], dueAt: formatInstant(due) },
        }),
      );
      await store.appeals.attach(shop.id, kept.attachments(id, now));
      return ok(true);
    });
  } catch (error) {
    await kept.drop();
    throw error;
  }
  if (!given.ok) await kept.drop();
  return given;
}

/**
 * When the last question was asked, and when the shop had to answer until then. The wait is counted from there: the deadline while
 * it lasts has been put off to a working day, and who answers soon does not pay for that.
 */
function lastAsked(
  events: readonly LedgerEvent[],
  appeal: AppealId,
): { readonly at: Instant; readonly dueBefore: Instant } | null {
  let due: Instant | null = null;
  let asked: { readonly at: Instant; readonly dueBefore: Instant } | null = null;
  for (const event of events.filter(isAppealEvent).sort((a, b) => a.seq - b.seq)) {
    if (event.body.appeal !== appeal || !('dueAt' in event.body)) continue;
    if (event.kind === 'appeal.information_asked' && due !== null) asked = { at: event.occurredAt, dueBefore: due };
    due = parseInstant(event.body.dueAt);
  }
  return asked;
}

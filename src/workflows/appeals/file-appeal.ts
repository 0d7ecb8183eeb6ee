import { dueAt } from '../../core/appeals/deadline.ts';
import { type FilingRefusal, filingRefusal } from '../../core/appeals/seconds.ts';
import type { AppealId, CustomerId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { formatInstant, type Instant } from '../../core/shared/time.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { record } from '../measures/staff-event.ts';
import { type About, aboutMeasure } from './about.ts';
import { customerEvent } from './customer-event.ts';
import { keepFiles } from './files/keep.ts';
import { type PreparedFile, prepareFiles } from './files/prepare.ts';
import { customerRefusal } from './refusal.ts';
import type { AppealDeps, AppealRefused, AppealWish, Filed } from './types.ts';
import { readText } from './written.ts';

/**
 * Files an appeal, or an application to have a measure ended: acknowledges it at once, with a deadline, and tells the team. A
 * measure that ends in the same moment can be appealed all the same.
 */
export async function fileAppeal(
  deps: AppealDeps,
  shop: Shop,
  customer: CustomerId,
  wish: AppealWish,
): Promise<Result<Filed, AppealRefused>> {
  const text = readText(wish.text);
  if (!text.ok) return text;
  const files = await prepareFiles(deps, shop, wish.files);
  if (!files.ok) return files;
  // Asked before anything is written, and again when nobody else can write.
  const before = await admit(deps, deps.store, shop, customer, wish, files.value, deps.clock.now());
  if (!before.ok) return before;
  const kept = await keepFiles(deps, shop, customer, files.value);
  let filed: Result<Filed, AppealRefused>;
  try {
    filed = await deps.store.transaction(async (store) => {
      await store.ledger.lock(shop.id);
      const now = deps.clock.now();
      const admitted = await admit(deps, store, shop, customer, wish, files.value, now);
      if (!admitted.ok) return admitted;
      const { about } = admitted.value;
      const appeal = deps.ids.next<AppealId>();
      const due = dueAt(about.procedure, now, about.counting);
      await record(
        store,
        shop,
        customerEvent({
          kind: 'appeal.filed',
          customer,
          at: now,
          act: appeal,
          text: text.value,
          body: {
            appeal,
            measure: wish.measure,
            type: wish.type,
            ground: wish.ground,
            disputed: [...new Set(wish.disputed)],
            attachments: [...kept.ids],
            round: about.earlier.length + 1,
            language: wish.language,
            dueAt: formatInstant(due),
          },
        }),
      );
      await store.appeals.attach(shop.id, kept.attachments(appeal, now));
      await store.outbox.tell(shop.id, {
        cause: { kind: 'appeal.acknowledged', appeal },
        audience: 'customer',
        customer,
        at: now,
      });
      await store.outbox.tell(shop.id, {
        cause: { kind: 'team.appeal_filed', appeal },
        audience: 'team',
        customer,
        at: now,
      });
      return ok({ appeal, dueAt: due });
    });
  } catch (error) {
    await kept.drop();
    throw error;
  }
  if (!filed.ok) await kept.drop();
  return filed;
}

async function admit(
  deps: AppealDeps,
  store: Store,
  shop: Shop,
  customer: CustomerId,
  wish: AppealWish,
  files: readonly PreparedFile[],
  now: Instant,
): Promise<Result<{ readonly about: About }, AppealRefused>> {
  const about = await aboutMeasure(deps, store, shop, customer, wish.measure, now);
  if (about === null) return err(customerRefusal('unknown-measure'));
  const known = new Set<string>(about.events.map((event) => event.id));
  if (!wish.disputed.every((event) => known.has(event))) return err(customerRefusal('unknown-event'));
  const sent = await store.appeals.attachmentsOf(
    shop.id,
    about.earlier.map((appeal) => appeal.id),
  );
  const before = new Set(sent.map((each) => each.contentHash.toString('hex')));
  const newFiles = files.some((file) => !before.has(file.contentHash.toString('hex')));
  const { type, ground, disputed } = wish;
  const refused = filingRefusal({ type, ground, disputed, newFiles }, about.measure, about.earlier, about.until, now);
  return refused === null ? ok({ about }) : err(toRefusal(refused));
}

export function toRefusal({ why, ...values }: FilingRefusal): AppealRefused {
  return customerRefusal(why, values);
}

import { foldAppeals } from '../../core/appeals/fold.ts';
import { type Appeal, isOpen } from '../../core/appeals/types.ts';
import type { LedgerEvent } from '../../core/events/event.ts';
import { foldMeasures } from '../../core/measures/fold.ts';
import type { Measure } from '../../core/measures/types.ts';
import type { AppealId, CustomerId, StaffId } from '../../core/shared/brand.ts';
import { err, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Colleague } from '../../ports/staff.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { conflict, notAllowed, notFound } from '../desk/refused.ts';
import { approversOf, type MayHear, mayHear } from './may-hear.ts';
import { hearingRefusal } from './refusal.ts';
import type { AppealDeps, Hearer, HearingRefused } from './types.ts';

/** An appeal with what it is about. */
export interface Case {
  readonly appeal: Appeal;
  readonly customer: CustomerId;
  readonly measure: Measure;
  /** Everything about the customer that a judgement can depend on. */
  readonly events: readonly LedgerEvent[];
}

/** An appeal that is open, while nobody else can write, heard by somebody who may. */
export interface Hearing extends Case {
  readonly store: Store;
  readonly may: MayHear;
  readonly now: Instant;
}

type Answer<T> = Result<T, HearingRefused>;

export const unknownAppeal = () => hearingRefusal('unknown-appeal', notFound('There is no such appeal.'));

/** Null: the shop has no such appeal. */
export async function caseOf(store: Store, shop: Shop, id: AppealId, now: Instant): Promise<Case | null> {
  const kept = await store.appeals.one(shop.id, id);
  if (kept === null) return null;
  const [own] = await store.ledger.eventsOf(shop.id, [kept.customer]);
  const events = own?.events ?? [];
  const appeal = foldAppeals(events).find((each) => each.id === id);
  const measure = foldMeasures(events, now).find((each) => each.id === appeal?.measure);
  if (appeal === undefined || measure === undefined) throw new Error('An appeal about nothing');
  return { appeal, customer: kept.customer, measure, events };
}

/**
 * Runs `work` on an open appeal, in one transaction and alone with it. Who may not hear it is refused with the reason; who comes
 * after somebody else decided is told who. People are looked up before the lock is taken, and named after it is given back.
 */
export async function hearing<T>(
  deps: AppealDeps,
  shop: Shop,
  by: Hearer,
  id: AppealId,
  work: (hearing: Hearing) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const colleagues = await deps.staff.colleagues(shop.id);
  return deps.store.transaction(async (store): Promise<Answer<T>> => {
    await store.ledger.lock(shop.id);
    const now = deps.clock.now();
    const found = await caseOf(store, shop, id, now);
    if (found === null) return err(unknownAppeal());
    if (!isOpen(found.appeal.state)) return err(decidedAlready(found.appeal, colleagues));
    const approvedBy = approversOf(found.events, found.measure);
    const may = mayHear(found.appeal, { approvedBy }, colleagues, by, now);
    const refused = notAllowedAtAll(may);
    return refused === null ? work({ ...found, store, may, now }) : err(refused);
  });
}

function notAllowedAtAll({ why }: MayHear): HearingRefused | null {
  switch (why) {
    case 'auditor':
      return hearingRefusal('may-not', notAllowed('Auditors read, and decide nothing.'));
    case 'agent':
      return hearingRefusal('may-not', notAllowed('Only an owner or a manager may review appeals.'));
    case 'approved':
      return hearingRefusal(
        'approved-it',
        notAllowed('You approved this measure, so somebody else must review the appeal.'),
      );
    default:
      return null;
  }
}

function decidedAlready({ state, decidedBy }: Appeal, colleagues: readonly Colleague[]): HearingRefused {
  if (state === 'withdrawn')
    return hearingRefusal('already-decided', conflict('The customer has withdrawn this appeal.'));
  const name = nameIn(colleagues, decidedBy);
  return hearingRefusal('already-decided', conflict(`${name} has decided this appeal already.`));
}

export function nameIn(colleagues: readonly Colleague[], id: StaffId | null): string {
  return colleagues.find((colleague) => colleague.id === id)?.name ?? 'Somebody else';
}

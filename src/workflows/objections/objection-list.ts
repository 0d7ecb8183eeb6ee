import type { CustomerId } from '../../core/shared/brand.ts';
import type { LinkSide } from '../../ports/links.ts';
import type { ObjectionRecord } from '../../ports/objections.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { MayHear } from '../appeals/may-hear.ts';
import type { Hearer } from '../appeals/types.ts';
import { confirmersOfEach, mayAnswer } from './may-answer.ts';
import { wordsAmong } from './objection-words.ts';

/** An objection with what whoever answers it needs to know. */
export interface OpenObjection {
  readonly objection: ObjectionRecord;
  /** Who objects. */
  readonly one: LinkSide;
  readonly other: LinkSide;
  /** What the customer wrote; null where it cannot be read any more. */
  readonly text: string | null;
  readonly overdue: boolean;
  readonly may: MayHear;
}

/** So many are shown at once; the next come up as these are answered. */
const MOST = 50;

/** Objections that wait for an answer, whichever is due first. */
export async function openObjections(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  shop: Shop,
  by: Hearer,
): Promise<readonly OpenObjection[]> {
  const now = clock.now();
  const open = await store.objections.open(shop.id, MOST);
  if (open.length === 0) return [];
  const people = [...new Set(open.flatMap(({ customer, other }): CustomerId[] => [customer, other]))];
  const [sides, colleagues, confirmers, ledgers] = await Promise.all([
    store.links.sides(shop.id, people),
    store.team.colleagues(shop.id),
    confirmersOfEach(store, shop, open),
    store.ledger.eventsOf(shop.id, [...new Set(open.map(({ customer }) => customer))]),
  ]);
  const eventsOf = new Map(ledgers.map(({ customer, events }) => [customer, events]));
  const found = await Promise.all(
    open.map(async (objection, place): Promise<OpenObjection | null> => {
      const [one, other] = [sides.get(objection.customer), sides.get(objection.other)];
      if (one === undefined || other === undefined) return null;
      const events = eventsOf.get(objection.customer) ?? [];
      // What is sealed is opened with each customer's own key.
      const words = await wordsAmong(store, shop, objection.customer, events, [objection.id]);
      return {
        objection,
        one,
        other,
        text: words.get(objection.id)?.filed ?? null,
        overdue: objection.dueAt < now,
        may: mayAnswer(objection, confirmers[place] ?? [], colleagues, by, now),
      };
    }),
  );
  return found.filter((each) => each !== null);
}

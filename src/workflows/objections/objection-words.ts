import { isObjectionEvent } from '../../core/appeals/objections.ts';
import type { LedgerEvent } from '../../core/events/event.ts';
import type { CustomerId, ObjectionId } from '../../core/shared/brand.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';

/** What was written about an objection: by the customer, and in answer. Null where nothing was, or it cannot be read any more. */
export interface ObjectionWords {
  readonly filed: string | null;
  readonly answered: string | null;
  /** Answered by the only person of the shop who could, who had confirmed the link. */
  readonly alone: boolean;
}

/** What was written about some objections of a customer. */
export async function objectionWords(
  { ledger }: Pick<Store, 'ledger'>,
  shop: Shop,
  customer: CustomerId,
  wanted: readonly ObjectionId[],
): Promise<ReadonlyMap<ObjectionId, ObjectionWords>> {
  if (wanted.length === 0) return new Map();
  const [own] = await ledger.eventsOf(shop.id, [customer]);
  return wordsAmong({ ledger }, shop, customer, own?.events ?? [], wanted);
}

/** The same, with all events of the customer at hand. */
export async function wordsAmong(
  { ledger }: Pick<Store, 'ledger'>,
  shop: Shop,
  customer: CustomerId,
  events: readonly LedgerEvent[],
  wanted: readonly ObjectionId[],
): Promise<ReadonlyMap<ObjectionId, ObjectionWords>> {
  const told = events.filter(isObjectionEvent);
  const words = await ledger.wordsOf(
    shop.id,
    customer,
    told.map(({ id }) => id),
  );
  return new Map(
    wanted.map((objection) => {
      const about = told.filter(({ body }) => body.objection === objection);
      const filed = about.find(({ kind }) => kind === 'objection.filed');
      const decided = about.find((event) => event.kind === 'objection.decided');
      return [
        objection,
        {
          filed: filed === undefined ? null : (words.get(filed.id) ?? null),
          answered: decided === undefined ? null : (words.get(decided.id) ?? null),
          alone: decided?.kind === 'objection.decided' && decided.body.alone,
        },
      ];
    }),
  );
}

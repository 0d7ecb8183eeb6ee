import { type Kysely, sql } from 'kysely';
import type { CustomerId, EventId, ShopId } from '../../../core/shared/brand.ts';
import type { Vault } from '../../../ports.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

/** What was written with some events of a customer, in one query: the text, or else the reason. Nothing of the erased. */
export async function wordsOf(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  customer: CustomerId,
  events: readonly EventId[],
): Promise<ReadonlyMap<EventId, string>> {
  if (events.length === 0) return new Map();
  const { rows } = await sql<{ id: EventId; sealed: Buffer; wrapped: Buffer }>`
    select e.id, e.sealed, k.wrapped
      from unnest(${packed('uuid', events)}) as wanted (id)
      join ledger_event e on e.shop_id = ${shop} and e.id = wanted.id and e.sealed is not null
      join customer_key k on k.shop_id = e.shop_id and k.customer_id = e.customer_id
     where e.customer_id = ${customer}`.execute(db);
  const words = new Map<EventId, string>();
  for (const { id, sealed, wrapped } of rows) {
    const written = openOrNull(vault, wrapped, sealed);
    if (written !== null) words.set(id, written);
  }
  return words;
}

/** Null where nothing was written, and for what was sealed before an erasure, under a key that is gone. */
function openOrNull(vault: Vault, wrapped: Buffer, sealed: Buffer): string | null {
  try {
    const { text, reason } = vault.openFor(vault.unwrap(wrapped), sealed);
    return text ?? reason ?? null;
  } catch {
    return null;
  }
}

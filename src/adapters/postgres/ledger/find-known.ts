import { sql, type Transaction } from 'kysely';
import type { CustomerId, EventId, ShopId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';

export interface KnownEvent {
  readonly id: EventId;
  readonly contentHash: Buffer;
  readonly customer: CustomerId | null;
}

/** Which of the events, by source and the source's own id, the ledger has already. Keyed by `sourceKey`. */
export async function findKnown(
  tx: Transaction<Database>,
  shop: ShopId,
  offered: readonly { readonly source: string; readonly sourceId: string }[],
): Promise<Map<string, KnownEvent>> {
  const found = new Map<string, KnownEvent>();
  for (const [source, ids] of Map.groupBy(offered, (event) => event.source)) {
    const { rows } = await sql<{
      source_id: string;
      id: EventId;
      content_hash: Buffer;
      customer_id: CustomerId | null;
    }>`
      select source_id, id, content_hash, customer_id from ledger_event
      where shop_id = ${shop} and source = ${source} and source_id = any(${ids.map((event) => event.sourceId)}::text[])
    `.execute(tx);
    for (const row of rows)
      found.set(sourceKey(source, row.source_id), {
        id: row.id,
        contentHash: row.content_hash,
        customer: row.customer_id,
      });
  }
  return found;
}

export function sourceKey(source: string, sourceId: string): string {
  return `${source}\u0000${sourceId}`;
}

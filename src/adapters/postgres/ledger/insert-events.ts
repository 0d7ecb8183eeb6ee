import { sql, type Transaction } from 'kysely';
import type { LedgerEvent } from '../../../core/events/event.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import { hex, packed } from '../packed.ts';
import type { Database } from '../schema.ts';

/** An event with everything the ledger keeps beside it. */
export interface LedgerRow {
  readonly event: LedgerEvent;
  readonly contentHash: Buffer;
  /** The exact text of the body. */
  readonly body: string;
  readonly sealed: Buffer | null;
  readonly previous: Buffer;
  readonly hash: Buffer;
}

/** Writes rows in one statement, however many. */
export async function insertEvents(tx: Transaction<Database>, shop: ShopId, rows: readonly LedgerRow[]): Promise<void> {
  if (rows.length === 0) return;
  const events = rows.map((row) => row.event);
  await sql`
    insert into ledger_event (shop_id, seq, id, customer_id, kind, occurred_at, recorded_at, source, source_id,
                              content_hash, body, sealed, prev_hash, hash)
    select ${shop}::uuid, * from unnest(
      ${packed(
        'bigint',
        events.map((event) => event.seq),
      )},
      ${packed(
        'uuid',
        events.map((event) => event.id),
      )},
      ${packed(
        'uuid',
        events.map((event) => event.customer),
      )},
      ${packed(
        'text',
        events.map((event) => event.kind),
      )},
      ${packed(
        'timestamptz',
        events.map((event) => formatInstant(event.occurredAt)),
      )},
      ${packed(
        'timestamptz',
        events.map((event) => formatInstant(event.recordedAt)),
      )},
      ${packed(
        'text',
        events.map((event) => event.source),
      )},
      ${events.map((event) => event.sourceId)}::text[],
      ${packed(
        'bytea',
        rows.map((row) => hex(row.contentHash)),
      )},
      ${packed(
        'json',
        rows.map((row) => row.body),
      )},
      ${packed(
        'bytea',
        rows.map((row) => (row.sealed === null ? null : hex(row.sealed))),
      )},
      ${packed(
        'bytea',
        rows.map((row) => hex(row.previous)),
      )},
      ${packed(
        'bytea',
        rows.map((row) => hex(row.hash)),
      )}
    )`.execute(tx);
}

export async function moveHead(tx: Transaction<Database>, shop: ShopId, last: LedgerRow): Promise<void> {
  await sql`update ledger_head set seq = ${last.event.seq}, hash = ${last.hash} where shop_id = ${shop}`.execute(tx);
}

import { sql } from 'kysely';
import type { EventKind, LedgerEvent } from '../../../core/events/event.ts';
import type { CustomerId, EventId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';

/** A row of `ledger_event` without hashes and sealed data. */
export interface EventRow {
  readonly seq: number;
  readonly id: EventId;
  readonly customer_id: CustomerId | null;
  readonly kind: string;
  readonly occurred_at: Instant;
  readonly recorded_at: Instant;
  readonly source: string;
  readonly source_id: string;
  readonly body: unknown;
}

export const eventColumns = sql`seq, id, customer_id, kind, occurred_at, recorded_at, source, source_id, body`;

/** What a judgement can depend on: not what was answered at a surface, nor what the policy itself proposed. */
export const judged = sql`kind <> all (array['decision.made', 'decisions.allowed', 'proposal.made', 'proposal.withdrawn'])`;

/** The event as the core reads it. Its body passed the schema of its kind before it was written, and rows never change. */
export function toEvent(row: EventRow): LedgerEvent {
  return {
    id: row.id,
    seq: row.seq,
    customer: row.customer_id,
    kind: row.kind as EventKind,
    body: row.body,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    source: row.source,
    sourceId: row.source_id,
  } as LedgerEvent;
}

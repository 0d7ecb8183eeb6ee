import { type RawBuilder, sql } from 'kysely';
import type { Cause } from '../../../core/notices/types.ts';
import type { CustomerId, NoticeId, ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { MailTrouble, OutboxRow, OutboxState } from '../../../ports/hearing.ts';

/** A row as the driver reads it. */
export interface OutboxColumns {
  readonly shop_id: ShopId;
  readonly id: string;
  readonly cause: Cause;
  readonly customer_id: CustomerId | null;
  readonly audience: 'customer' | 'team';
  readonly state: OutboxState;
  readonly notice_id: NoticeId | null;
  readonly message_id: string | null;
  readonly attempts: number;
  readonly next_at: Instant;
  readonly trouble: MailTrouble | null;
  readonly error: string | null;
  readonly created_at: Instant;
  readonly sent_at: Instant | null;
}

/** What `toOutboxRow` needs. */
export const outboxColumns: RawBuilder<unknown> = sql`shop_id, id, cause, customer_id, audience, state, notice_id, message_id,
  attempts, next_at, trouble, error, created_at, sent_at`;

export const toOutboxRow = (row: OutboxColumns): OutboxRow => ({
  shop: row.shop_id,
  id: row.id,
  cause: row.cause,
  customer: row.customer_id,
  audience: row.audience,
  state: row.state,
  notice: row.notice_id,
  messageId: row.message_id,
  attempts: row.attempts,
  nextAt: row.next_at,
  trouble: row.trouble,
  error: row.error,
  createdAt: row.created_at,
  sentAt: row.sent_at,
});

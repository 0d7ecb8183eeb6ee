import { sql } from 'kysely';
import type { ShopId, StaffId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { HookEndpointListing, HookFault, HookOff, HookSent, HookTopic } from '../../../ports/announcing.ts';

/** What the ledger calls what others are told of. */
const KIND_OF: Readonly<Partial<Record<HookTopic, string>>> = {
  'decision.denied': 'decision.made',
  'customer.erased': 'account.erased',
};
const TOPIC_OF: Readonly<Record<string, HookTopic>> = {
  'decision.made': 'decision.denied',
  'account.erased': 'customer.erased',
};

export const kindOf = (topic: HookTopic): string => KIND_OF[topic] ?? topic;
/** Of a kind that `kindOf` gave. */
export const topicOf = (kind: string): HookTopic => TOPIC_OF[kind] ?? (kind as HookTopic);

export interface EndpointRow {
  readonly shop_id: ShopId;
  readonly id: string;
  readonly url: string;
  readonly topics: string[];
  readonly note: string;
  readonly state: 'active' | 'disabled';
  readonly disabled_because: HookOff | null;
  readonly failing_since: Instant | null;
  readonly created_by: StaffId;
  readonly created_at: Instant;
  readonly last_sent_at: Instant | null;
  readonly waiting: number;
  readonly failed: number;
}

/** Endpoints with how they do. To be followed by conditions on `e`. */
export const selectEndpoints = sql`
  select e.shop_id, e.id, e.url, e.topics, e.note, e.state, e.disabled_because, e.failing_since, e.created_by, e.created_at,
         s.last_sent_at, coalesce(s.waiting, 0)::int as waiting, coalesce(s.failed, 0)::int as failed
    from hook_endpoint e
    left join lateral (
      select max(sent_at) as last_sent_at, count(*) filter (where state = 'waiting') as waiting,
             count(*) filter (where state = 'failed') as failed
        from hook_sent where shop_id = e.shop_id and endpoint_id = e.id) s on true`;

/** The same without how they do. */
export const selectTargets = sql`
  select e.shop_id, e.id, e.url, e.topics, e.note, e.state, e.disabled_because, e.failing_since, e.created_by, e.created_at,
         null::timestamptz as last_sent_at, 0 as waiting, 0 as failed
    from hook_endpoint e`;

export const toEndpoint = (row: EndpointRow): HookEndpointListing => ({
  shop: row.shop_id,
  id: row.id,
  url: row.url,
  // Written from the same list.
  topics: row.topics as HookTopic[],
  note: row.note,
  state: row.state,
  disabledBecause: row.disabled_because,
  failingSince: row.failing_since,
  createdBy: row.created_by,
  createdAt: row.created_at,
  lastSentAt: row.last_sent_at,
  waiting: row.waiting,
  failed: row.failed,
});

export interface SentRow {
  readonly shop_id: ShopId;
  readonly id: string;
  readonly endpoint_id: string;
  readonly topic: string;
  readonly seq: number | null;
  readonly state: HookSent['state'];
  readonly attempts: number;
  readonly next_at: Instant;
  readonly status: number | null;
  readonly fault: string | null;
  readonly ms: number | null;
  readonly created_at: Instant;
  readonly sent_at: Instant | null;
}

export const sentColumns = sql.raw(
  [
    'shop_id',
    'id',
    'endpoint_id',
    'topic',
    'seq',
    'state',
    'attempts',
    'next_at',
    'status',
    'fault',
    'ms',
    'created_at',
    'sent_at',
  ]
    .map((column) => `s.${column}`)
    .join(', '),
);

export const toSent = (row: SentRow): HookSent => ({
  shop: row.shop_id,
  id: row.id,
  endpoint: row.endpoint_id,
  topic: row.topic as HookSent['topic'],
  seq: row.seq,
  state: row.state,
  attempts: row.attempts,
  nextAt: row.next_at,
  status: row.status,
  fault: row.fault as HookFault | null,
  ms: row.ms,
  createdAt: row.created_at,
  sentAt: row.sent_at,
});

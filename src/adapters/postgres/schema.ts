import type { ColumnType } from 'kysely';
import type {
  AppealId,
  AttachmentId,
  ConnectionId,
  CustomerId,
  EventId,
  MeasureId,
  NoticeId,
  ProposalId,
  ShopId,
  StaffId,
} from '../../core/shared/brand.ts';
import type { At, AtOrNull, Defaulted, DefaultedAt, Json } from './schema-columns.ts';
import type { ConnectionTables } from './schema-connections.ts';
import type { DecisionTables } from './schema-decisions.ts';
import type { LinkTables } from './schema-links.ts';
import type { ListTables } from './schema-lists.ts';
import type { LiveTables } from './schema-live.ts';
import type { ObjectionTables } from './schema-objections.ts';

/** The tables, as numbered migrations make them. A column added there is added here. */
export interface Database
  extends ConnectionTables,
    DecisionTables,
    LinkTables,
    ListTables,
    LiveTables,
    ObjectionTables {
  installation: { id: Defaulted<boolean>; created_at: DefaultedAt; master_key_check: Buffer | null };
  shop: {
    id: ShopId;
    slug: string;
    name: string;
    currency: string;
    time_zone: string;
    languages: Defaulted<string[]>;
    jurisdictions: Defaulted<string[]>;
    settings: ColumnType<Record<string, unknown>, string | undefined, string>;
    created_at: DefaultedAt;
  };
  staff: {
    id: StaffId;
    email_hash: Buffer;
    sealed: Buffer;
    password_hash: string;
    created_at: DefaultedAt;
  };
  staff_role: {
    shop_id: ShopId;
    staff_id: StaffId;
    role: 'owner' | 'manager' | 'agent' | 'auditor';
    created_at: DefaultedAt;
    disabled_at: AtOrNull;
  };
  staff_session: {
    token_hash: Buffer;
    staff_id: StaffId;
    csrf_token: string;
    created_at: DefaultedAt;
    last_seen_at: DefaultedAt;
    expires_at: At;
  };
  sign_in_attempt: { subject_hash: Buffer; at: DefaultedAt };
  api_key: {
    shop_id: ShopId;
    id: string;
    name: string;
    prefix: string;
    hash: Buffer;
    scopes: string[];
    created_by: StaffId;
    created_at: DefaultedAt;
    last_used_at: AtOrNull;
    revoked_at: AtOrNull;
    connection_id: ColumnType<ConnectionId | null, ConnectionId | null | undefined, never>;
  };
  ledger_event: {
    shop_id: ShopId;
    seq: number;
    id: EventId;
    customer_id: CustomerId | null;
    kind: string;
    occurred_at: At;
    recorded_at: At;
    source: string;
    source_id: string;
    content_hash: Buffer;
    body: Json<unknown>;
    sealed: Buffer | null;
    prev_hash: Buffer;
    hash: Buffer;
  };
  ledger_head: { shop_id: ShopId; seq: number; hash: Buffer };
  customer_key: { shop_id: ShopId; customer_id: CustomerId; wrapped: Buffer };
  customer: {
    shop_id: ShopId;
    id: CustomerId;
    sealed: Buffer | null;
    first_at: At;
    last_at: At;
    events: Defaulted<number>;
    orders: Defaulted<number>;
    ordered_value: Defaulted<number>;
    returns: Defaulted<number>;
    returned_value: Defaulted<number>;
    refunded_value: Defaulted<number>;
    erased_at: AtOrNull;
    standing: Defaulted<'good' | 'watched' | 'warned' | 'restricted' | 'blocked'>;
    standing_since: AtOrNull;
    standing_until: AtOrNull;
    because: Defaulted<string[]>;
    assessed_at: AtOrNull;
    next_at: AtOrNull;
  };
  customer_identifier: { shop_id: ShopId; type: 'external' | 'email' | 'phone'; hash: Buffer; customer_id: CustomerId };
  customer_search: { shop_id: ShopId; token: Buffer; customer_id: CustomerId };
  measure: {
    shop_id: ShopId;
    id: MeasureId;
    customer_id: CustomerId;
    type: 'warning' | 'restriction' | 'block';
    state: 'active' | 'suspended' | 'expired' | 'lifted' | 'voided';
    obligations: string[];
    surfaces: string[];
    ladder: string | null;
    step: number | null;
    rules: string[];
    policy_version: number | null;
    started_at: At;
    until_at: At;
    ended_at: AtOrNull;
    ended_because: string | null;
  };
  proposal: {
    shop_id: ShopId;
    id: ProposalId;
    customer_id: CustomerId;
    key: string;
    status: 'open' | 'approved' | 'declined' | 'withdrawn';
    type: 'watch' | 'warning' | 'restriction' | 'block';
    ladder: string;
    step: number;
    rules: string[];
    gravity: 'minor' | 'serious' | 'grave';
    obligations: string[];
    surfaces: string[];
    until_at: At;
    skipped: string | null;
    trace: Json<unknown>;
    evidence: EventId[];
    policy_version: number | null;
    opened_at: At;
    updated_at: At;
    decided_at: AtOrNull;
    decided_by: StaffId | null;
    measure_id: MeasureId | null;
    first_approver: StaffId | null;
    colleague: StaffId | null;
    seq: number;
  };
  policy_version: {
    shop_id: ShopId;
    version: number;
    source: string;
    note: string;
    author: StaffId | null;
    author_name: string;
    published_at: DefaultedAt;
  };
  policy_draft: { shop_id: ShopId; source: string; by: StaffId; saved_at: DefaultedAt };
  import_run: {
    shop_id: ShopId;
    id: string;
    format: string;
    file_name: string;
    status: 'running' | 'done' | 'failed' | 'interrupted';
    started_at: DefaultedAt;
    finished_at: AtOrNull;
    bytes_total: number | null;
    bytes_read: Defaulted<number>;
    rows_read: Defaulted<number>;
    added: Defaulted<number>;
    known: Defaulted<number>;
    skipped: ColumnType<SkipReport[], string | undefined, string>;
    conflicts: Defaulted<number>;
    error: string | null;
    started_by: StaffId | null;
  };
  shop_change: { shop_id: ShopId; counter: Defaulted<number> };
  notice: {
    shop_id: ShopId;
    id: NoticeId;
    customer_id: CustomerId;
    kind: string;
    measure_id: MeasureId | null;
    appeal_id: AppealId | null;
    language: string;
    sealed: Buffer;
    issued_at: At;
  };
  outbox: {
    shop_id: ShopId;
    id: string;
    cause: Json<unknown>;
    customer_id: CustomerId | null;
    audience: 'customer' | 'team';
    state: 'due' | 'waiting' | 'sent' | 'failed' | 'bounced' | 'printed' | 'cancelled';
    personal: Buffer | null;
    notice_id: NoticeId | null;
    sealed: Buffer | null;
    message_id: string | null;
    attempts: Defaulted<number>;
    next_at: At;
    trouble: string | null;
    error: string | null;
    created_at: At;
    sent_at: AtOrNull;
    updated_at: At;
  };
  appeal: {
    shop_id: ShopId;
    id: AppealId;
    customer_id: CustomerId;
    measure_id: MeasureId;
    type: 'appeal' | 'application';
    state: 'filed' | 'under_review' | 'information_asked' | 'upheld' | 'partly_upheld' | 'rejected' | 'withdrawn';
    ground: string;
    language: string;
    round: number;
    reviewer: StaffId | null;
    filed_at: At;
    due_at: At;
    information_until: AtOrNull;
    decided_at: AtOrNull;
    decided_by: StaffId | null;
    updated_at: At;
  };
  attachment: {
    shop_id: ShopId;
    id: AttachmentId;
    customer_id: CustomerId;
    appeal_id: AppealId;
    type: 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf';
    bytes: number;
    content_hash: Buffer;
    sealed_name: Buffer;
    added_at: At;
  };
  portal_link: {
    shop_id: ShopId;
    token_hash: Buffer;
    customer_id: CustomerId;
    notice_id: NoticeId | null;
    expires_at: At;
    used_at: AtOrNull;
  };
  portal_code: {
    shop_id: ShopId;
    id: string;
    customer_id: CustomerId | null;
    code_hash: Buffer;
    attempts: Defaulted<number>;
    expires_at: At;
    used_at: AtOrNull;
  };
  portal_session: {
    shop_id: ShopId;
    token_hash: Buffer;
    customer_id: CustomerId;
    level: 'link' | 'code';
    csrf_token: string;
    created_at: At;
    expires_at: At;
  };
  customer_choice: { shop_id: ShopId; customer_id: CustomerId; language: string };
  shop_logo: { shop_id: ShopId; type: 'image/png' | 'image/jpeg' | 'image/webp'; bytes: Buffer; updated_at: At };
  mail_server: { shop_id: ShopId; sealed: Buffer; updated_at: At; updated_by: StaffId | null };
}

/** Why rows of a file were left out: one entry per reason, with the first few places. */
export interface SkipReport {
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly { readonly where: string; readonly what: string }[];
}

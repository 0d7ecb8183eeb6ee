import type { PlatformName, ShopActKind, ShopActState } from '../../core/enforcement/types.ts';
import type { ConnectionId, CustomerId, DecisionId, MeasureId, ShopId, StaffId } from '../../core/shared/brand.ts';
import type { KeptCheck } from '../../ports/connections.ts';
import type { ConnectionSettings, ConnectionState, Json as JsonValue } from '../../ports/platforms.ts';
import type { At, AtOrNull, Defaulted, Json, JsonOrNull } from './schema-columns.ts';

/** The tables of `0003_connections.sql`. */
export interface ConnectionTables {
  connection: {
    shop_id: ShopId;
    id: ConnectionId;
    platform: PlatformName;
    state: ConnectionState;
    address: string;
    source: string;
    number_prefix: string;
    credentials: Buffer;
    hook_secrets: Buffer;
    settings: Json<ConnectionSettings>;
    facts: Json<Readonly<Record<string, JsonValue>>>;
    last_check: JsonOrNull<KeptCheck>;
    created_at: At;
    checked_at: AtOrNull;
    reconciled_to: AtOrNull;
    ended_at: AtOrNull;
  };
  hook_received: {
    shop_id: ShopId;
    connection_id: ConnectionId;
    id: string;
    delivery: string;
    topic: string;
    state: 'waiting' | 'done' | 'refused';
    sealed: Buffer | null;
    customers: Defaulted<CustomerId[]>;
    triggered_at: AtOrNull;
    received_at: At;
    attempts: Defaulted<number>;
    next_at: At;
    done_at: AtOrNull;
    added: Defaulted<number>;
    live: Defaulted<boolean>;
    fault: string | null;
  };
  hook_rejected: {
    shop_id: ShopId;
    connection_id: ConnectionId;
    hour: At;
    reason: string;
    count: number;
    last_at: At;
  };
  platform_order: { shop_id: ShopId; connection_id: ConnectionId; order_id: string; name: string };
  address_seen: {
    shop_id: ShopId;
    connection_id: ConnectionId;
    order_name: string;
    version: At;
    address_hash: Buffer;
    stage: 'before_dispatch' | 'after_dispatch' | 'after_delivery';
    customer: Buffer;
    seen_at: At;
    settled: Defaulted<boolean>;
  };
  platform_run: {
    shop_id: ShopId;
    connection_id: ConnectionId;
    id: string;
    kind: 'history' | 'reconcile';
    state: 'running' | 'done' | 'stopped' | 'failed';
    since: AtOrNull;
    cursor: JsonOrNull<JsonValue>;
    total: number | null;
    read: Defaulted<number>;
    added: Defaulted<number>;
    known: Defaulted<number>;
    refused: Defaulted<number>;
    faults: Json<readonly FaultCount[]>;
    error: string | null;
    attempts: Defaulted<number>;
    started_by: StaffId | null;
    started_at: At;
    updated_at: At;
    next_at: At;
    finished_at: AtOrNull;
  };
  platform_mark: {
    shop_id: ShopId;
    connection_id: ConnectionId;
    customer_id: CustomerId;
    applied: JsonOrNull<JsonValue>;
    applied_at: AtOrNull;
    due: Defaulted<boolean>;
    attempts: Defaulted<number>;
    next_at: At;
    taken_until: AtOrNull;
    farewell: Buffer | null;
    fault: string | null;
  };
  platform_guest_list: {
    shop_id: ShopId;
    connection_id: ConnectionId;
    due: Defaulted<boolean>;
    listed: Defaulted<number>;
    fitted: Defaulted<number>;
    applied_at: AtOrNull;
    attempts: Defaulted<number>;
    next_at: At;
    taken_until: AtOrNull;
    fault: string | null;
  };
  shop_act: {
    shop_id: ShopId;
    id: string;
    connection_id: ConnectionId;
    customer_id: CustomerId | null;
    kind: ShopActKind;
    key: string;
    about: string | null;
    sealed: Buffer;
    state: ShopActState;
    because: 'staff' | 'decision';
    decision_id: DecisionId | null;
    measures: Defaulted<MeasureId[]>;
    asked_by: StaffId | null;
    asked_at: At;
    attempts: Defaulted<number>;
    next_at: At;
    done_at: AtOrNull;
    over_at: AtOrNull;
    reminded_at: AtOrNull;
    reference: string | null;
    fault: string | null;
  };
  hook_endpoint: {
    shop_id: ShopId;
    id: string;
    url: string;
    topics: string[];
    secrets: Buffer;
    note: string;
    state: 'active' | 'disabled';
    disabled_because: 'staff' | 'failing' | 'gone' | null;
    cursor: number;
    failing_since: AtOrNull;
    created_by: StaffId;
    created_at: At;
    updated_at: At;
  };
  hook_sent: {
    shop_id: ShopId;
    id: string;
    endpoint_id: string;
    topic: string;
    seq: number | null;
    state: 'waiting' | 'sent' | 'failed' | 'cancelled';
    attempts: Defaulted<number>;
    next_at: At;
    status: number | null;
    fault: string | null;
    ms: number | null;
    created_at: At;
    sent_at: AtOrNull;
  };
}

/** What could not be read of a platform's past: a kind and a path, never a value. */
export interface FaultCount {
  readonly fault: string;
  readonly count: number;
  readonly examples: readonly string[];
}

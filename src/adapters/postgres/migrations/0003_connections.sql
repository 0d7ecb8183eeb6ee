-- Real shops: connections to shop systems, what they send, what they are told, and webhooks to others.

-- A shop's system. At most one that is not disconnected, so that numbers of customers and orders mean one thing.
create table connection (
  shop_id        uuid not null,
  id             uuid not null,
  platform       text not null check (platform in ('shopify', 'woocommerce', 'vendure', 'medusa', 'generic')),
  state          text not null check (state in ('connecting', 'active', 'reconnect', 'disconnected')),
  address        text not null,
  source         text not null,                -- under which its events are recorded
  number_prefix  text not null,                -- before its customer numbers; empty for a shop's first connection
  credentials    bytea not null,               -- under the installation's key
  hook_secrets   bytea not null,               -- the same: [{id, secret, until}], newest first
  settings       jsonb not null,
  facts          jsonb not null,               -- what the platform's adapter keeps; no secrets, no personal data
  last_check     jsonb,                        -- what the last test found
  created_at     timestamptz not null,
  checked_at     timestamptz,
  reconciled_to  timestamptz,
  ended_at       timestamptz,
  primary key (shop_id, id),
  unique (shop_id, source)
);
create unique index connection_live on connection (shop_id) where state <> 'disconnected';
-- Webhooks come with the connection's id alone.
create index connection_by_id on connection (id);

-- Keys of a shop system's extension say customer numbers as that system does.
alter table api_key add column connection_id uuid;

-- Webhooks as they came in. Durable before they are answered; read soon after. waiting · done · refused (cannot be read: a person looks).
create table hook_received (
  shop_id        uuid not null,
  connection_id  uuid not null,
  id             uuid not null,
  delivery       text not null,                -- the platform's own id: the same again is a duplicate
  topic          text not null,
  state          text not null check (state in ('waiting', 'done', 'refused')),
  sealed         bytea,                        -- the raw body, under the installation's key; emptied a week after it was done, and at erasure
  customers      uuid[] not null default '{}', -- whom it turned out to concern
  triggered_at   timestamptz,
  received_at    timestamptz not null,
  attempts       integer not null default 0,
  next_at        timestamptz not null,
  done_at        timestamptz,
  added          integer not null default 0,   -- events that were new
  live           boolean not null default true, -- false: set aside from a platform's past, until the order it names is known
  fault          text,                         -- why it was refused or waits: a kind and a path, never a value
  primary key (shop_id, id),
  unique (shop_id, connection_id, delivery)
);
create index hook_received_next on hook_received (next_at) where state = 'waiting';
create index hook_received_waiting on hook_received (shop_id, connection_id, next_at) where state = 'waiting';
create index hook_received_listed on hook_received (shop_id, connection_id, received_at desc, id);
create index hook_received_refused on hook_received (shop_id, connection_id, received_at desc, id) where state = 'refused';
create index hook_received_done on hook_received (done_at) where sealed is not null and state = 'done';
create index hook_received_about on hook_received using gin (customers);

-- Webhooks that were not believed, by the hour and the reason: how many, never what they said.
create table hook_rejected (
  shop_id        uuid not null,
  connection_id  uuid not null,
  hour           timestamptz not null,
  reason         text not null,
  count          integer not null,
  last_at        timestamptz not null,
  primary key (shop_id, connection_id, hour, reason)
);

-- How orders are called by people, by the platform's id.
create table platform_order (
  shop_id        uuid not null,
  connection_id  uuid not null,
  order_id       text not null,
  name           text not null,
  primary key (shop_id, connection_id, order_id)
);

-- Where orders were seen to go. Compared once no webhook can come late, and then only the last is kept.
create table address_seen (
  shop_id        uuid not null,
  connection_id  uuid not null,
  order_name     text not null,
  version        timestamptz not null,
  address_hash   bytea not null,
  stage          text not null,
  customer       bytea not null,               -- whose it is, sealed under the installation's key
  seen_at        timestamptz not null,
  settled        boolean not null default false,
  primary key (shop_id, connection_id, order_name, version)
);
create index address_seen_open on address_seen (shop_id, version) where not settled;

-- Fetching a platform's past (history), and each night what its webhooks missed (reconcile).
create table platform_run (
  shop_id        uuid not null,
  connection_id  uuid not null,
  id             uuid not null,
  kind           text not null check (kind in ('history', 'reconcile')),
  state          text not null check (state in ('running', 'done', 'stopped', 'failed')),
  since          timestamptz,
  cursor         jsonb,
  total          bigint,
  read           bigint not null default 0,    -- records
  added          bigint not null default 0,    -- events that were new: in a reconciliation, what webhooks missed
  known          bigint not null default 0,
  refused        bigint not null default 0,
  faults         jsonb not null default '[]',  -- [{fault, count, examples}]: kinds and paths, never values
  error          text,
  attempts       integer not null default 0,
  started_by     uuid,
  started_at     timestamptz not null,
  updated_at     timestamptz not null,
  next_at        timestamptz not null,
  finished_at    timestamptz,
  primary key (shop_id, id)
);
create unique index platform_run_running on platform_run (shop_id, connection_id, kind) where state = 'running';
create index platform_run_next on platform_run (next_at) where state = 'running';
create index platform_run_listed on platform_run (shop_id, connection_id, started_at desc, id);

-- What a platform was told about a customer. `due`: something changed, and it is to be told again. `next_at`: when to look again, far
-- ahead where nothing is in force.
create table platform_mark (
  shop_id        uuid not null,
  connection_id  uuid not null,
  customer_id    uuid not null,
  applied        jsonb,                        -- the marks as last told (no texts, no personal data); null: never
  applied_at     timestamptz,
  due            boolean not null default true,
  attempts       integer not null default 0,
  next_at        timestamptz not null,
  taken_until    timestamptz,                  -- somebody is telling it; after that it is anybody's again
  farewell       bytea,                        -- who an erased customer is there, under the installation's key, until our marks are gone
  fault          text,
  primary key (shop_id, connection_id, customer_id)
);
create index platform_mark_next on platform_mark (next_at);

-- The list for checkouts of guests, per connection.
create table platform_guest_list (
  shop_id        uuid not null,
  connection_id  uuid not null,
  due            boolean not null default true,
  listed         integer not null default 0,   -- who could be on it
  fitted         integer not null default 0,   -- who are
  applied_at     timestamptz,
  attempts       integer not null default 0,
  next_at        timestamptz not null,
  taken_until    timestamptz,
  fault          text,
  primary key (shop_id, connection_id)
);

-- Things done in the shop's own system: hold, cancel, decline, give. The same `key` is done once.
create table shop_act (
  shop_id        uuid not null,
  id             uuid not null,
  connection_id  uuid not null,
  customer_id    uuid,
  kind           text not null,
  key            text not null,
  about          text,                         -- the platform's reference of its order or return
  sealed         bytea not null,               -- the act, with its words, under the customer's key (the installation's without a customer)
  state          text not null check (state in ('waiting', 'done', 'failed', 'impossible', 'cancelled')),
  because        text not null check (because in ('staff', 'decision')),
  decision_id    uuid,
  measures       uuid[] not null default '{}', -- those that led to it
  asked_by       uuid,
  asked_at       timestamptz not null,
  attempts       integer not null default 0,
  next_at        timestamptz not null,
  done_at        timestamptz,
  over_at        timestamptz,                  -- of a hold: when its release or the order's cancellation was asked for
  reminded_at    timestamptz,                  -- of a hold: when the team was told that it has lasted too long
  reference      text,                         -- what the platform gave for it, such as a code
  fault          text,
  primary key (shop_id, id),
  unique (shop_id, connection_id, key)
);
create index shop_act_next on shop_act (next_at) where state = 'waiting';
create index shop_act_listed on shop_act (shop_id, asked_at desc, id);
create index shop_act_of_customer on shop_act (shop_id, customer_id, asked_at desc) where customer_id is not null;
create index shop_act_about on shop_act (shop_id, connection_id, about) where about is not null;
create index shop_act_because on shop_act using gin (measures) where kind = 'hold_order' and over_at is null;
create index shop_act_held on shop_act (done_at) where kind = 'hold_order' and state = 'done' and over_at is null;

-- Webhooks to other systems (Standard Webhooks). `cursor`: up to which row of the ledger everything was announced.
create table hook_endpoint (
  shop_id        uuid not null,
  id             uuid not null,
  url            text not null,
  topics         text[] not null,
  secrets        bytea not null,               -- under the installation's key: [{secret, until}], newest first
  note           text not null,
  state          text not null check (state in ('active', 'disabled')),
  disabled_because text check (disabled_because in ('staff', 'failing', 'gone')),
  cursor         bigint not null,
  failing_since  timestamptz,
  created_by     uuid not null,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  primary key (shop_id, id)
);

create table hook_sent (
  shop_id        uuid not null,
  id             uuid not null,                -- the webhook-id header: the same at every try
  endpoint_id    uuid not null,
  topic          text not null,
  seq            bigint,                       -- the row of the ledger it tells of; null: a test
  state          text not null check (state in ('waiting', 'sent', 'failed', 'cancelled')),
  attempts       integer not null default 0,
  next_at        timestamptz not null,
  status         integer,                      -- what the receiver answered
  fault          text,
  ms             integer,
  created_at     timestamptz not null,
  sent_at        timestamptz,
  primary key (shop_id, id),
  unique (shop_id, endpoint_id, seq)
);
create index hook_sent_next on hook_sent (next_at) where state = 'waiting';
create index hook_sent_listed on hook_sent (shop_id, endpoint_id, created_at desc, id);

grant select, insert, update, delete on
  connection, hook_received, hook_rejected, platform_order, address_seen, platform_run, platform_mark, platform_guest_list, shop_act,
  hook_endpoint, hook_sent
  to :service_role;

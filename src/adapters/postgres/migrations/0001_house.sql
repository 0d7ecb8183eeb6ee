-- The house. One row of every table belongs to one shop, and every primary and unique key begins with it, so that the
-- same schema can be distributed by shop later. Exempt are the few tables about the installation itself (installation,
-- staff, staff_session, sign_in_attempt): a person may work for several shops.
--
-- :service_role is the role the running service connects with. It may add to the ledger and read it; it may not change
-- or remove a row of it. Everything called a projection below can be dropped and made again from the ledger.

create table installation (
  id             boolean primary key default true check (id),
  created_at     timestamptz not null default now(),
  master_key_check bytea
);

-- Shops and staff ---------------------------------------------------------------------------------------------------

create table shop (
  id             uuid primary key,
  slug           text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  name           text not null,
  currency       text not null,
  time_zone      text not null,
  languages      text[] not null default '{en}',
  jurisdictions  text[] not null default '{}',
  settings       jsonb not null default '{}',
  created_at     timestamptz not null default now()
);

create table staff (
  id             uuid primary key,
  email_hash     bytea not null unique,
  sealed         bytea not null,               -- name and e-mail address, under the installation's key
  password_hash  text not null,
  created_at     timestamptz not null default now()
);

create table staff_role (
  shop_id        uuid not null,
  staff_id       uuid not null,
  role           text not null check (role in ('owner', 'manager', 'agent', 'auditor')),
  created_at     timestamptz not null default now(),
  disabled_at    timestamptz,                  -- no longer works for this shop
  primary key (shop_id, staff_id)
);
create index on staff_role (staff_id);

create table staff_session (
  token_hash     bytea primary key,
  staff_id       uuid not null,
  csrf_token     text not null,
  created_at     timestamptz not null default now(),
  last_seen_at   timestamptz not null default now(),
  expires_at     timestamptz not null
);
create index on staff_session (staff_id);

create table sign_in_attempt (
  subject_hash   bytea not null,               -- keyed hash of the address tried, or of the caller's network address
  at             timestamptz not null default now()
);
create index on sign_in_attempt (subject_hash, at);

create table api_key (
  shop_id        uuid not null,
  id             uuid not null,
  name           text not null,
  prefix         text not null,                -- the first characters, so that people can tell keys apart
  hash           bytea not null,
  scopes         text[] not null,
  created_by     uuid not null,
  created_at     timestamptz not null default now(),
  last_used_at   timestamptz,
  revoked_at     timestamptz,
  primary key (shop_id, id),
  unique (shop_id, hash)
);
create index on api_key (hash);

-- The ledger --------------------------------------------------------------------------------------------------------

-- The only truth about conduct. `body` is json, not jsonb, because its exact text is what the hash covers.
create table ledger_event (
  shop_id        uuid not null,
  seq            bigint not null check (seq > 0),
  id             uuid not null,
  customer_id    uuid,
  kind           text not null,
  occurred_at    timestamptz not null,
  recorded_at    timestamptz not null,
  source         text not null,
  source_id      text not null,
  content_hash   bytea not null,               -- keyed, over what the source said: tells a redelivery from a conflict
  body           json not null,
  sealed         bytea,                        -- personal data and free text, under the customer's own key
  prev_hash      bytea not null,
  hash           bytea not null,
  primary key (shop_id, seq),
  unique (shop_id, source, source_id)
);
create index ledger_event_by_customer on ledger_event (shop_id, customer_id, occurred_at, seq);
create index ledger_event_by_id on ledger_event (shop_id, id);
create index ledger_event_by_order on ledger_event (shop_id, (body ->> 'order')) where kind = 'order.placed';

-- Where the chain ends. A cache of the last row: verify compares the two, so a cut-off tail is noticed.
create table ledger_head (
  shop_id        uuid primary key,
  seq            bigint not null default 0,
  hash           bytea not null
);

-- One key per customer, wrapped with the installation's key. Erasing a customer deletes the row.
create table customer_key (
  shop_id        uuid not null,
  customer_id    uuid not null,
  wrapped        bytea not null,
  primary key (shop_id, customer_id)
);

-- Projections of the ledger -----------------------------------------------------------------------------------------

create table customer (
  shop_id        uuid not null,
  id             uuid not null,
  sealed         bytea,                        -- latest name, e-mail, phone, external id, under the customer's key
  first_at       timestamptz not null,
  last_at        timestamptz not null,
  events         integer not null default 0,
  orders         integer not null default 0,
  ordered_value  bigint not null default 0,
  returns        integer not null default 0,
  returned_value bigint not null default 0,
  refunded_value bigint not null default 0,
  erased_at      timestamptz,
  standing       text not null default 'good' check (standing in ('good', 'watched', 'warned', 'restricted', 'blocked')),
  standing_since timestamptz,
  standing_until timestamptz,
  because        text[] not null default '{}',
  assessed_at    timestamptz,
  next_at        timestamptz,                  -- when to assess again; now or earlier means due
  primary key (shop_id, id)
);
create index customer_due on customer (shop_id, next_at) where next_at is not null;
create index customer_recent on customer (shop_id, last_at desc, id);
create index customer_by_value on customer (shop_id, ordered_value desc, id);
create index customer_by_returned on customer (shop_id, returned_value desc, id);
create index customer_by_standing on customer (shop_id, standing, last_at desc, id);

create table customer_identifier (
  shop_id        uuid not null,
  type           text not null check (type in ('external', 'email', 'phone')),
  hash           bytea not null,
  customer_id    uuid not null,
  primary key (shop_id, type, hash)
);
create index on customer_identifier (shop_id, customer_id);

-- Finding people by the beginning of a word of their name without keeping the name: keyed hashes of its prefixes.
create table customer_search (
  shop_id        uuid not null,
  token          bytea not null,
  customer_id    uuid not null,
  primary key (shop_id, token, customer_id)
);
create index on customer_search (shop_id, customer_id);

create table measure (
  shop_id        uuid not null,
  id             uuid not null,
  customer_id    uuid not null,
  type           text not null check (type in ('warning', 'restriction', 'block')),
  state          text not null check (state in ('active', 'suspended', 'expired', 'lifted', 'voided')),
  obligations    text[] not null,
  surfaces       text[] not null,
  ladder         text,
  step           integer,
  rules          text[] not null,
  policy_version integer,
  started_at     timestamptz not null,
  until_at       timestamptz not null,
  ended_at       timestamptz,
  ended_because  text,
  primary key (shop_id, id)
);
create index on measure (shop_id, customer_id);
create index measure_in_force on measure (shop_id, until_at, id) where state = 'active';
create index measure_recent on measure (shop_id, started_at desc, id);

-- What the policy proposed and what became of it. Both are ledger events: the assessment says what it proposes, people answer.
create table proposal (
  shop_id        uuid not null,
  id             uuid not null,
  customer_id    uuid not null,
  key            text not null,
  status         text not null check (status in ('open', 'approved', 'declined', 'withdrawn')),
  type           text not null check (type in ('watch', 'warning', 'restriction', 'block')),
  ladder         text not null,
  step           integer not null,
  rules          text[] not null,
  gravity        text not null check (gravity in ('minor', 'serious', 'grave')),
  obligations    text[] not null,
  surfaces       text[] not null,
  until_at       timestamptz not null,
  skipped        text,
  trace          jsonb not null,
  evidence       uuid[] not null,
  policy_version integer,
  opened_at      timestamptz not null,
  updated_at     timestamptz not null,
  decided_at     timestamptz,
  decided_by     uuid,
  measure_id     uuid,
  first_approver uuid,
  colleague      uuid,
  seq            bigint not null,              -- the row of the ledger that last spoke of it
  primary key (shop_id, id),
  unique (shop_id, customer_id, key)
);
-- The queue: what weighs most, then what waits longest.
create index proposal_waiting on proposal (shop_id, array_position(array['grave', 'serious', 'minor'], gravity), opened_at, id)
  where status = 'open';
create index proposal_decided on proposal (shop_id, decided_at desc, id) where status <> 'open';

-- What a shop decides about itself ----------------------------------------------------------------------------------

-- Published policies are immutable: the service may add a version, never change one.
create table policy_version (
  shop_id        uuid not null,
  version        integer not null check (version > 0),
  source         text not null,
  note           text not null,
  author         uuid,                         -- null: came with Evenhand or was published from the command line
  author_name    text not null,
  published_at   timestamptz not null default now(),
  primary key (shop_id, version)
);

create table policy_draft (
  shop_id        uuid primary key,
  source         text not null,
  by             uuid not null,
  saved_at       timestamptz not null default now()
);

create table allow_entry (
  shop_id        uuid not null,
  id             uuid not null,
  type           text not null check (type in ('external', 'email', 'phone')),
  hash           bytea not null,
  sealed         bytea not null,               -- the value as entered, under the installation's key
  reason         text not null,
  created_by     uuid not null,
  created_at     timestamptz not null default now(),
  until_at       timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, type, hash)
);

create table import_run (
  shop_id        uuid not null,
  id             uuid not null,
  format         text not null,
  file_name      text not null,
  status         text not null check (status in ('running', 'done', 'failed', 'interrupted')),
  started_at     timestamptz not null default now(),
  finished_at    timestamptz,
  bytes_total    bigint,
  bytes_read     bigint not null default 0,
  rows_read      bigint not null default 0,
  added          bigint not null default 0,
  known          bigint not null default 0,
  skipped        jsonb not null default '[]',  -- [{reason, count, examples: [{where, what}]}]
  conflicts      bigint not null default 0,
  error          text,
  started_by     uuid,
  primary key (shop_id, id)
);
create index on import_run (shop_id, started_at desc, id);

-- Tells every process that something a decision depends on has changed.
create table shop_change (
  shop_id        uuid primary key,
  counter        bigint not null default 0
);

-- Rights ------------------------------------------------------------------------------------------------------------

grant select, insert on ledger_event, policy_version to :service_role;
grant select, insert, update on installation, ledger_head, shop, shop_change to :service_role;
grant select, insert, update, delete on
  staff, staff_role, staff_session, sign_in_attempt, api_key, customer_key, customer, customer_identifier, customer_search,
  measure, proposal, policy_draft, allow_entry, import_run to :service_role;

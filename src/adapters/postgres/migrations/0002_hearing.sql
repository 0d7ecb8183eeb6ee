-- Explain and hear: what customers are told, how it reaches them, their portal, and their appeals.

-- What was said to a customer, word for word, under the customer's own key. Erasing the customer makes it unreadable.
create table notice (
  shop_id        uuid not null,
  id             uuid not null,
  customer_id    uuid not null,
  kind           text not null,                -- see core/notices/types.ts
  measure_id     uuid,
  appeal_id      uuid,
  language       text not null,
  sealed         bytea not null,               -- subject, document, text and HTML as sent
  issued_at      timestamptz not null,
  primary key (shop_id, id)
);
create index on notice (shop_id, customer_id, issued_at desc, id);
create index on notice (shop_id, measure_id) where measure_id is not null;

-- Messages on their way. A row is written in the transaction of what it tells about, and moves on from there.
-- due: to be put into words · waiting: for a mail server or the next try · sent: a server took it · failed: given up, a person must look ·
-- bounced: came back · printed: went by post or by hand · cancelled: no longer true before it left.
create table outbox (
  shop_id        uuid not null,
  id             uuid not null,
  cause          jsonb not null,               -- what it tells about; holds ids and no personal data
  customer_id    uuid,                         -- null: to the team, or about nobody
  audience       text not null check (audience in ('customer', 'team')),
  state          text not null check (state in ('due', 'waiting', 'sent', 'failed', 'bounced', 'printed', 'cancelled')),
  personal       bytea,                        -- a personal paragraph for it, under the customer's key
  notice_id      uuid,
  sealed         bytea,                        -- address, subject, text and HTML; about a customer: under their key; emptied when secret
  message_id     text,                         -- the Message-ID, the same at every try
  attempts       integer not null default 0,
  next_at        timestamptz not null,
  trouble        text,                         -- why it is not there, see core/notices/outbox.ts
  error          text,                         -- what the mail server said, without addresses
  created_at     timestamptz not null,
  sent_at        timestamptz,
  updated_at     timestamptz not null,
  primary key (shop_id, id)
);
create index outbox_next on outbox (next_at) where state in ('due', 'waiting');
create index outbox_listed on outbox (shop_id, created_at desc, id);
create index outbox_by_state on outbox (shop_id, state, created_at desc, id);
create index outbox_of_notice on outbox (shop_id, notice_id) where notice_id is not null;
create unique index outbox_by_message on outbox (shop_id, message_id) where message_id is not null;

-- An appeal against a measure, or an application to have it ended. A projection. Decided: or withdrawn.
create table appeal (
  shop_id        uuid not null,
  id             uuid not null,
  customer_id    uuid not null,
  measure_id     uuid not null,
  type           text not null check (type in ('appeal', 'application')),
  state          text not null check (state in ('filed', 'under_review', 'information_asked', 'upheld', 'partly_upheld', 'rejected', 'withdrawn')),
  ground         text not null,
  language       text not null,
  round          integer not null,             -- 1: the first about this measure
  reviewer       uuid,
  filed_at       timestamptz not null,
  due_at         timestamptz not null,
  information_until timestamptz,
  decided_at     timestamptz,
  decided_by     uuid,
  updated_at     timestamptz not null,
  primary key (shop_id, id)
);
create index appeal_open on appeal (shop_id, due_at, id) where state in ('filed', 'under_review', 'information_asked');
create index appeal_closed on appeal (shop_id, decided_at desc, id) where decided_at is not null;
create index on appeal (shop_id, customer_id);
create index on appeal (shop_id, measure_id);

-- Files that came with an appeal. The bytes lie sealed in the data folder, outside everything that is served.
create table attachment (
  shop_id        uuid not null,
  id             uuid not null,
  customer_id    uuid not null,
  appeal_id      uuid not null,
  type           text not null check (type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  bytes          integer not null,
  content_hash   bytea not null,               -- keyed; tells whether a file was sent before
  sealed_name    bytea not null,               -- the file's name, under the customer's key
  added_at       timestamptz not null,
  primary key (shop_id, id)
);
create index on attachment (shop_id, appeal_id);

-- The customer's portal ---------------------------------------------------------------------------------------------

-- A link from a notice: opens the portal once; afterwards a code must be asked for.
create table portal_link (
  shop_id        uuid not null,
  token_hash     bytea not null,
  customer_id    uuid not null,
  notice_id      uuid,
  expires_at     timestamptz not null,
  used_at        timestamptz,
  primary key (shop_id, token_hash)
);
create index on portal_link (expires_at);

-- A one-time code sent by e-mail. A row is made for strangers too, so that nothing tells them apart.
create table portal_code (
  shop_id        uuid not null,
  id             uuid not null,
  customer_id    uuid,
  code_hash      bytea not null,
  attempts       integer not null default 0,
  expires_at     timestamptz not null,
  used_at        timestamptz,
  primary key (shop_id, id)
);
create index on portal_code (expires_at);
create index on portal_code (shop_id, customer_id, expires_at);

create table portal_session (
  shop_id        uuid not null,
  token_hash     bytea not null,
  customer_id    uuid not null,
  -- link: came by a link, may read and appeal · code: proved the address too, may also take or erase their data.
  level          text not null check (level in ('link', 'code')),
  csrf_token     text not null,
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  primary key (shop_id, token_hash)
);
create index on portal_session (expires_at);

-- The language a customer chose; without a row it follows from what they wrote in.
create table customer_choice (
  shop_id        uuid not null,
  customer_id    uuid not null,
  language       text not null,
  primary key (shop_id, customer_id)
);

-- How a shop looks to its customers, and how it sends mail ------------------------------------------------------------

create table shop_logo (
  shop_id        uuid primary key,
  type           text not null check (type in ('image/png', 'image/jpeg', 'image/webp')),
  bytes          bytea not null,
  updated_at     timestamptz not null
);

create table mail_server (
  shop_id        uuid primary key,
  sealed         bytea not null,               -- host, port, user, password, from, DKIM key, under the installation's key
  updated_at     timestamptz not null,
  updated_by     uuid
);

grant select, insert, update, delete on
  notice, outbox, appeal, attachment, portal_link, portal_code, portal_session, customer_choice, shop_logo, mail_server
  to :service_role;

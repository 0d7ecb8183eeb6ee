-- Links between customers who may be one person: what comparing found, and what staff answered.

-- A projection: one row a pair, the smaller id first. Bodies of events and this table hold no personal data.
create table customer_link (
  shop_id        uuid not null,
  a              uuid not null,
  b              uuid not null check (a < b),
  about          uuid not null,                -- in whose part of the ledger the question stands
  state          text not null check (state in ('found', 'confirmed', 'split')),
  class          text check (class in ('same', 'probably_same')),  -- null: staff said so, and no comparison
  millibits      integer,                      -- log odds in thousandths of a bit
  fields         jsonb not null,               -- [{field, level, millibits}]
  model          integer,                      -- which weights; 0: those that came with Evenhand
  found_at       timestamptz,
  answered_at    timestamptz,
  answered_by    uuid,
  seq            bigint not null,              -- the row of the ledger that last spoke of it
  primary key (shop_id, a, b)
);
create index customer_link_other on customer_link (shop_id, b, a);
create index customer_link_open on customer_link (shop_id, (-coalesce(millibits, 0)), seq) where state = 'found';
create index customer_link_answered on customer_link (shop_id, state) where state <> 'found';

-- A projection: what customers can have in common, as keyed hashes of normal forms. Makes nobody the same person: it is looked at
-- to find whom to compare, and to say how many share an address.
create table customer_trait (
  shop_id        uuid not null,
  kind           text not null check (kind in ('email', 'mailname', 'phone', 'address', 'name', 'device', 'card')),
  hash           bytea not null,
  customer_id    uuid not null,
  primary key (shop_id, kind, hash, customer_id)
);
create index customer_trait_of on customer_trait (shop_id, customer_id);

-- Who is to be compared: something about them is new, or they have a measure now.
create table link_due (
  shop_id        uuid not null,
  customer_id    uuid not null,
  since          timestamptz not null,
  primary key (shop_id, customer_id)
);
create index link_due_since on link_due (shop_id, since);

-- Weights learnt from the shop's own customers. Frequent values stand in them as hashes, never as text.
create table link_model (
  shop_id        uuid not null,
  version        integer not null check (version > 0),
  model          jsonb not null,
  customers      integer not null,
  answers        integer not null,
  made_at        timestamptz not null,
  primary key (shop_id, version)
);

-- When a shop's weights were last looked at, whether or not new ones came of it.
create table link_turn (
  shop_id        uuid primary key,
  looked_at      timestamptz not null
);

grant select, insert, update, delete on customer_link, customer_trait, link_due, link_model, link_turn to :service_role;

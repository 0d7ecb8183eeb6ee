-- Whoever a measure binds through a confirmed link is told of it, and can say that they are somebody else.

-- A projection: objections of customers to being taken for one person with another. Bodies of events and this table hold no personal data.
create table objection (
  shop_id        uuid not null,
  id             uuid not null,
  customer_id    uuid not null,                -- who objects
  other_id       uuid not null,                -- whose measures bind them
  state          text not null check (state in ('filed', 'upheld', 'rejected', 'withdrawn')),
  round          integer not null,             -- 1: the first about this account
  language       text not null,
  filed_at       timestamptz not null,
  due_at         timestamptz not null,
  decided_at     timestamptz,
  decided_by     uuid,
  primary key (shop_id, id)
);
create index objection_open on objection (shop_id, due_at, id) where state = 'filed';
create index on objection (shop_id, customer_id);

-- Who was told that a measure of another account binds them, and by which message: so that they are told once, and told when it ends.
create table link_told (
  shop_id        uuid not null,
  customer_id    uuid not null,
  measure_id     uuid not null,
  holder_id      uuid not null,                -- whose measure it is
  message_id     uuid not null,                -- of the outbox
  primary key (shop_id, customer_id, measure_id)
);

grant select, insert, update, delete on objection, link_told to :service_role;

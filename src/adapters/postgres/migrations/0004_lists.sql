-- The shop's own lists: who is always let through, who is stopped, and why.

-- The same value stands once, on one of the two lists: whoever writes it again says what holds from then on. Who did what to it is in the
-- ledger, as events of kind entry.*.
create table list_entry (
  shop_id        uuid not null,
  id             uuid not null,
  list           text not null check (list in ('allow', 'deny')),
  type           text not null check (type in ('email', 'external', 'phone', 'email_domain', 'name_address', 'ip', 'device')),
  hash           bytea not null,               -- keyed, of the normal form
  sealed         bytea,                        -- the value as written, under the installation's key; null: it was an erased customer's
  reason         bytea,                        -- sealed like the value; null: erased with it, or still in old_reason
  old_reason     text,                         -- of the allow-list there was before, in the clear until it is written anew
  answer         text check (answer in ('challenge', 'review', 'deny')),
  created_by     uuid,                         -- null: the command line
  created_at     timestamptz not null,
  until_at       timestamptz not null,
  hits           bigint not null default 0,    -- how often a decision found it
  last_hit_at    timestamptz,
  primary key (shop_id, id),
  unique (shop_id, type, hash),
  check ((list = 'allow') = (answer is null))
);
create index list_entry_recent on list_entry (shop_id, created_at desc, id);
create index list_entry_ending on list_entry (shop_id, until_at, id);

-- What was on the allow-list stays on it.
insert into list_entry (shop_id, id, list, type, hash, sealed, old_reason, created_by, created_at, until_at)
select shop_id, id, 'allow', type, hash, sealed, reason, created_by, created_at, until_at from allow_entry;
drop table allow_entry;

-- What was done to the lists, newest first, and to one entry.
create index ledger_event_of_lists on ledger_event (shop_id, seq desc)
  where kind in ('entry.added', 'entry.changed', 'entry.extended', 'entry.removed');
create index ledger_event_by_entry on ledger_event (shop_id, (body ->> 'entry'), seq desc)
  where kind in ('entry.added', 'entry.changed', 'entry.extended', 'entry.removed');

grant select, insert, update, delete on list_entry to :service_role;

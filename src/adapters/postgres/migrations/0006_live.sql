-- What the processes of an installation tell one another of what they count for live rules: keyed hashes and times, packed. Kept for a week.
-- Unlogged: it is written twice a second, and losing it makes a rule fire later, never sooner.
create unlogged table live_count (
  shop_id        uuid not null,
  process        uuid not null,                -- one start of one process
  number         bigint not null,              -- the process's own count of its batches; of several put together, the last
  at             timestamptz not null,
  packed         boolean not null default false, -- several batches put together
  counts         bytea not null,
  primary key (shop_id, process, number)
);
-- Exchanges ask by process: each reads what it does not know of the others.
create index live_count_news on live_count (process, number);
create index live_count_at on live_count (at);

grant select, insert, update, delete on live_count to :service_role;

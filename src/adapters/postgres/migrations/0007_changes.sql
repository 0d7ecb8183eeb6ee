-- What changed of all that decisions depend on, row by row, so that each process renews what is named here and nothing else. Numbered by
-- shop_change.counter without gaps: whoever misses a number reads everything again. Kept for the last few thousand changes of a shop.

create table decision_change (
  shop_id        uuid not null,
  counter        bigint not null,
  everything     boolean not null default false,   -- nothing is named: all of it may have changed
  policy         boolean not null default false,   -- the published policy, or the shop's settings
  customers      uuid[] not null default '{}',
  entries        uuid[] not null default '{}',
  primary key (shop_id, counter)
);

grant select, insert, delete on decision_change to :service_role;

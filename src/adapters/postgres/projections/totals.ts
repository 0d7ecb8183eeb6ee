import { sql, type Transaction } from 'kysely';
import { type LedgerEvent, reportedEvents } from '../../../core/events/event.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import { addUnits, inShopCurrency } from '../../../core/shared/money.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { Shop } from '../../../ports.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { findVoided } from './corrections.ts';
import type { Projected } from './project.ts';

interface Totals {
  first: Instant;
  last: Instant;
  /** Whether anything was reported; what we record ourselves does not move the times. */
  reported: boolean;
  due: boolean;
  events: number;
  orders: number;
  orderedValue: number;
  returns: number;
  returnedValue: number;
  refundedValue: number;
}

/** The figures that tables show. Voided events count in none of them; every other judgement belongs to the metrics. */
export async function projectTotals(
  tx: Transaction<Database>,
  shop: Shop,
  rows: readonly Projected[],
  dueAt: Instant,
): Promise<void> {
  const totals = new Map<CustomerId, Totals>();
  for (const { event } of rows) {
    if (event.customer === null) continue;
    const own = totalsOf(totals, event.customer, event.occurredAt);
    if (event.kind !== 'decision.made') own.due = true;
    if (Object.hasOwn(reportedEvents, event.kind)) count(own, event, shop.currency, 1);
  }
  for (const { event, sign } of await findVoided(tx, shop.id, rows))
    if (event.customer !== null) count(totalsOf(totals, event.customer, event.occurredAt), event, shop.currency, sign);
  if (totals.size > 0) await save(tx, shop, totals, dueAt);
}

function totalsOf(all: Map<CustomerId, Totals>, customer: CustomerId, at: Instant): Totals {
  const known = all.get(customer);
  if (known !== undefined) return known;
  const fresh: Totals = {
    first: at,
    last: at,
    reported: false,
    due: false,
    events: 0,
    orders: 0,
    orderedValue: 0,
    returns: 0,
    returnedValue: 0,
    refundedValue: 0,
  };
  all.set(customer, fresh);
  return fresh;
}

function count(own: Totals, event: LedgerEvent, currency: string, sign: 1 | -1): void {
  own.events += sign;
  if (sign === 1) {
    own.first = own.reported && own.first <= event.occurredAt ? own.first : event.occurredAt;
    own.last = own.reported && own.last >= event.occurredAt ? own.last : event.occurredAt;
    own.reported = true;
  }
  switch (event.kind) {
    case 'order.placed':
      own.orders += sign;
      own.orderedValue = addUnits(own.orderedValue, sign * inShopCurrency(event.body.total, currency));
      return;
    case 'return.received':
      own.returns += sign;
      own.returnedValue = addUnits(own.returnedValue, sign * inShopCurrency(event.body.value, currency));
      return;
    case 'refund.issued':
      own.refundedValue = addUnits(own.refundedValue, sign * inShopCurrency(event.body.amount, currency));
      return;
    default:
      return;
  }
}

async function save(
  tx: Transaction<Database>,
  shop: Shop,
  totals: ReadonlyMap<CustomerId, Totals>,
  dueAt: Instant,
): Promise<void> {
  const all = [...totals.values()];
  const due = formatInstant(dueAt);
  await sql`
    with fresh as (
      select * from unnest(
        ${packed('uuid', [...totals.keys()])},
        ${packed(
          'boolean',
          all.map((own) => own.reported),
        )},
        ${packed(
          'timestamptz',
          all.map((own) => formatInstant(own.first)),
        )},
        ${packed(
          'timestamptz',
          all.map((own) => formatInstant(own.last)),
        )},
        ${packed(
          'integer',
          all.map((own) => own.events),
        )},
        ${packed(
          'integer',
          all.map((own) => own.orders),
        )},
        ${packed(
          'bigint',
          all.map((own) => own.orderedValue),
        )},
        ${packed(
          'integer',
          all.map((own) => own.returns),
        )},
        ${packed(
          'bigint',
          all.map((own) => own.returnedValue),
        )},
        ${packed(
          'bigint',
          all.map((own) => own.refundedValue),
        )},
        ${packed(
          'timestamptz',
          all.map((own) => (own.due ? due : null)),
        )}
      ) as t (id, reported, first_at, last_at, events, orders, ordered_value, returns, returned_value, refunded_value, next_at)
    ), known as (
      update customer c set
        first_at = case when f.reported then least(c.first_at, f.first_at) else c.first_at end,
        last_at = case when f.reported then greatest(c.last_at, f.last_at) else c.last_at end,
        events = c.events + f.events,
        orders = c.orders + f.orders,
        ordered_value = c.ordered_value + f.ordered_value,
        returns = c.returns + f.returns,
        returned_value = c.returned_value + f.returned_value,
        refunded_value = c.refunded_value + f.refunded_value,
        next_at = coalesce(f.next_at, c.next_at)
      from fresh f where c.shop_id = ${shop.id} and c.id = f.id
      returning c.id
    )
    insert into customer (shop_id, id, first_at, last_at, events, orders, ordered_value, returns, returned_value,
                          refunded_value, next_at)
    select ${shop.id}::uuid, id, first_at, last_at, events, orders, ordered_value, returns, returned_value, refunded_value, next_at
    from fresh where not exists (select 1 from known where known.id = fresh.id)`.execute(tx);
}

import { type Kysely, type Selectable, sql } from 'kysely';
import type { CustomerId, MeasureId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { MeasureRecord, StandingStore } from '../../../ports/standing.ts';
import { type MeasureRow, measureColumns, toMeasure } from '../queries/measure-row.ts';
import type { Database } from '../schema.ts';
import { toProposal } from './proposal-row.ts';
import { saveAssessed } from './save-assessed.ts';

interface Due {
  readonly id: CustomerId;
  readonly events: number;
}

export function createStandingStore(db: Kysely<Database>): StandingStore {
  return {
    async claimDue(shop, now, most) {
      const { rows } = await sql<Due>`
        select id, events from customer where shop_id = ${shop} and next_at <= ${formatInstant(now)}
        order by next_at, id limit ${most.customers} for update skip locked`.execute(db);
      const customers = withinReach(rows, most.events);
      return { customers, more: rows.length === most.customers || customers.length < rows.length };
    },
    async claim(shop, customer) {
      const { rows } =
        await sql`select 1 from customer where shop_id = ${shop} and id = ${customer} for update`.execute(db);
      return rows.length > 0;
    },
    save: (shop, assessed, now) => saveAssessed(db, shop, assessed, now),
    async postpone(shop, customers, until) {
      if (customers.length === 0) return;
      await sql`
        update customer set next_at = ${formatInstant(until)}
        where shop_id = ${shop} and id = any(${[...customers]}::uuid[])`.execute(db);
    },
    async countDue(shop, now) {
      const { rows } = await sql<{ due: number }>`
        select count(*) as due from customer where shop_id = ${shop} and next_at <= ${formatInstant(now)}`.execute(db);
      return rows[0]?.due ?? 0;
    },
    async shopsWithDue(now) {
      const { rows } = await sql<{ id: ShopId }>`
        select id from shop s where s.id in (
          select c.shop_id from customer c where c.next_at <= ${formatInstant(now)})`.execute(db);
      return rows.map((row) => row.id);
    },
    async proposal(shop, id) {
      const row = await db
        .selectFrom('proposal')
        .selectAll()
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : toProposal(row);
    },
    async proposals(shop, { ids, openAbout }) {
      if (ids.length === 0 && openAbout.length === 0) return [];
      const { rows } = await sql<Selectable<Database['proposal']>>`
        select * from proposal where shop_id = ${shop} and id = any(${[...ids]}::uuid[])
        union all
        select * from proposal where shop_id = ${shop} and customer_id = any(${[...openAbout]}::uuid[])
          and status = 'open' and id <> all(${[...ids]}::uuid[])`.execute(db);
      return rows.map(toProposal);
    },
    measure: async (shop, id) => (await measuresOf(db, shop, [id]))[0] ?? null,
    measures: (shop, ids) => measuresOf(db, shop, ids),
    async activeOf(shop, customer) {
      const { rows } = await sql<MeasureRow>`
        select ${measureColumns} from measure m
        where m.shop_id = ${shop} and m.customer_id = ${customer} and m.state = 'active'`.execute(db);
      return rows.map(toMeasure);
    },
  };
}

/** As many of the customers as have so many events together; always at least one. */
function withinReach(due: readonly Due[], most: number): CustomerId[] {
  let total = 0;
  const taken: CustomerId[] = [];
  for (const { id, events } of due) {
    total += events;
    if (taken.length > 0 && total > most) break;
    taken.push(id);
  }
  return taken;
}

async function measuresOf(
  db: Kysely<Database>,
  shop: ShopId,
  ids: readonly MeasureId[],
): Promise<readonly MeasureRecord[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<MeasureRow>`
    select ${measureColumns} from measure m where m.shop_id = ${shop} and m.id = any(${[...ids]}::uuid[])`.execute(db);
  return rows.map(toMeasure);
}

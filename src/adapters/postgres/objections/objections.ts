import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { CustomerId, MeasureId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { ObjectionRecord, ObjectionStore } from '../../../ports/objections.ts';
import { bindsNow, sameFrom } from '../links/people.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

/** Of one customer more than these are never shown at once. */
const MOST_OF_CUSTOMER = 50;

/** Objections and what they are about, on PostgreSQL. */
export function createObjectionStore(db: Kysely<Database>): ObjectionStore {
  const objections = async (shop: ShopId, more: RawBuilder<unknown>): Promise<readonly ObjectionRecord[]> => {
    const { rows } = await sql<ObjectionRow>`select * from objection where shop_id = ${shop} ${more}`.execute(db);
    return rows.map(toObjection);
  };
  return {
    one: async (shop, id) => (await objections(shop, sql`and id = ${id}`))[0] ?? null,
    open: (shop, most) => objections(shop, sql`and state = 'filed' order by due_at, id limit ${most}`),
    openOf: async (shop, customers) =>
      customers.length === 0
        ? []
        : objections(shop, sql`and state = 'filed' and customer_id = any(${packed('uuid', customers)}) order by id`),
    ofCustomer: (shop, customer) =>
      objections(
        shop,
        sql`and customer_id = ${customer} order by filed_at desc, round desc, id limit ${MOST_OF_CUSTOMER}`,
      ),
    async bindings(shop, customers, now) {
      if (customers?.length === 0) return [];
      const { rows } = await sql<{ customer: CustomerId; holder: CustomerId; measure: MeasureId }>`
        with recursive seeds as (${seedsOf(shop, customers)}), ${sameFrom(shop, sql`seeds`)}
        select same.seed as customer, m.customer_id as holder, m.id as measure
          from same
          join measure m on m.shop_id = ${shop} and m.customer_id = same.id and ${bindsNow}
                        and m.until_at > ${formatInstant(now)}::timestamptz
          join customer c on c.shop_id = ${shop} and c.id = same.seed and c.erased_at is null
         where same.seed <> same.id order by same.seed, m.started_at, m.id`.execute(db);
      return rows;
    },
    async told(shop, customers) {
      if (customers?.length === 0) return [];
      const among = customers === null ? sql`` : sql`and customer_id = any(${packed('uuid', customers)})`;
      const { rows } = await sql<{ customer: CustomerId; holder: CustomerId; measure: MeasureId; message: string }>`
        select customer_id as customer, holder_id as holder, measure_id as measure, message_id as message
          from link_told where shop_id = ${shop} ${among} order by customer_id, measure_id`.execute(db);
      return rows;
    },
    async keepTold(shop, { customer, measure, holder, message }) {
      await sql`insert into link_told (shop_id, customer_id, measure_id, holder_id, message_id)
                values (${shop}, ${customer}, ${measure}, ${holder}, ${message})`.execute(db);
    },
    async forgetTold(shop, { customer, measure }) {
      await sql`delete from link_told
                 where shop_id = ${shop} and customer_id = ${customer} and measure_id = ${measure}`.execute(db);
    },
    async shopsWithBindings() {
      const { rows } = await sql<{ id: ShopId }>`
        select s.id from shop s
         where exists (select 1 from customer_link l where l.shop_id = s.id and l.state = 'confirmed')
            or exists (select 1 from link_told t where t.shop_id = s.id)`.execute(db);
      return rows.map(({ id }) => id);
    },
  };
}

type ObjectionRow = Selectable<Database['objection']>;

const seedsOf = (shop: ShopId, customers: readonly CustomerId[] | null): RawBuilder<unknown> =>
  customers === null
    ? sql`select a as id from customer_link where shop_id = ${shop} and state = 'confirmed'
          union select b from customer_link where shop_id = ${shop} and state = 'confirmed'`
    : sql`select id from unnest(${packed('uuid', customers)}) as wanted (id)`;

const toObjection = (row: ObjectionRow): ObjectionRecord => ({
  id: row.id,
  customer: row.customer_id,
  other: row.other_id,
  state: row.state,
  round: row.round,
  language: row.language,
  filedAt: row.filed_at,
  dueAt: row.due_at,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
});

import { type Kysely, sql } from 'kysely';
import { isOpen } from '../../../core/appeals/types.ts';
import type { AppealId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { AppealStore } from '../../../ports/hearing.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { type AppealRow, toAppeal } from './appeal-row.ts';
import { attachmentQueries } from './attachments.ts';

const open = sql`state in ('filed', 'under_review', 'information_asked')`;

/** Of one customer more than these are never shown at once. */
const MOST_OF_CUSTOMER = 200;

export function createAppealStore(db: Kysely<Database>, vault: Vault): AppealStore {
  return {
    ...attachmentQueries(db, vault),
    async one(shop, id) {
      const { rows } = await sql<AppealRow>`
        select * from appeal where shop_id = ${shop} and id = ${id}`.execute(db);
      return rows[0] === undefined ? null : toAppeal(rows[0]);
    },
    async ofCustomer(shop, customer) {
      const { rows } = await sql<AppealRow>`
        select * from appeal where shop_id = ${shop} and customer_id = ${customer}
         order by filed_at desc, id limit ${MOST_OF_CUSTOMER}`.execute(db);
      return rows.map(toAppeal);
    },
    async list(shop, { states, after, limit }) {
      const waiting = states.every(isOpen);
      const column = waiting ? sql`due_at` : sql`decided_at`;
      const beyond =
        after === null
          ? sql`true`
          : waiting
            ? sql`(due_at, id) > (${formatInstant(after.at)}::timestamptz, ${after.id}::uuid)`
            : sql`(decided_at < ${formatInstant(after.at)} or decided_at = ${formatInstant(after.at)} and id > ${after.id}::uuid)`;
      const { rows } = await sql<AppealRow>`
        select * from appeal
         where shop_id = ${shop} and state = any(${[...states]}::text[]) and ${waiting ? open : sql`decided_at is not null`}
           and ${beyond}
         order by ${column} ${waiting ? sql`asc` : sql`desc`}, id limit ${limit}`.execute(db);
      return rows.map(toAppeal);
    },
    async counts(shop, now) {
      const { rows } = await sql<{ open: number; overdue: number }>`
        select count(*) as open, count(*) filter (where due_at < ${formatInstant(now)}) as overdue
          from appeal where shop_id = ${shop} and ${open}`.execute(db);
      return rows[0] ?? { open: 0, overdue: 0 };
    },
    async overdue(shop, now, after, most) {
      const { rows } = await sql<{ id: AppealId }>`
        select a.id from appeal a
         where a.shop_id = ${shop} and a.id > ${after ?? NO_ID}::uuid and ${suspends(now)}
         order by a.id limit ${most}`.execute(db);
      return rows.map((row) => row.id);
    },
    async shopsWithOverdue(now) {
      const { rows } = await sql<{ id: ShopId }>`
        select s.id from shop s
         where (s.settings ->> 'suspendWhileOverdue')::boolean
           and s.id in (select a.shop_id from appeal a where ${suspends(now)})`.execute(db);
      return rows.map((row) => row.id);
    },
  };
}

const NO_ID = '00000000-0000-0000-0000-000000000000';

/** An appeal `a` whose lateness can suspend what it is against. */
const suspends = (now: Instant) => sql`
  a.state in ('filed', 'under_review', 'information_asked') and a.type = 'appeal' and a.due_at < ${formatInstant(now)}
  and exists (select from measure m where m.shop_id = a.shop_id and m.id = a.measure_id
                and m.state = 'active' and m.type <> 'warning' and m.until_at > ${formatInstant(now)})`;

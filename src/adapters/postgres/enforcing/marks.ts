import { type Kysely, sql } from 'kysely';
import type { BareMarks } from '../../../core/enforcement/desired.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant, instant } from '../../../core/shared/time.ts';
import type { ClaimedMark, Farewell, MarkStore } from '../../../ports/enforcing.ts';
import type { Vault } from '../../../ports.ts';
import type { Soon } from '../../jobs/jobs.ts';
import type { Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';
import { makeAllDue } from './make-due.ts';

/** When nothing changes by itself. */
export const NEVER = instant(Date.UTC(2199, 11, 31));

export interface EnforcingContext {
  readonly vault: Vault;
  readonly soon?: Soon | undefined;
}

interface MarkColumns {
  readonly customer_id: CustomerId;
  readonly applied: BareMarks | null;
  readonly attempts: number;
  readonly erased: boolean;
  readonly farewell: Buffer | null;
}

const columns = sql`p.customer_id, p.applied, p.attempts, p.farewell,
  exists (select 1 from customer c where c.shop_id = p.shop_id and c.id = p.customer_id and c.erased_at is not null) as erased`;

/** What platforms were told of customers. */
export function createMarkStore(db: Kysely<Database>, { vault, soon }: EnforcingContext): MarkStore {
  const opened = (row: MarkColumns): ClaimedMark => ({
    customer: row.customer_id,
    applied: row.applied,
    attempts: row.attempts,
    erased: row.erased,
    farewell: row.farewell === null ? null : (JSON.parse(vault.open(row.farewell)) as Farewell),
  });
  return {
    allDue: (shop, _connection, at) =>
      inTransaction(db, async (tx) => {
        if (await makeAllDue(tx, shop, at)) await soon?.('enforce', tx, shop);
      }),
    async claim(shop, connection, { now, until, most }) {
      const { rows } = await sql<MarkColumns>`
        with mine as (
          select customer_id from platform_mark
           where shop_id = ${shop} and connection_id = ${connection} and next_at <= ${formatInstant(now)}
             and (taken_until is null or taken_until <= ${formatInstant(now)})
           order by next_at, customer_id limit ${most} for update skip locked)
        update platform_mark p
           set taken_until = ${formatInstant(until)}, due = false,
               attempts = p.attempts + case when p.taken_until is null then 0 else 1 end
          from mine where p.shop_id = ${shop} and p.connection_id = ${connection} and p.customer_id = mine.customer_id
        returning ${columns}`.execute(db);
      return rows.map(opened);
    },
    async told(shop, connection, customer, { marks, at, nextAt }) {
      // Only what did not change while it was being told is done with.
      const { rows } = await sql<{ due: boolean }>`
        update platform_mark
           set applied = ${JSON.stringify(plain(marks))}::jsonb, applied_at = ${formatInstant(at)}, taken_until = null,
               attempts = 0, fault = null, farewell = case when due then farewell end,
               next_at = case when due then next_at else ${formatInstant(nextAt ?? NEVER)}::timestamptz end
         where shop_id = ${shop} and connection_id = ${connection} and customer_id = ${customer}
        returning due`.execute(db);
      return rows[0]?.due ?? false;
    },
    async notTold(shop, connection, customer, { fault, nextAt, spent }) {
      await sql`
        update platform_mark
           set taken_until = null, due = true, fault = ${fault}, attempts = attempts + ${spent ? 1 : 0},
               next_at = case when due then next_at else ${formatInstant(nextAt)}::timestamptz end
         where shop_id = ${shop} and connection_id = ${connection} and customer_id = ${customer}`.execute(db);
    },
    async leave(shop, connection, customer, fault) {
      await sql`
        update platform_mark
           set taken_until = null, applied = null, fault = ${fault}, attempts = 0, farewell = case when due then farewell end,
               next_at = case when due then next_at else ${formatInstant(NEVER)}::timestamptz end
         where shop_id = ${shop} and connection_id = ${connection} and customer_id = ${customer}`.execute(db);
    },
    async postpone(shop, connection, until) {
      const later = formatInstant(until);
      // What somebody is changing at this moment is passed over: waiting for it row by row could end in a deadlock with them.
      await sql`
        with mine as (
          select customer_id from platform_mark
           where shop_id = ${shop} and connection_id = ${connection} and next_at < ${later} for update skip locked)
        update platform_mark p set next_at = ${later} from mine
         where p.shop_id = ${shop} and p.connection_id = ${connection} and p.customer_id = mine.customer_id`.execute(
        db,
      );
      await sql`update platform_guest_list set next_at = ${later}
                 where shop_id = ${shop} and connection_id = ${connection} and next_at < ${later}`.execute(db);
    },
    async of(shop, connection, customer) {
      const { rows } = await sql<{
        applied: BareMarks | null;
        applied_at: Instant | null;
        waiting: boolean;
        fault: string | null;
      }>`
        select applied, applied_at, due or taken_until is not null as waiting, fault from platform_mark
         where shop_id = ${shop} and connection_id = ${connection} and customer_id = ${customer}`.execute(db);
      const [row] = rows;
      return row === undefined
        ? null
        : { applied: row.applied, appliedAt: row.applied_at, waiting: row.waiting, fault: row.fault };
    },
    async counts(shop, connection) {
      const { rows } = await sql<{ told: number; waiting: number; failed: number }>`
        select count(*) filter (where applied ->> 'as' is not null) as told,
               count(*) filter (where (due or taken_until is not null) and fault is null) as waiting,
               count(*) filter (where fault is not null) as failed
          from platform_mark where shop_id = ${shop} and connection_id = ${connection}`.execute(db);
      return rows[0] ?? { told: 0, waiting: 0, failed: 0 };
    },
    async marked(shop, connection, { after, limit }) {
      const { rows } = await sql<MarkColumns>`
        select ${columns} from platform_mark p
         where p.shop_id = ${shop} and p.connection_id = ${connection}
           and (p.applied ->> 'as' is not null or p.taken_until is not null)
           ${after === null ? sql`` : sql`and p.customer_id > ${after}`}
         order by p.customer_id limit ${limit}`.execute(db);
      return rows.map(opened);
    },
  };
}

/** Nothing but what is compared: no sentence, and so nobody's data. */
const plain = ({ as, refused, obligations, until }: BareMarks): BareMarks => ({ as, refused, obligations, until });

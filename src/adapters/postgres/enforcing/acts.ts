import { type Kysely, sql, type Transaction } from 'kysely';
import { aboutOf } from '../../../core/enforcement/acts.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { ActRecord, ActStore } from '../../../ports/enforcing.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { type ActColumns, actColumns, sealAct, toAct } from './act-row.ts';
import type { EnforcingContext } from './marks.ts';
import { moveAct } from './move-act.ts';
import { shopsWithDue } from './shops-with-due.ts';

/** Of an act `a`: somebody is doing it at this moment. What is about the same order waits for it, so that nothing overtakes. */
const inFlight = (at: Instant) =>
  sql`(a.state = 'waiting' and a.attempts > 0 and a.fault is null and a.next_at > ${formatInstant(at)}::timestamptz)`;

/** Things that are done in the shop's own system. */
export function createActStore(db: Kysely<Database>, { vault, soon }: EnforcingContext): ActStore {
  const ring = async (shop: ShopId): Promise<void> => {
    if (db.isTransaction) await soon?.('enforce', db as Transaction<Database>, shop);
  };
  const opened = ({ rows }: { readonly rows: readonly ActColumns[] }): readonly ActRecord[] =>
    rows.map((row) => toAct(vault, row));
  const one = async (shop: ShopId, id: string, locked: boolean): Promise<ActRecord | null> => {
    const found = await sql<ActColumns>`
      select ${actColumns} from shop_act a where a.shop_id = ${shop} and a.id = ${id} ${locked ? sql`for update` : sql``}`.execute(
      db,
    );
    return opened(found)[0] ?? null;
  };
  const byKey: ActStore['byKey'] = async (shop, connection, key) => {
    const { rows } = await sql<{ id: string }>`
      select id from shop_act where shop_id = ${shop} and connection_id = ${connection} and key = ${key}`.execute(db);
    return rows[0]?.id ?? null;
  };

  return {
    async ask(shop, { id, connection, customer, act, name, key, at, ...why }) {
      if (!db.isTransaction) throw new Error('An act is asked for in the transaction of what asks for it');
      const { rows: keys } = await sql<{ wrapped: Buffer }>`
        select wrapped from customer_key where shop_id = ${shop} and customer_id = ${customer}`.execute(db);
      const about = aboutOf(act);
      const added = await db
        .insertInto('shop_act')
        .values({
          shop_id: shop,
          id,
          connection_id: connection,
          customer_id: customer,
          kind: act.kind,
          key,
          about,
          sealed: sealAct(vault, keys[0]?.wrapped ?? null, { act, name, said: null }),
          state: why.impossible === true ? 'impossible' : 'waiting',
          because: why.because,
          decision_id: why.decision,
          measures: [...why.measures],
          asked_by: why.askedBy,
          asked_at: formatInstant(at),
          next_at: formatInstant(at),
          reference: null,
          fault: why.impossible === true ? 'by_hand' : null,
        })
        .onConflict((conflict) => conflict.columns(['shop_id', 'connection_id', 'key']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (added === undefined) return { id: (await byKey(shop, connection, key)) ?? id, added: false };
      if (act.kind === 'release_order' || act.kind === 'cancel_order')
        await sql`
          update shop_act a
             set over_at = ${formatInstant(at)},
                 state = case when state = 'done' or ${inFlight(at)} then state else 'cancelled' end
           where shop_id = ${shop} and connection_id = ${connection} and about = ${about} and kind = 'hold_order'
             and state in ('waiting', 'done', 'failed') and over_at is null`.execute(db);
      if (why.impossible !== true) await ring(shop);
      return { id, added: true };
    },
    one: (shop, id) => one(shop, id, false),
    lock: (shop, id) => one(shop, id, true),
    byKey,
    async claim(shop, connection, { now, until, most }) {
      return opened(
        await sql<ActColumns>`
        with mine as (
          select id from shop_act due
           where shop_id = ${shop} and connection_id = ${connection} and state = 'waiting' and next_at <= ${formatInstant(now)}
             and (due.about is null or not exists (
               select 1 from shop_act a
                where a.shop_id = ${shop} and a.connection_id = ${connection} and a.about = due.about and a.id <> due.id
                  and ${inFlight(now)}))
           order by next_at, asked_at, id limit ${most} for update skip locked)
        update shop_act a set next_at = ${formatInstant(until)}, attempts = a.attempts + 1, fault = null
          from mine where a.shop_id = ${shop} and a.id = mine.id
        returning ${actColumns}`.execute(db),
      );
    },
    async move(shop, id, moved) {
      const happened = await moveAct(db, vault, shop, id, moved);
      if (happened && moved.on === 'retry') await ring(shop);
      return happened;
    },
    async postpone(shop, connection, until, fault) {
      const later = formatInstant(until);
      // As with marks: what somebody has locked is passed over.
      await sql`
        with mine as (
          select id from shop_act
           where shop_id = ${shop} and connection_id = ${connection} and state = 'waiting' and next_at < ${later}
             for update skip locked)
        update shop_act a set next_at = ${later}, fault = coalesce(a.fault, ${fault}) from mine
         where a.shop_id = ${shop} and a.id = mine.id`.execute(db);
    },
    async cancelAll(shop, connection, at) {
      // What a release was to end lasts on, and can be released anew when the same system is connected again.
      const { rows } = await sql`
        with ended as (
          update shop_act set state = 'cancelled', next_at = ${formatInstant(at)}, fault = 'disconnected',
                 key = case kind when 'release_order' then key || ' ' || id else key end
           where shop_id = ${shop} and connection_id = ${connection} and state = 'waiting' returning id, kind, about),
        lasting as (
          update shop_act set over_at = null
           where shop_id = ${shop} and connection_id = ${connection} and kind = 'hold_order' and state = 'done'
             and about in (select about from ended where kind in ('release_order', 'cancel_order')))
        select id from ended`.execute(db);
      return rows.length;
    },
    async list(shop, { state, after, limit }) {
      const conditions = [sql`a.shop_id = ${shop}`];
      if (state !== null) conditions.push(sql`a.state = ${state}`);
      if (after !== null) {
        const at = sql`${formatInstant(after.at)}::timestamptz`;
        conditions.push(sql`a.asked_at <= ${at} and (a.asked_at < ${at} or a.id > ${after.id}::uuid)`);
      }
      return opened(
        await sql<ActColumns>`
        select ${actColumns} from shop_act a where ${sql.join(conditions, sql` and `)}
         order by a.asked_at desc, a.id limit ${limit}`.execute(db),
      );
    },
    async ofCustomer(shop, customer, limit) {
      return opened(
        await sql<ActColumns>`
        select ${actColumns} from shop_act a where a.shop_id = ${shop} and a.customer_id = ${customer}
         order by a.asked_at desc, a.id limit ${limit}`.execute(db),
      );
    },
    async heldOrders(shop, connection, orders) {
      if (orders.length === 0) return new Map();
      const { rows } = await sql<{ about: string; id: string }>`
        select distinct on (about) about, id from shop_act
         where shop_id = ${shop} and connection_id = ${connection} and about = any(${[...new Set(orders)]}::text[])
           and kind = 'hold_order' and state = 'done' and over_at is null
         order by about, asked_at desc`.execute(db);
      return new Map(rows.map((row) => [row.about, row.id]));
    },
    async holdsOn(shop, connection, customers) {
      if (customers.length === 0) return [];
      return opened(
        await sql<ActColumns>`
        select ${actColumns} from shop_act a
         where a.shop_id = ${shop} and a.connection_id = ${connection} and a.kind = 'hold_order' and a.over_at is null
           and a.because = 'decision' and a.state in ('waiting', 'done', 'failed')
           and (a.customer_id = any(${packed('uuid', customers)})
                or a.measures && array(select m.id from measure m
                                        where m.shop_id = ${shop} and m.customer_id = any(${packed('uuid', customers)})))
         order by a.asked_at, a.id limit 500`.execute(db),
      );
    },
    async heldTooLong(shop, connection, before, most) {
      return opened(
        await sql<ActColumns>`
        select ${actColumns} from shop_act a
         where a.shop_id = ${shop} and a.connection_id = ${connection} and a.kind = 'hold_order' and a.state = 'done'
           and a.over_at is null and a.reminded_at is null and a.done_at <= ${formatInstant(before)}
         order by a.done_at, a.id limit ${most} for update skip locked`.execute(db),
      );
    },
    async reminded(shop, ids, at) {
      if (ids.length === 0) return;
      await sql`update shop_act set reminded_at = ${formatInstant(at)}
                 where shop_id = ${shop} and id = any(${packed('uuid', ids)})`.execute(db);
    },
    async failed(shop) {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from shop_act where shop_id = ${shop} and state = 'failed'`.execute(db);
      return rows[0]?.count ?? 0;
    },
    shopsWithDue: (now) => shopsWithDue(db, now),
  };
}

import { type Kysely, sql, type Transaction } from 'kysely';
import { id as brand, type CustomerId, type ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant, instant } from '../../../core/shared/time.ts';
import type {
  Received,
  ReceivedCounts,
  ReceivedListing,
  ReceivedState,
  ReceivedStore,
} from '../../../ports/connections.ts';
import type { Vault } from '../../../ports.ts';
import type { Soon } from '../../jobs/jobs.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';
import { receivedHealth } from './received-health.ts';

const MINUTE = 60_000;

/** Webhooks as they came in, sealed under the installation's key until they were read and a week more. */
export function createReceivedStore(
  db: Kysely<Database>,
  { vault, soon }: { readonly vault: Vault; readonly soon?: Soon | undefined },
): ReceivedStore {
  const asker = new Asker(db, soon);
  return {
    async add(received) {
      if (received.length === 0) return 0;
      const values = received.map((one) => ({
        shop_id: one.shop,
        connection_id: one.connection,
        id: one.id,
        delivery: one.delivery,
        topic: one.topic,
        state: 'waiting' as const,
        sealed: vault.seal(one.body),
        triggered_at: one.triggeredAt === null ? null : formatInstant(one.triggeredAt),
        received_at: formatInstant(one.receivedAt),
        live: one.live,
        next_at: formatInstant(one.nextAt),
      }));
      const added = await db
        .insertInto('hook_received')
        .values(values)
        .onConflict((conflict) => conflict.columns(['shop_id', 'connection_id', 'delivery']).doNothing())
        .returning('shop_id')
        .execute();
      for (const shop of new Set(added.map(({ shop_id }) => shop_id))) {
        if (db.isTransaction) await soon?.('intake', db as Transaction<Database>, shop);
        else asker.ask(shop);
      }
      return added.length;
    },

    async reject(rejected) {
      for (const { shop, connection, reason, count, at } of rejected) {
        const hour = instant(at - (at % (60 * MINUTE)));
        await sql`
          insert into hook_rejected (shop_id, connection_id, hour, reason, count, last_at)
          values (${shop}, ${connection}, ${formatInstant(hour)}, ${reason}, ${count}, ${formatInstant(at)})
          on conflict (shop_id, connection_id, hour, reason)
          do update set count = hook_rejected.count + excluded.count, last_at = greatest(hook_rejected.last_at, excluded.last_at)
        `.execute(db);
      }
    },

    async claim(shop, now, most) {
      if (!db.isTransaction) throw new Error('Webhooks are claimed inside a transaction only');
      // A power cut that undoes this commit undoes all of it: the webhook waits again and is read again. So it need not wait for the disk.
      await sql`set local synchronous_commit = off`.execute(db);
      const rows = await db
        .selectFrom('hook_received')
        .select(['id', 'connection_id', 'topic', 'sealed', 'attempts', 'received_at', 'live', 'fault'])
        .where('shop_id', '=', shop)
        .where('state', '=', 'waiting')
        .where('next_at', '<=', sql<Instant>`${formatInstant(now)}`)
        .orderBy('received_at')
        .orderBy('id')
        .limit(most)
        .forUpdate()
        .skipLocked()
        .execute();
      return rows.map(
        (row): Received => ({
          id: row.id,
          connection: row.connection_id,
          topic: row.topic,
          body: row.sealed === null ? null : vault.open(row.sealed),
          attempts: row.attempts,
          receivedAt: row.received_at,
          live: row.live,
          fault: row.fault,
        }),
      );
    },

    async finish(shop, ends, at) {
      if (ends.length === 0) return;
      const when = formatInstant(at);
      await sql`
        update hook_received r
           set state = e.state, fault = e.fault, added = r.added + e.added, attempts = r.attempts + 1,
               next_at = coalesce(e.next_at, r.next_at),
               done_at = case when e.state = 'waiting' then null else ${when}::timestamptz end,
               customers = (select coalesce(array_agg(distinct c), '{}') from unnest(r.customers || e.customers) c)
          from (select id, state, fault, added, next_at, (string_to_array(nullif(people, '-'), ','))::uuid[] as customers from unnest(
            ${packed(
              'uuid',
              ends.map(({ id }) => id),
            )}, ${packed(
              'text',
              ends.map(({ state }) => state),
            )}, ${packed(
              'json',
              ends.map((end) => (end.state === 'done' ? null : JSON.stringify(end.fault))),
            )}, ${packed(
              'integer',
              ends.map((end) => (end.state === 'waiting' ? 0 : end.added)),
            )}, ${packed(
              'timestamptz',
              ends.map((end) => (end.state === 'waiting' ? formatInstant(end.nextAt) : null)),
            )}, ${packed(
              'text',
              ends.map((end) =>
                end.state === 'waiting' || end.customers.length === 0 ? '-' : end.customers.join(','),
              ),
            )}) as u (id, state, quoted, added, next_at, people) cross join lateral (select u.quoted #>> '{}' as fault) f) e
         where r.shop_id = ${shop} and r.id = e.id`.execute(db);
    },

    async wake(shop, connection, faults, at) {
      await inTransaction(db, async (tx) => {
        const woken = await tx
          .updateTable('hook_received')
          .set({ next_at: formatInstant(at) })
          .where('shop_id', '=', shop)
          .where('connection_id', '=', connection)
          .where('state', '=', 'waiting')
          .where('fault', 'in', [...faults])
          .where('next_at', '>', sql<Instant>`${formatInstant(at)}`)
          .returning('id')
          .execute();
        if (woken.length > 0) await soon?.('intake', tx, shop);
      });
    },

    async retry(shop, connection, id, at) {
      return inTransaction(db, async (tx) => {
        const row = await tx
          .updateTable('hook_received')
          .set({ state: 'waiting', next_at: formatInstant(at), attempts: 0, fault: null, done_at: null })
          .where('shop_id', '=', shop)
          .where('connection_id', '=', connection)
          .where('id', '=', id)
          .where('state', '=', 'refused')
          .where('sealed', 'is not', null)
          .returning('id')
          .executeTakeFirst();
        if (row !== undefined) await soon?.('intake', tx, shop);
        return row !== undefined;
      });
    },

    async list(shop, connection, { state, after, limit }) {
      const place =
        after === null
          ? sql`true`
          : sql`(received_at < ${formatInstant(after.at)} or (received_at = ${formatInstant(after.at)} and id > ${after.id}::uuid))`;
      const { rows } = await sql<ListedRow>`
        select id, topic, state, received_at, triggered_at, done_at, attempts, added, fault, customers
          from hook_received
         where shop_id = ${shop} and connection_id = ${connection} and ${state === null ? sql`true` : sql`state = ${state}`} and ${place}
         order by received_at desc, id limit ${limit}`.execute(db);
      return rows.map(toListing);
    },

    health: (shop, connection, now) => receivedHealth(db, shop, connection, now),

    async counts(shop) {
      const { rows } = await sql<ReceivedCounts>`
        select c.id as connection,
               (select max(received_at) from hook_received r where r.shop_id = c.shop_id and r.connection_id = c.id and r.live) as "lastReceivedAt",
               (select count(*) from hook_received r where r.shop_id = c.shop_id and r.connection_id = c.id and r.state = 'waiting') as waiting,
               (select count(*) from hook_received r where r.shop_id = c.shop_id and r.connection_id = c.id and r.state = 'refused') as refused
          from connection c where c.shop_id = ${shop}`.execute(db);
      return rows;
    },

    async shopsWithWaiting(now) {
      const { rows } = await sql<{ shop_id: ShopId }>`
        select distinct shop_id from hook_received where state = 'waiting' and next_at <= ${formatInstant(now)}`.execute(
        db,
      );
      return rows.map(({ shop_id }) => shop_id);
    },

    async tidy(emptyBefore, forgetBefore) {
      const { rows } = await sql<{ id: string }>`
        update hook_received set sealed = null
         where state = 'done' and sealed is not null and done_at < ${formatInstant(emptyBefore)} returning id`.execute(
        db,
      );
      await sql`update hook_received set sealed = null
         where state = 'refused' and sealed is not null and received_at < ${formatInstant(forgetBefore)}`.execute(db);
      await sql`delete from hook_received where state = 'done' and sealed is null and done_at < ${formatInstant(forgetBefore)}`.execute(
        db,
      );
      await sql`delete from hook_rejected where hour < ${formatInstant(forgetBefore)}`.execute(db);
      return rows.length;
    },

    async forget(shop, id) {
      await db
        .updateTable('hook_received')
        .set({ sealed: null })
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .execute();
    },

    async empty(shop, connection) {
      await db
        .updateTable('hook_received')
        .set({ sealed: null })
        .where('shop_id', '=', shop)
        .where('connection_id', '=', connection)
        .execute();
    },
  };
}

/** How long webhooks gather before they are read: many at once cost little more than one. */
const GATHER_MS = 100;

/**
 * Asks for webhooks to be read a moment after they came, outside the transaction that keeps them: the platform waits for that one. What
 * nobody asked for because the process ended is found when the jobs start, and each minute.
 */
class Asker {
  readonly #db: Kysely<Database>;
  readonly #soon: Soon | undefined;
  readonly #shops = new Set<ShopId>();

  constructor(db: Kysely<Database>, soon: Soon | undefined) {
    this.#db = db;
    this.#soon = soon;
  }

  ask(shop: ShopId): void {
    const soon = this.#soon;
    if (soon === undefined || this.#shops.has(shop)) return;
    this.#shops.add(shop);
    setTimeout(() => {
      this.#shops.delete(shop);
      inTransaction(this.#db, (tx) => soon('intake', tx, shop)).catch(() => undefined);
    }, GATHER_MS).unref();
  }
}

interface ListedRow {
  readonly id: string;
  readonly topic: string;
  readonly state: ReceivedState;
  readonly received_at: Instant;
  readonly triggered_at: Instant | null;
  readonly done_at: Instant | null;
  readonly attempts: number;
  readonly added: number;
  readonly fault: string | null;
  readonly customers: readonly string[];
}

const toListing = (row: ListedRow): ReceivedListing => ({
  id: row.id,
  topic: row.topic,
  state: row.state,
  receivedAt: row.received_at,
  triggeredAt: row.triggered_at,
  doneAt: row.done_at,
  attempts: row.attempts,
  added: row.added,
  fault: row.fault,
  customers: row.customers.map((each) => brand<CustomerId>(each)),
});

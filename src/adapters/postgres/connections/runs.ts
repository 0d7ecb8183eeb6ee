import { type Kysely, type Selectable, sql } from 'kysely';
import type { ConnectionId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { Run, RunStore } from '../../../ports/connections.ts';
import type { Soon } from '../../jobs/jobs.ts';
import type { Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';

type RunRow = Selectable<Database['platform_run']>;

const toRun = (row: RunRow): Run => ({
  id: row.id,
  shop: row.shop_id,
  connection: row.connection_id,
  kind: row.kind,
  state: row.state,
  since: row.since,
  cursor: row.cursor,
  total: row.total,
  read: row.read,
  added: row.added,
  known: row.known,
  refused: row.refused,
  faults: row.faults,
  error: row.error,
  attempts: row.attempts,
  startedBy: row.started_by,
  startedAt: row.started_at,
  updatedAt: row.updated_at,
  nextAt: row.next_at,
  finishedAt: row.finished_at,
});

/** Runs over a platform's past: where each is, so that whoever takes it goes on from there. */
export function createRunStore(db: Kysely<Database>, { soon }: { readonly soon?: Soon | undefined }): RunStore {
  const ofShop = (shop: ShopId) => db.selectFrom('platform_run').selectAll().where('shop_id', '=', shop);
  const first = (row: RunRow | undefined): Run | null => (row === undefined ? null : toRun(row));
  return {
    async start(run) {
      return inTransaction(db, async (tx) => {
        const made = await tx
          .insertInto('platform_run')
          .values({
            shop_id: run.shop,
            connection_id: run.connection,
            id: run.id,
            kind: run.kind,
            state: run.state,
            since: orNull(run.since),
            cursor: run.cursor === null ? null : JSON.stringify(run.cursor),
            total: run.total,
            faults: JSON.stringify(run.faults),
            started_by: run.startedBy,
            started_at: formatInstant(run.startedAt),
            updated_at: formatInstant(run.updatedAt),
            next_at: formatInstant(run.nextAt),
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (made !== undefined) await soon?.('history', tx, run.shop);
        return made !== undefined;
      });
    },
    one: async (shop, id) => first(await ofShop(shop).where('id', '=', id).executeTakeFirst()),
    async lock(shop, id) {
      if (!db.isTransaction) throw new Error('A run is locked inside a transaction only');
      return first(await ofShop(shop).where('id', '=', id).forUpdate().executeTakeFirst());
    },
    async take(shop, now, until) {
      const { rows } = await sql<RunRow>`
        update platform_run r set next_at = ${formatInstant(until)}
          from (select p.id from platform_run p join connection c on c.shop_id = p.shop_id and c.id = p.connection_id
                 where p.shop_id = ${shop} and p.state = 'running' and p.next_at <= ${formatInstant(now)} and c.state = 'active'
                 order by p.next_at, p.id limit 1 for update of p skip locked) due
         where r.shop_id = ${shop} and r.id = due.id
        returning r.*`.execute(db);
      return first(rows[0]);
    },
    async change(shop, id, change) {
      await inTransaction(db, async (tx) => {
        await tx
          .updateTable('platform_run')
          .set({
            ...(change.state === undefined ? {} : { state: change.state }),
            ...(change.cursor === undefined
              ? {}
              : { cursor: change.cursor === null ? null : JSON.stringify(change.cursor) }),
            ...(change.total === undefined ? {} : { total: change.total }),
            ...(change.read === undefined ? {} : { read: change.read }),
            ...(change.added === undefined ? {} : { added: change.added }),
            ...(change.known === undefined ? {} : { known: change.known }),
            ...(change.refused === undefined ? {} : { refused: change.refused }),
            ...(change.faults === undefined ? {} : { faults: JSON.stringify(change.faults) }),
            ...(change.error === undefined ? {} : { error: change.error }),
            ...(change.attempts === undefined ? {} : { attempts: change.attempts }),
            ...(change.nextAt === undefined ? {} : { next_at: formatInstant(change.nextAt) }),
            ...(change.finishedAt === undefined ? {} : { finished_at: orNull(change.finishedAt) }),
            updated_at: formatInstant(change.updatedAt),
          })
          .where('shop_id', '=', shop)
          .where('id', '=', id)
          .execute();
        if (change.state === 'running') await soon?.('history', tx, shop);
      });
    },
    async list(shop, connection, limit) {
      const rows = await ofShop(shop)
        .where('connection_id', '=', connection)
        .orderBy('started_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(toRun);
    },
    async newest(shop) {
      const { rows } = await sql<RunRow>`
        select r.* from connection c cross join lateral (
          select * from platform_run p where p.shop_id = c.shop_id and p.connection_id = c.id
           order by (p.state = 'running') desc, p.started_at desc, p.id limit 1) r
         where c.shop_id = ${shop}`.execute(db);
      return new Map(rows.map((row) => [row.connection_id, toRun(row)]));
    },
    async lastReconciled(shop, connection) {
      return first(
        await ofShop(shop)
          .where('connection_id', '=', connection)
          .where('kind', '=', 'reconcile')
          .where('state', '=', 'done')
          .orderBy('started_at', 'desc')
          .limit(1)
          .executeTakeFirst(),
      );
    },
    async wake(shop: ShopId, connection: ConnectionId, at: Instant) {
      await inTransaction(db, async (tx) => {
        const woken = await tx
          .updateTable('platform_run')
          .set({ next_at: formatInstant(at), attempts: 0, error: null })
          .where('shop_id', '=', shop)
          .where('connection_id', '=', connection)
          .where('state', '=', 'running')
          .returning('id')
          .execute();
        if (woken.length > 0) await soon?.('history', tx, shop);
      });
    },
    async shopsWithDue(now) {
      const { rows } = await sql<{ shop_id: ShopId }>`
        select distinct p.shop_id from platform_run p join connection c on c.shop_id = p.shop_id and c.id = p.connection_id
         where p.state = 'running' and p.next_at <= ${formatInstant(now)} and c.state = 'active'`.execute(db);
      return rows.map(({ shop_id }) => shop_id);
    },
  };
}

const orNull = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));

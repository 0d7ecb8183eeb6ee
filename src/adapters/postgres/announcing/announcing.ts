import { type Kysely, sql, type Transaction } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { AnnouncingStore, HookEndpointListing, HookSecret, HookSent } from '../../../ports/announcing.ts';
import type { Ids, Vault } from '../../../ports.ts';
import type { Soon } from '../../jobs/jobs.ts';
import type { Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';
import { announce } from './announce.ts';
import {
  type EndpointRow,
  type SentRow,
  selectEndpoints,
  selectTargets,
  sentColumns,
  toEndpoint,
  toSent,
} from './rows.ts';

/** Webhooks to other systems on PostgreSQL. */
export function createAnnouncingStore(
  db: Kysely<Database>,
  { vault, ids, soon }: { readonly vault: Vault; readonly ids: Ids; readonly soon?: Soon | undefined },
): AnnouncingStore {
  const seal = (secrets: readonly HookSecret[]): Buffer => vault.seal(JSON.stringify(secrets));
  const ask = async (tx: Transaction<Database>, shop: ShopId) => soon?.('announce', tx, shop);

  return {
    list: async (shop) => {
      const { rows } = await sql<EndpointRow>`
        ${selectEndpoints} where e.shop_id = ${shop} order by e.created_at, e.id`.execute(db);
      return rows.map(toEndpoint);
    },
    targets: async (shop) => {
      const { rows } = await sql<EndpointRow>`${selectTargets} where e.shop_id = ${shop}`.execute(db);
      return rows.map(toEndpoint);
    },
    one: (shop, id) => oneEndpoint(db, shop, id),

    async make(endpoint, secrets) {
      const at = formatInstant(endpoint.createdAt);
      await sql`
        insert into hook_endpoint (shop_id, id, url, topics, secrets, note, state, cursor, created_by, created_at, updated_at)
        select ${endpoint.shop}, ${endpoint.id}, ${endpoint.url}, ${[...endpoint.topics]}::text[], ${seal(secrets)}, ${endpoint.note},
               ${endpoint.state}, coalesce((select seq from ledger_head where shop_id = ${endpoint.shop}), 0),
               ${endpoint.createdBy}, ${at}::timestamptz, ${at}::timestamptz`.execute(db);
    },

    change: (shop, id, { url, topics, note, state, disabledBecause }, at) =>
      inTransaction(db, async (tx) => {
        const before = await tx
          .selectFrom('hook_endpoint')
          .select('state')
          .where('shop_id', '=', shop)
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        if (before === undefined) return null;
        const when = formatInstant(at);
        const switched = state !== undefined && state !== before.state;
        await tx
          .updateTable('hook_endpoint')
          .set({
            updated_at: when,
            ...(url === undefined ? {} : { url }),
            ...(topics === undefined ? {} : { topics: [...topics] }),
            ...(note === undefined ? {} : { note }),
          })
          .where('shop_id', '=', shop)
          .where('id', '=', id)
          .execute();
        if (switched && state === 'disabled') await switchOff(tx, shop, id, disabledBecause ?? 'staff');
        if (switched && state === 'active') await switchOn(tx, shop, id);
        return oneEndpoint(tx, shop, id);
      }),

    remove: (shop, id) =>
      inTransaction(db, async (tx) => {
        const gone = await tx
          .deleteFrom('hook_endpoint')
          .where('shop_id', '=', shop)
          .where('id', '=', id)
          .returning('id')
          .executeTakeFirst();
        if (gone !== undefined)
          await tx.deleteFrom('hook_sent').where('shop_id', '=', shop).where('endpoint_id', '=', id).execute();
        return gone !== undefined;
      }),

    async secrets(shop, id) {
      const row = await db
        .selectFrom('hook_endpoint')
        .select('secrets')
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .executeTakeFirst();
      // Sealed data is authenticated, so it is what was written here.
      return row === undefined ? [] : (JSON.parse(vault.open(row.secrets)) as HookSecret[]);
    },
    async setSecrets(shop, id, secrets, at) {
      await db
        .updateTable('hook_endpoint')
        .set({ secrets: seal(secrets), updated_at: formatInstant(at) })
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .execute();
    },

    announce: (shop, now) => inTransaction(db, (tx) => announce(tx, ids, shop, now)),

    async addTest(shop, endpoint, id, at, nextAt) {
      const { rows } = await sql<SentRow>`
        insert into hook_sent as s (shop_id, id, endpoint_id, topic, seq, state, next_at, created_at)
        select shop_id, ${id}, id, 'test', null, 'waiting', ${formatInstant(nextAt)}::timestamptz, ${formatInstant(at)}::timestamptz
          from hook_endpoint where shop_id = ${shop} and id = ${endpoint}
        returning ${sentColumns}`.execute(db);
      return rows[0] === undefined ? null : toSent(rows[0]);
    },

    async claim(shop, now, leaseUntil, most) {
      const { rows } = await sql<SentRow>`
        update hook_sent s set next_at = ${formatInstant(leaseUntil)}, attempts = s.attempts + 1
         where s.shop_id = ${shop} and s.id in (
           select w.id from hook_sent w join hook_endpoint e on e.shop_id = w.shop_id and e.id = w.endpoint_id
            where w.shop_id = ${shop} and w.state = 'waiting' and w.next_at <= ${formatInstant(now)} and e.state = 'active'
            order by w.next_at, w.seq nulls first limit ${most} for update of w skip locked)
        returning ${sentColumns}`.execute(db);
      return rows.map(toSent);
    },
    async claimOne(shop, id, leaseUntil) {
      const { rows } = await sql<SentRow>`
        update hook_sent s set next_at = ${formatInstant(leaseUntil)}, attempts = s.attempts + 1
         where s.shop_id = ${shop} and s.id = ${id} and s.state = 'waiting'
        returning ${sentColumns}`.execute(db);
      return rows[0] === undefined ? null : toSent(rows[0]);
    },

    tried: (shop, { id, endpoint, topic }, to) =>
      inTransaction(db, async (tx) => {
        const at = formatInstant(to.at);
        // The endpoint first, as everybody does who changes both: whoever switches it off cancels its messages after.
        const { rows } = await sql<{ failing_since: Instant | null }>`
          update hook_endpoint
             set failing_since = case when ${to.state} = 'sent' then null when ${topic} = 'test' then failing_since
                                      else coalesce(failing_since, ${at}::timestamptz) end
           where shop_id = ${shop} and id = ${endpoint} returning failing_since`.execute(tx);
        // What was cancelled meanwhile stays so, unless it was taken.
        await sql`
          update hook_sent set state = ${to.state}, status = ${to.status}, fault = ${to.fault}, ms = ${to.ms},
                 next_at = ${formatInstant(to.nextAt)}, sent_at = ${to.state === 'sent' ? at : null}::timestamptz
           where shop_id = ${shop} and id = ${id} and (state = 'waiting' or ${to.state} = 'sent')`.execute(tx);
        return rows[0]?.failing_since ?? null;
      }),

    again: (shop, endpoint, id, at) =>
      inTransaction(db, async (tx) => {
        const row = await tx
          .updateTable('hook_sent')
          .set({ state: 'waiting', attempts: 0, next_at: formatInstant(at) })
          .where('shop_id', '=', shop)
          .where('endpoint_id', '=', endpoint)
          .where('id', '=', id)
          .where('state', '<>', 'waiting')
          .returning('id')
          .executeTakeFirst();
        if (row !== undefined) await ask(tx, shop);
        return row !== undefined;
      }),

    async events(shop, seqs) {
      if (seqs.length === 0) return new Map();
      const rows = await db
        .selectFrom('ledger_event')
        .select(['seq', 'id', 'kind', 'customer_id as customer', 'recorded_at as recordedAt', 'body'])
        .where('shop_id', '=', shop)
        .where('seq', 'in', [...new Set(seqs)])
        .execute();
      return new Map(rows.map((row) => [row.seq, { ...row, body: row.body as Readonly<Record<string, unknown>> }]));
    },

    async sent(shop, endpoint, id) {
      const { rows } = await sql<SentRow>`
        select ${sentColumns} from hook_sent s
         where s.shop_id = ${shop} and s.endpoint_id = ${endpoint} and s.id = ${id}`.execute(db);
      return rows[0] === undefined ? null : toSent(rows[0]);
    },
    listSent: (shop, endpoint, page) => listSent(db, shop, endpoint, page),

    async forget(before) {
      await db
        .deleteFrom('hook_sent')
        .where('created_at', '<', sql<Instant>`${formatInstant(before)}`)
        .where('state', '<>', 'waiting')
        .execute();
    },

    async shopsWithDue(now) {
      const { rows } = await sql<{ shop_id: ShopId }>`
        select e.shop_id from hook_endpoint e join ledger_head h on h.shop_id = e.shop_id
         where e.state = 'active' and e.cursor < h.seq
        union
        select w.shop_id from hook_sent w join hook_endpoint e on e.shop_id = w.shop_id and e.id = w.endpoint_id
         where w.state = 'waiting' and w.next_at <= ${formatInstant(now)} and e.state = 'active'`.execute(db);
      return rows.map(({ shop_id }) => shop_id);
    },
  };
}

async function oneEndpoint(db: Kysely<Database>, shop: ShopId, id: string): Promise<HookEndpointListing | null> {
  const { rows } = await sql<EndpointRow>`
    ${selectEndpoints} where e.shop_id = ${shop} and e.id = ${id}`.execute(db);
  return rows[0] === undefined ? null : toEndpoint(rows[0]);
}

async function switchOff(
  tx: Transaction<Database>,
  shop: ShopId,
  id: string,
  because: NonNullable<HookEndpointListing['disabledBecause']>,
): Promise<void> {
  await sql`
    update hook_endpoint set state = 'disabled', disabled_because = ${because} where shop_id = ${shop} and id = ${id}`.execute(
    tx,
  );
  await sql`
    update hook_sent set state = 'cancelled' where shop_id = ${shop} and endpoint_id = ${id} and state = 'waiting'`.execute(
    tx,
  );
}

/** It goes on with what happens from now on: what was missed is not told days later as if it were news. */
async function switchOn(tx: Transaction<Database>, shop: ShopId, id: string): Promise<void> {
  await sql`
    update hook_endpoint
       set state = 'active', disabled_because = null, failing_since = null,
           cursor = coalesce((select seq from ledger_head where shop_id = ${shop}), 0)
     where shop_id = ${shop} and id = ${id}`.execute(tx);
}

async function listSent(
  db: Kysely<Database>,
  shop: ShopId,
  endpoint: string,
  { state, after, limit }: Parameters<AnnouncingStore['listSent']>[2],
): Promise<readonly HookSent[]> {
  const ofState = state === null ? sql`true` : sql`s.state = ${state}`;
  const place =
    after === null
      ? sql`true`
      : sql`(s.created_at < ${formatInstant(after.at)} or (s.created_at = ${formatInstant(after.at)} and s.id > ${after.id}::uuid))`;
  const { rows } = await sql<SentRow>`
    select ${sentColumns} from hook_sent s
     where s.shop_id = ${shop} and s.endpoint_id = ${endpoint} and ${ofState} and ${place}
     order by s.created_at desc, s.id limit ${limit}`.execute(db);
  return rows.map(toSent);
}

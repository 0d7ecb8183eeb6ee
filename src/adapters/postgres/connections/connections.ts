import { type Kysely, type Selectable, sql } from 'kysely';
import type { ConnectionId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { ConnectionStore } from '../../../ports/connections.ts';
import type { Connection, Credentials, WebhookSecret } from '../../../ports/platforms.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';

const COLUMNS = [
  'shop_id',
  'id',
  'platform',
  'state',
  'address',
  'source',
  'number_prefix',
  'settings',
  'facts',
  'created_at',
  'checked_at',
  'reconciled_to',
] as const;
type ConnectionRow = Pick<Selectable<Database['connection']>, (typeof COLUMNS)[number]>;

const toConnection = (row: ConnectionRow): Connection => ({
  id: row.id,
  shop: row.shop_id,
  platform: row.platform,
  state: row.state,
  address: row.address,
  source: row.source,
  numberPrefix: row.number_prefix,
  settings: row.settings,
  facts: row.facts,
  createdAt: row.created_at,
  checkedAt: row.checked_at,
  reconciledTo: row.reconciled_to,
});

/** Connections, with their credentials and webhook secrets under the installation's key. */
export function createConnectionStore(db: Kysely<Database>, vault: Vault): ConnectionStore {
  const rows = (shop: ShopId) => db.selectFrom('connection').select(COLUMNS).where('shop_id', '=', shop);
  const sealed = async (shop: ShopId, id: ConnectionId) =>
    db
      .selectFrom('connection')
      .select(['credentials', 'hook_secrets'])
      .where('shop_id', '=', shop)
      .where('id', '=', id)
      .executeTakeFirst();
  // Sealed data is authenticated, so it is what `make` or `change` wrote.
  const opened = <T>(box: Buffer | undefined, none: T): T =>
    box === undefined ? none : (JSON.parse(vault.open(box)) as T);
  return {
    async live(shop) {
      const row = await rows(shop).where('state', '!=', 'disconnected').executeTakeFirst();
      return row === undefined ? null : toConnection(row);
    },
    async one(shop, id) {
      const row = await rows(shop).where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toConnection(row);
    },
    async byId(id) {
      const row = await db.selectFrom('connection').select(COLUMNS).where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toConnection(row);
    },
    async list(shop) {
      const found = await rows(shop)
        .orderBy(sql`state = 'disconnected'`)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(100)
        .execute();
      return found.map(toConnection);
    },
    async allActive() {
      const found = await db
        .selectFrom('connection as c')
        .innerJoin('shop as s', 's.id', 'c.shop_id')
        .select(COLUMNS.map((column) => `c.${column}` as const))
        .select('s.time_zone')
        .select((eb) =>
          eb
            .selectFrom('platform_run as r')
            .select(({ fn }) => fn.max('r.started_at').as('at'))
            .whereRef('r.shop_id', '=', 'c.shop_id')
            .whereRef('r.connection_id', '=', 'c.id')
            .where('r.kind', '=', 'reconcile')
            .as('compared_at'),
        )
        .where('c.state', '=', 'active')
        .orderBy('c.shop_id')
        .execute();
      return found.map((row) => ({
        connection: toConnection(row),
        timeZone: row.time_zone,
        comparedAt: row.compared_at,
      }));
    },
    async credentials(shop, id) {
      return opened<Credentials>((await sealed(shop, id))?.credentials, {});
    },
    async hookSecrets(shop, id) {
      return opened<readonly WebhookSecret[]>((await sealed(shop, id))?.hook_secrets, []);
    },
    async lastCheck(shop, id) {
      const row = await db
        .selectFrom('connection')
        .select('last_check')
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.last_check ?? null;
    },
    async make(connection, { credentials, hookSecrets }) {
      const made = await db
        .insertInto('connection')
        .values({
          shop_id: connection.shop,
          id: connection.id,
          platform: connection.platform,
          state: connection.state,
          address: connection.address,
          source: connection.source,
          number_prefix: connection.numberPrefix,
          credentials: vault.seal(JSON.stringify(credentials)),
          hook_secrets: vault.seal(JSON.stringify(hookSecrets)),
          settings: JSON.stringify(connection.settings),
          facts: JSON.stringify(connection.facts),
          created_at: formatInstant(connection.createdAt),
          checked_at: orNull(connection.checkedAt),
          reconciled_to: orNull(connection.reconciledTo),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return made !== undefined;
    },
    async change(shop, id, change) {
      const set = {
        ...(change.state === undefined ? {} : { state: change.state }),
        ...(change.settings === undefined ? {} : { settings: JSON.stringify(change.settings) }),
        ...(change.facts === undefined ? {} : { facts: JSON.stringify(change.facts) }),
        ...(change.credentials === undefined ? {} : { credentials: vault.seal(JSON.stringify(change.credentials)) }),
        ...(change.hookSecrets === undefined ? {} : { hook_secrets: vault.seal(JSON.stringify(change.hookSecrets)) }),
        ...(change.check === undefined ? {} : { last_check: JSON.stringify(change.check) }),
        ...(change.checkedAt === undefined ? {} : { checked_at: formatInstant(change.checkedAt) }),
        ...(change.reconciledTo === undefined ? {} : { reconciled_to: formatInstant(change.reconciledTo) }),
        ...(change.endedAt === undefined ? {} : { ended_at: orNull(change.endedAt) }),
      };
      if (Object.keys(set).length === 0) return this.one(shop, id);
      const row = await db
        .updateTable('connection')
        .set(set)
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .returning(COLUMNS)
        .executeTakeFirst();
      return row === undefined ? null : toConnection(row);
    },
    async remove(shop, id) {
      await db
        .deleteFrom('connection')
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .where('state', '=', 'connecting')
        .where('checked_at', 'is', null)
        .execute();
    },
  };
}

const orNull = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));

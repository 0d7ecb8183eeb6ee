import { type Kysely, type Selectable, sql } from 'kysely';
import { formatInstant } from '../../../core/shared/time.ts';
import type { ApiKey, KeyStore, Scope } from '../../../ports/desk.ts';
import type { Database } from '../schema.ts';
import { toShop } from '../shops/shop-row.ts';

type KeyRow = Pick<
  Selectable<Database['api_key']>,
  'id' | 'name' | 'prefix' | 'scopes' | 'created_at' | 'last_used_at' | 'revoked_at' | 'connection_id'
> & { readonly number_prefix: string | null; readonly connection_source: string | null };

const toKey = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes.filter(isScope),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
  connection:
    row.connection_id === null
      ? null
      : { id: row.connection_id, source: row.connection_source ?? '', numberPrefix: row.number_prefix ?? '' },
});

const SCOPES: readonly string[] = ['events:write', 'decisions:write', 'customers:read', 'mail:write'] satisfies Scope[];

const isScope = (text: string): text is Scope => SCOPES.includes(text);

export function createKeyStore(db: Kysely<Database>): KeyStore {
  return {
    async list(shop) {
      const rows = await db
        .selectFrom('api_key as key')
        .leftJoin('connection as c', (join) =>
          join.onRef('c.shop_id', '=', 'key.shop_id').onRef('c.id', '=', 'key.connection_id'),
        )
        .selectAll('key')
        .select(['c.number_prefix', 'c.source as connection_source'])
        .where('key.shop_id', '=', shop)
        .orderBy('key.created_at', 'desc')
        .orderBy('key.id')
        .limit(500)
        .execute();
      return rows.map(toKey);
    },
    async add(shop, key) {
      await db
        .insertInto('api_key')
        .values({
          shop_id: shop,
          id: key.id,
          name: key.name,
          prefix: key.prefix,
          hash: key.hash,
          scopes: [...key.scopes],
          connection_id: key.connection,
          created_by: key.createdBy,
          created_at: formatInstant(key.createdAt),
        })
        .execute();
    },
    async revoke(shop, id, at) {
      const row = await db
        .updateTable('api_key')
        .set({ revoked_at: sql<string>`coalesce(revoked_at, ${formatInstant(at)})` })
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async revokeOf(shop, connection, at) {
      await db
        .updateTable('api_key')
        .set({ revoked_at: formatInstant(at) })
        .where('shop_id', '=', shop)
        .where('connection_id', '=', connection)
        .where('revoked_at', 'is', null)
        .execute();
    },
    async find(hash) {
      const row = await db
        .selectFrom('api_key as key')
        .innerJoin('shop', 'shop.id', 'key.shop_id')
        .leftJoin('connection as c', (join) =>
          join.onRef('c.shop_id', '=', 'key.shop_id').onRef('c.id', '=', 'key.connection_id'),
        )
        .selectAll('shop')
        .select([
          'key.id as key_id',
          'key.name as key_name',
          'key.prefix',
          'key.scopes',
          'key.created_at as key_created_at',
          'key.last_used_at',
          'key.revoked_at',
          'key.connection_id',
          'c.number_prefix',
          'c.source as connection_source',
        ])
        .where('key.hash', '=', hash)
        .where('key.revoked_at', 'is', null)
        .executeTakeFirst();
      if (row === undefined) return null;
      const key = toKey({ ...row, id: row.key_id, name: row.key_name, created_at: row.key_created_at });
      return { shop: toShop(row), key };
    },
    async touch(shop, id, at) {
      await db
        .updateTable('api_key')
        .set({ last_used_at: formatInstant(at) })
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .execute();
    },
  };
}

import { type Kysely, type Selectable, sql } from 'kysely';
import { formatInstant } from '../../../core/shared/time.ts';
import type { ApiKey, KeyStore, Scope } from '../../../ports/desk.ts';
import type { Database } from '../schema.ts';
import { toShop } from '../shops/shop-row.ts';

type KeyRow = Pick<
  Selectable<Database['api_key']>,
  'id' | 'name' | 'prefix' | 'scopes' | 'created_at' | 'last_used_at' | 'revoked_at'
>;

const toKey = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes.filter(isScope),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
});

const SCOPES: readonly string[] = ['events:write', 'decisions:write', 'customers:read', 'mail:write'] satisfies Scope[];

const isScope = (text: string): text is Scope => SCOPES.includes(text);

export function createKeyStore(db: Kysely<Database>): KeyStore {
  return {
    async list(shop) {
      const rows = await db
        .selectFrom('api_key')
        .selectAll()
        .where('shop_id', '=', shop)
        .orderBy('created_at', 'desc')
        .orderBy('id')
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
    async find(hash) {
      const row = await db
        .selectFrom('api_key as key')
        .innerJoin('shop', 'shop.id', 'key.shop_id')
        .selectAll('shop')
        .select([
          'key.id as key_id',
          'key.name as key_name',
          'key.prefix',
          'key.scopes',
          'key.created_at as key_created_at',
          'key.last_used_at',
          'key.revoked_at',
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

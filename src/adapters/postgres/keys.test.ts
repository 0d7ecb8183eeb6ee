import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, onDatabase, type TestDatabase } from '../../../test/support/database.ts';

/** About the installation and not about one shop; `shop` itself is keyed by the shop's own id and by its name in addresses. */
const OF_THE_INSTALLATION = ['evenhand_migration', 'installation', 'shop', 'sign_in_attempt', 'staff', 'staff_session'];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('every table but those of the installation belongs to a shop, with keys that begin with it', async () => {
  const { rows: tables } = await onDatabase(database.adminUrl, (client) =>
    client.query<{ name: string; keyed: boolean }>(`
      select c.relname as name, exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'shop_id' and a.attnotnull) as keyed
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`),
  );
  expect(tables.filter((table) => !table.keyed).map((table) => table.name)).toEqual(OF_THE_INSTALLATION);
  expect(tables.length).toBeGreaterThan(OF_THE_INSTALLATION.length);

  const { rows: keys } = await onDatabase(database.adminUrl, (client) =>
    client.query<{ name: string; first: string }>(
      `
      select c.relname as name, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indrelid
        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where c.relnamespace = 'public'::regnamespace and i.indisunique and c.relname <> all($1)`,
      [OF_THE_INSTALLATION],
    ),
  );
  expect(keys.filter((key) => key.first !== 'shop_id')).toEqual([]);
  expect(new Set(keys.map((key) => key.name)).size).toBe(tables.length - OF_THE_INSTALLATION.length);

  const { rows: across } = await onDatabase(database.adminUrl, (client) =>
    client.query(`select conname from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`),
  );
  expect(across).toEqual([]);
});

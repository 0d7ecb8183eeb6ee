import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, onDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { planDistribution, TABLES_OF_THE_INSTALLATION } from './distribute/plan.ts';

/** About the installation and not about one shop; `shop` itself is keyed by the shop's own id and by its name in addresses. */
const OF_THE_INSTALLATION = Object.keys(TABLES_OF_THE_INSTALLATION);

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

test('every table is spread by shop over the nodes of a cluster, or named as the installation’s', async () => {
  const { names, plan } = await onDatabase(database.adminUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    return { names: rows.map(({ name }) => name), plan: await planDistribution(client, 32) };
  });
  const local = OF_THE_INSTALLATION.filter((name) => TABLES_OF_THE_INSTALLATION[name] === 'local');
  expect([...plan.steps.map(({ table }) => table), ...local].sort()).toEqual(names.sort());
  expect(plan.done).toEqual([]);

  const kinds = plan.steps.map(({ kind }) => kind);
  expect(kinds.lastIndexOf('reference')).toBeLessThan(kinds.indexOf('distributed'));
  const [anchor, ...beside] = plan.steps
    .filter(({ kind }) => kind === 'distributed')
    .map(({ statements }) => statements[0]);
  expect(anchor).toBe(
    `select create_distributed_table('public."ledger_event"', 'shop_id', shard_count => 32, colocate_with => 'none')`,
  );
  for (const statement of beside)
    expect(statement).toMatch(
      /^select create_distributed_table\('public\."\w+"', 'shop_id', colocate_with => 'public\."ledger_event"'\)$/,
    );
});

test('what a cluster refuses is in no table of a shop: triggers, exclusions, partitions, shops of another type', async () => {
  const { rows } = await onDatabase(database.adminUrl, (client) =>
    client.query<{ what: string }>(
      `
      select 'trigger ' || t.tgname as what from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and c.relname <> all($1)
      union all
      select 'constraint ' || con.conname from pg_constraint con join pg_class c on c.oid = con.conrelid
        where c.relnamespace = 'public'::regnamespace and con.contype = 'x' and c.relname <> all($1)
      union all
      select 'inherits ' || c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      union all
      select 'type of shop_id ' || c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'shop_id'
          and a.atttypid <> 'uuid'::regtype`,
      [OF_THE_INSTALLATION],
    ),
  );
  expect(rows).toEqual([]);
});

test('a table that is nobody’s is refused rather than guessed about', async () => {
  await onDatabase(database.adminUrl, async (client) => {
    await client.query('begin');
    await client.query('create table somebody_elses (id int primary key)');
    await expect(planDistribution(client, 32)).rejects.toThrow(/"somebody_elses" belongs to no shop/);
    await client.query('rollback');
  });
});

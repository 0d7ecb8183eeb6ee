import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmptyDatabase, dropDatabase, onDatabase } from '../../../test/support/database.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';
import { serviceRoleName } from './service-role.ts';
import { quoteName, quoteText, withRole } from './sql.ts';

const step = (number: number, sql: string): Migration => ({
  number,
  name: `000${number}_step.sql`,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
});
const things = step(
  1,
  'create table thing (n int); grant select, insert on thing to :service_role; grant update (n) on thing to :service_role;',
);
const more = step(
  2,
  "create table more (label text default 'a:b'::text); create sequence counter; grant usage on sequence counter to :service_role;",
);

describe.each(['newest', 'oldest'] as const)('migrating the %s PostgreSQL', (server) => {
  let url: string;
  const roles: string[] = [];
  const password = 'it\'s "secret" \\ ü';

  beforeEach(async () => {
    url = await createEmptyDatabase({ server });
  });
  afterEach(async () => {
    const own = serviceRoleName(decodeURIComponent(new URL(url).pathname.slice(1)));
    await dropDatabase(url);
    const base = new URL(url);
    base.pathname = '/postgres';
    await onDatabase(base.href, async (client) => {
      for (const role of [own, ...roles.splice(0)]) await client.query(`drop role if exists ${quoteName(role)}`);
    });
  });

  const makeRole = async (attributes: string): Promise<string> => {
    const role = `role_${Math.random().toString(36).slice(2, 10)}`;
    await onDatabase(url, (client) => client.query(`create role ${role} login ${attributes} password 'pw'`));
    roles.push(role);
    return role;
  };

  test('runs each file once and in order, and the service has exactly the granted rights', async () => {
    expect((await migrate(url, { password }, [things])).applied).toEqual(['0001_step.sql']);
    expect((await migrate(url, { password }, [things, more])).applied).toEqual(['0002_step.sql']);
    const { applied, serviceRole } = await migrate(url, { password }, [things, more]);
    expect(applied).toEqual([]);
    await onDatabase(withRole(url, serviceRole, password), async (client) => {
      await client.query('insert into thing values (1)');
      await client.query("select nextval('counter')");
      await expect(client.query('delete from thing')).rejects.toThrow('permission denied');
      await expect(client.query('select * from more')).rejects.toThrow('permission denied');
      await expect(client.query('create table own (n int)')).rejects.toThrow('permission denied');
      await expect(client.query('update evenhand_migration set checksum = $1', ['x'])).rejects.toThrow(
        'permission denied',
      );
      await client.query('create table pgboss.job (n int)');
    });
  });

  test('two processes at once run each file once', async () => {
    const results = await Promise.all([1, 2, 3].map(() => migrate(url, { password }, [things, more])));
    expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001_step.sql', '0002_step.sql']);
  });

  test('a file that fails leaves nothing behind', async () => {
    const broken = step(2, 'create table half (n int); select 1/0;');
    await expect(migrate(url, { password }, [things, broken])).rejects.toThrow(
      'Migration 0002_step.sql failed and was rolled back',
    );
    const found = await onDatabase(url, (client) =>
      client.query("select to_regclass('half') as half, (select count(*)::int from evenhand_migration) as steps"),
    );
    expect(found.rows).toEqual([{ half: null, steps: 1 }]);
  });

  test('refuses a changed file and a database from a newer release, each in one line', async () => {
    await migrate(url, { password }, [things, more]);
    await expect(migrate(url, { password }, [step(1, 'select 1'), more])).rejects.toThrow(
      /^The database was made with another text of 0001_step\.sql[^\n]*$/,
    );
    await expect(migrate(url, { password }, [things])).rejects.toThrow(
      /^The database was made by a newer Evenhand \(it has 0002_step\.sql[^\n]*$/,
    );
  });

  test('a role that may not make roles is told the two ways out; the second one works', async () => {
    const admin = await makeRole('');
    const service = await makeRole('');
    await onDatabase(url, (client) =>
      client.query(`alter database ${quoteName(new URL(url).pathname.slice(1))} owner to ${admin}`),
    );
    const adminUrl = withRole(url, admin, 'pw');
    await expect(migrate(adminUrl, { password }, [things])).rejects.toThrow(
      /may not create the role[^\n]*createrole[^\n]*EVENHAND_SERVICE_DATABASE_URL/,
    );
    expect((await migrate(adminUrl, { existing: service }, [things])).serviceRole).toBe(service);
    await onDatabase(withRole(url, service, 'pw'), (client) => client.query('insert into thing values (1)'));
  });

  test('a role with CREATEROLE and no more is enough', async () => {
    const admin = await makeRole('createrole');
    await onDatabase(url, (client) =>
      client.query(`alter database ${quoteName(new URL(url).pathname.slice(1))} owner to ${admin}`),
    );
    const adminUrl = withRole(url, admin, 'pw');
    await migrate(adminUrl, { password }, [things]);
    const { serviceRole } = await migrate(adminUrl, { password: 'changed' }, [things]);
    await onDatabase(withRole(url, serviceRole, 'changed'), (client) => client.query('insert into thing values (1)'));
    await onDatabase(url, (client) => client.query(`drop owned by ${admin}, ${quoteName(serviceRole)} cascade`));
  });

  test('a service role that could change the ledger is refused', async () => {
    const superuser = await makeRole('superuser');
    const member = await makeRole('');
    const admin = decodeURIComponent(new URL(url).username);
    await onDatabase(url, (client) => client.query(`grant ${quoteName(admin)} to ${member}`));
    for (const role of [superuser, member, admin]) {
      await expect(migrate(url, { existing: role }, [things])).rejects.toThrow(
        `The role "${role}" in EVENHAND_SERVICE_DATABASE_URL could change the ledger`,
      );
    }
    await expect(migrate(url, { existing: 'nobody_at_all' }, [things])).rejects.toThrow('does not exist');
  });

  test('another service role later gets the same rights', async () => {
    await migrate(url, { password }, [things, more]);
    const later = await makeRole('');
    await migrate(url, { existing: later }, [things, more]);
    await onDatabase(withRole(url, later, 'pw'), async (client) => {
      await client.query('insert into thing values (1)');
      await client.query('update thing set n = 2');
      await client.query("select nextval('counter')");
      await expect(client.query('delete from thing')).rejects.toThrow('permission denied');
      await client.query('create table pgboss.job (n int)');
    });
  });
});

describe('the files', () => {
  test("are this release's, numbered without a gap", () => {
    const files = readMigrations();
    expect(files.length).toBeGreaterThan(0);
    expect(files.map(({ number }) => number)).toEqual(files.map((_, index) => index + 1));
  });

  test.each([['0002_second.sql'], ['1_short.sql'], ['0001 spaced.sql']])('%s out of order is a bug', (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'evenhand-migrations-'));
    writeFileSync(join(folder, name), 'select 1');
    expect(() => readMigrations(folder)).toThrow(`Migration file out of order: ${name}`);
    rmSync(folder, { recursive: true });
  });
});

describe('names and literals', () => {
  test('are quoted', () => {
    expect(quoteName('a "b"')).toBe('"a ""b"""');
    expect(quoteText("it's")).toBe("'it''s'");
    expect(quoteText("\\ and '")).toBe(" E'\\\\ and '''");
  });

  test('a role name never exceeds what PostgreSQL keeps', () => {
    expect(serviceRoleName('shop')).toBe('evenhand_service_shop');
    const long = 'x'.repeat(63);
    expect(serviceRoleName(long).length).toBeLessThanOrEqual(63);
    expect(serviceRoleName(long)).not.toBe(serviceRoleName(`${'x'.repeat(62)}y`));
  });
});

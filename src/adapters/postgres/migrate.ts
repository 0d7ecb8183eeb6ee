import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Refusal } from '../refusal.ts';
import { checkServiceRole, ensureServiceRole, handOverGrants, serviceRoleName } from './service-role.ts';
import { quoteName } from './sql.ts';

/** One numbered file of plain SQL. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The role the service works as: one that we make and give a password, or one that the server's owner made. */
export type ServiceRole = { readonly password: string } | { readonly existing: string };

/** What `migrate` did. */
export interface Migrated {
  readonly serviceRole: string;
  /** The names of the files it ran now. */
  readonly applied: readonly string[];
}

const FOLDER = join(import.meta.dirname, 'migrations');
const LOCK = 0x4556_4d49;

/** The migrations of this release, in order. Throws when a file's name or number is out of order: that is a bug in the release. */
export function readMigrations(folder: string = FOLDER): readonly Migration[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return files.map((file, index) => {
    const parts = /^(\d{4})_([a-z0-9_-]+)\.sql$/.exec(file);
    if (Number(parts?.[1]) !== index + 1) throw new Error(`Migration file out of order: ${file}`);
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    return { number: index + 1, name: file, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Brings the database to this release: each file once, in order, each in a transaction of its own, one process at a time. Makes
 * the service role first, since the files grant it its rights under the name `:service_role`. Also gives it a schema `pgboss`
 * to keep its jobs in. Throws a `Refusal` when the database is from a newer release or from changed files.
 */
export async function migrate(
  adminUrl: string,
  role: ServiceRole,
  migrations: readonly Migration[] = readMigrations(),
): Promise<Migrated> {
  const client = new Client({ connectionString: adminUrl, application_name: 'evenhand migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const serviceRole = await settleRole(client, role);
    await client.query(`create table if not exists evenhand_migration (
      number int primary key,
      name text not null,
      checksum text not null,
      granted_to text not null,
      applied_at timestamptz not null default now()
    )`);
    const before = await client.query<Applied>(
      'select number, name, checksum, granted_to from evenhand_migration order by number',
    );
    refuseStrangers(before.rows, migrations);
    await followRole(client, before.rows, serviceRole);
    const applied: string[] = [];
    for (const migration of migrations.slice(before.rows.length)) {
      await apply(client, migration, serviceRole);
      applied.push(migration.name);
    }
    await client.query('create schema if not exists pgboss');
    await client.query(`grant usage, create on schema pgboss to ${quoteName(serviceRole)}`);
    return { serviceRole, applied };
  } finally {
    await client.end();
  }
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly granted_to: string;
}

async function settleRole(client: Client, role: ServiceRole): Promise<string> {
  if ('existing' in role) {
    await checkServiceRole(client, role.existing);
    return role.existing;
  }
  const current = await client.query<{ database: string }>('select current_database() as database');
  const name = serviceRoleName(current.rows[0]?.database ?? '');
  await ensureServiceRole(client, name, role.password);
  return name;
}

function refuseStrangers(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [index, row] of applied.entries()) {
    const own = migrations[index];
    if (own === undefined) {
      throw new Refusal(
        `The database was made by a newer Evenhand (it has ${row.name}, this release ends at ${migrations.at(-1)?.name ?? 'none'}): start the newer release.`,
      );
    }
    if (own.number !== row.number || own.checksum !== row.checksum) {
      throw new Refusal(
        `The database was made with another text of ${row.name} than this release has: start the release that made it.`,
      );
    }
  }
}

async function followRole(client: Client, applied: readonly Applied[], serviceRole: string): Promise<void> {
  const earlier = new Set(applied.map((row) => row.granted_to).filter((name) => name !== serviceRole));
  if (earlier.size === 0) return;
  await inTransaction(client, async () => {
    for (const name of earlier) await handOverGrants(client, name, serviceRole);
    await client.query('update evenhand_migration set granted_to = $1', [serviceRole]);
  });
}

async function apply(client: Client, migration: Migration, serviceRole: string): Promise<void> {
  const sql = migration.sql.replaceAll(/(?<!:):service_role\b/g, quoteName(serviceRole));
  try {
    await inTransaction(client, async () => {
      await client.query(sql);
      await client.query(
        'insert into evenhand_migration (number, name, checksum, granted_to) values ($1, $2, $3, $4)',
        [migration.number, migration.name, migration.checksum, serviceRole],
      );
    });
  } catch (error) {
    throw new Error(`Migration ${migration.name} failed and was rolled back`, { cause: error });
  }
}

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

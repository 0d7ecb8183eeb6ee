import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { Client, type Pool } from 'pg';
import { describe, inject } from 'vitest';
import { connect } from '../../src/adapters/postgres/connect.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import type { Database } from '../../src/adapters/postgres/schema.ts';
import { type EmbeddedServer, openEmbeddedServer } from '../../src/adapters/postgres/server/server.ts';
import { serviceRoleName } from '../../src/adapters/postgres/service-role.ts';
import { quoteName, withDatabase, withRole } from '../../src/adapters/postgres/sql.ts';
import { SERVERS, type TestServer } from './database-server.ts';

/** A migrated, empty database that one test or suite has for itself. */
export interface TestDatabase {
  /** As the role that migrates and may do everything. */
  readonly adminUrl: string;
  /** As the role the service works as. */
  readonly serviceUrl: string;
  /** As the service. */
  readonly pool: Pool;
  readonly db: Kysely<Database>;
  /** Closes the pool and removes the database. */
  readonly drop: () => Promise<void>;
}

const TEMPLATE = 'evenhand_template';
const SERVICE_PASSWORD = 'only-for-tests';
const LOCK = 0x7465_7374;

const opened = new Map<TestServer, Promise<EmbeddedServer>>();
const prepared = new Map<TestServer, Promise<EmbeddedServer>>();

/** A fresh database, copied from a migrated template. `server` is the newest PostgreSQL Evenhand supports unless told otherwise. */
export async function createTestDatabase({
  server = 'newest',
}: {
  readonly server?: TestServer;
} = {}): Promise<TestDatabase> {
  const running = await serverWithTemplate(server);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onDatabase(running.adminUrl('postgres'), (client) =>
    client.query(`create database ${quoteName(name)} template ${TEMPLATE}`),
  );
  const adminUrl = running.adminUrl(name);
  const serviceUrl = withRole(adminUrl, serviceRoleName(TEMPLATE), SERVICE_PASSWORD);
  const { pool, db, close } = connect(serviceUrl, 5);
  return { adminUrl, serviceUrl, pool, db, drop: () => close().then(() => dropDatabase(adminUrl)) };
}

/** The connection string of a new database with nothing in it: a server of one's own, as `DATABASE_URL` names it. */
export async function createEmptyDatabase({
  server = 'oldest',
}: {
  readonly server?: TestServer;
} = {}): Promise<string> {
  const running = await testServer(server);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onDatabase(running.adminUrl('postgres'), (client) => client.query(`create database ${quoteName(name)}`));
  return running.adminUrl(name);
}

/** Removes a test database, whoever is still connected to it. */
export async function dropDatabase(adminUrl: string): Promise<void> {
  const name = decodeURIComponent(new URL(adminUrl).pathname.slice(1));
  await onDatabase(withDatabase(adminUrl, 'postgres'), (client) =>
    client.query(`drop database if exists ${quoteName(name)} with (force)`),
  );
}

/** Runs a suite twice, on the newest and on the oldest PostgreSQL that Evenhand supports. */
export function describeOnEveryDatabase(
  name: string,
  suite: (makeDatabase: () => Promise<TestDatabase>) => void,
): void {
  for (const server of ['newest', 'oldest'] as const) {
    describe(`${name} (PostgreSQL ${SERVERS[server].major})`, () => suite(() => createTestDatabase({ server })));
  }
}

/** Does something on a connection of its own. */
export async function onDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The server of this run, started by whoever asks first; the end of the run stops it. */
function testServer(server: TestServer): Promise<EmbeddedServer> {
  return remembered(opened, server, () =>
    openEmbeddedServer({
      folder: join(inject('serversFolder'), server),
      serverPackage: SERVERS[server].serverPackage,
      durable: false,
    }),
  );
}

function serverWithTemplate(server: TestServer): Promise<EmbeddedServer> {
  return remembered(prepared, server, async () => {
    const running = await testServer(server);
    await onDatabase(running.adminUrl('postgres'), async (client) => {
      await client.query('select pg_advisory_lock($1)', [LOCK]);
      const found = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
      if (found.rowCount !== 0) return;
      await client.query(`create database ${TEMPLATE}`);
      await migrate(running.adminUrl(TEMPLATE), { password: SERVICE_PASSWORD }).catch(async (error: unknown) => {
        await client.query(`drop database ${TEMPLATE}`);
        throw error;
      });
    });
    return running;
  });
}

function remembered<T>(memory: Map<TestServer, Promise<T>>, server: TestServer, make: () => Promise<T>): Promise<T> {
  const known = memory.get(server) ?? make();
  memory.set(server, known);
  return known;
}

import type { Kysely } from 'kysely';
import { Client, type Pool } from 'pg';
import { type Connection, connect } from './adapters/postgres/connect.ts';
import { keepKeyCheck, refuseOtherKey } from './adapters/postgres/master-key.ts';
import { migrate, type ServiceRole } from './adapters/postgres/migrate.ts';
import type { Database } from './adapters/postgres/schema.ts';
import { openEmbeddedServer, openOwnServer, type Server } from './adapters/postgres/server/server.ts';
import { quoteName, withRole } from './adapters/postgres/sql.ts';
import { Refusal } from './adapters/refusal.ts';
import { derivedKey, masterKey } from './adapters/secrets.ts';
import { masterKeyCheck } from './adapters/vault/keys.ts';
import type { Config } from './config.ts';
import { checkAppealTransitions } from './core/appeals/transitions.ts';
import { checkActTransitions } from './core/enforcement/acts.ts';
import { checkTransitions } from './core/measures/transitions.ts';

/** The name of the database on the embedded server. */
const DATABASE = 'evenhand';

/** Evenhand on its database, ready for use: what the service and every command stand on. */
export interface Installation {
  readonly config: Config;
  readonly masterKey: Uint8Array;
  /** The connection string of the service's role, for what keeps connections of its own. */
  readonly serviceUrl: string;
  readonly pool: Pool;
  readonly db: Kysely<Database>;
  readonly server: Server;
  readonly close: () => Promise<void>;
}

/** What to tell while opening, and whom. */
export interface Watching {
  readonly onProgress?: (line: string) => void;
  /** Called when the embedded server goes away and does not come back; one's own is waited for. */
  readonly onLost?: () => void;
  /** Takes the right to serve the data folder, under a label that names the process; without it one only uses the folder. */
  readonly serveAs?: string;
}

/**
 * Opens the installation that the configuration describes: starts the embedded server or joins the one that runs, brings the
 * tables to this release, and connects as the service. Throws a `Refusal` for what a person can put right.
 */
export async function openInstallation(
  config: Config,
  { onProgress = () => undefined, onLost = () => undefined, serveAs }: Watching = {},
): Promise<Installation> {
  checkTransitions();
  checkAppealTransitions();
  checkActTransitions();
  const key = masterKey(config.dataFolder, config.masterKey);
  const { server, adminUrl } = await openServer(config, onProgress, onLost);
  let connection: Connection | undefined;
  try {
    if (serveAs !== undefined) await claimFolder(server, config.dataFolder, serveAs);
    const keyCheck = masterKeyCheck(key);
    await refuseOtherKey(adminUrl, keyCheck);
    const password = Buffer.from(derivedKey(key, 'database service role')).toString('base64url');
    const { applied, serviceRole } = await migrate(adminUrl, serviceRoleOf(config, password));
    await keepKeyCheck(adminUrl, keyCheck);
    if (applied.length > 0)
      onProgress(`Brought the tables up to date (${applied.length} ${applied.length === 1 ? 'step' : 'steps'})`);
    const serviceUrl = config.serviceDatabaseUrl ?? withRole(adminUrl, serviceRole, password);
    connection = connect(serviceUrl);
    await connection.pool.query('select 1').catch((error: unknown) => {
      throw new Refusal(
        `The service cannot connect to its database as "${serviceRole}": ${error instanceof Error ? error.message : 'no answer'}.`,
      );
    });
    const { pool, db, close } = connection;
    return { config, masterKey: key, serviceUrl, pool, db, server, close: () => close().finally(server.close) };
  } catch (error) {
    await connection?.close();
    await server.close();
    throw error;
  }
}

/** A readiness check: can the database be asked? */
export function databaseReadiness({ pool }: Pick<Installation, 'pool'>): () => Promise<string | null> {
  return () =>
    Promise.race([
      pool.query('select 1').then(
        () => null,
        () => 'the database does not answer',
      ),
      new Promise<string>((resolve) => {
        setTimeout(() => resolve('the database takes too long to answer'), READINESS_MS).unref();
      }),
    ]);
}

const READINESS_MS = 2_000;

async function claimFolder(server: Server, folder: string, label: string): Promise<void> {
  const holder = await server.claim(label);
  if (holder === null) return;
  const [, pid, address] = /^evenhand (\d+)(?: (\S+))?$/.exec(holder) ?? [];
  const who = pid === undefined ? '' : ` (process ${pid}${address === undefined ? '' : `, ${address}`})`;
  throw new Refusal(
    `Evenhand already serves the data in ${folder}${who}: stop that one first, or choose another folder with EVENHAND_DATA.`,
  );
}

async function openServer(
  config: Config,
  onProgress: (line: string) => void,
  onLost: () => void,
): Promise<{ server: Server; adminUrl: string }> {
  if (config.databaseUrl !== undefined) {
    return { server: await openOwnServer(config.databaseUrl, config.dataFolder), adminUrl: config.databaseUrl };
  }
  const server = await openEmbeddedServer({ folder: config.dataFolder, onProgress, onLost });
  await ensureDatabase(server.adminUrl('postgres'), DATABASE);
  return { server, adminUrl: server.adminUrl(DATABASE) };
}

async function ensureDatabase(url: string, database: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${quoteName(database)}`);
  } catch (error) {
    // Two first starts at once: the other one made it.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

function serviceRoleOf(config: Config, password: string): ServiceRole {
  if (config.serviceDatabaseUrl === undefined) return { password };
  return { existing: decodeURIComponent(new URL(config.serviceDatabaseUrl).username) };
}

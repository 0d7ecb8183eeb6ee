import { Kysely, PostgresDialect } from 'kysely';
import { Client, type ClientConfig, Pool } from 'pg';
import type { Database } from './schema.ts';
import { typeParsers } from './type-parsers.ts';

/** A pool of connections and the query builder on it. */
export interface Connection {
  readonly pool: Pool;
  readonly db: Kysely<Database>;
  /** Waits for running queries and closes every connection. */
  readonly close: () => Promise<void>;
}

/** How many connections one process keeps at most. */
const CONNECTIONS = 10;

/** The longest wait for a server to let somebody in, in milliseconds. */
const CONNECT_MS = 10_000;

/** Gives up on a server that says nothing; the pool's own setting would also give up on whoever waits while all connections are busy. */
const promptClient = (connectMs: number) =>
  class extends Client {
    constructor(config?: string | ClientConfig) {
      super(typeof config === 'object' ? { ...config, connectionTimeoutMillis: connectMs } : config);
    }
  };

/**
 * Opens a pool. bigint comes as a number (an unsafe one throws), numeric and date as text, timestamptz as an
 * `Instant` (milliseconds), json parsed.
 */
export function connect(url: string, connections: number = CONNECTIONS, connectMs: number = CONNECT_MS): Connection {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    types: typeParsers,
    application_name: 'evenhand',
    keepAlive: true,
    Client: promptClient(connectMs),
  });
  // A connection that the server drops while it is idle is replaced at the next query, which reports if that fails too.
  pool.on('error', () => undefined);
  // One that is dropped in the middle of a transaction, between two statements, fails the next of them; nobody else listens to it then.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const close = async (): Promise<void> => {
    await db.destroy();
    // Kysely ends only a pool that it has used itself.
    if (!pool.ending) await pool.end();
  };
  return { pool, db, close };
}

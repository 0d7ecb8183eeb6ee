import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Cluster, folderArgument, PROGRAM_ENVIRONMENT } from './cluster.ts';

/** A server process that runs on a cluster, whoever started it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const LARGEST_LOG = 8 * 1024 * 1024;

/**
 * The server running on this folder now, or null. PostgreSQL's own lock file tells; a number in it that has meanwhile gone to
 * another program is recognised, and the file is then removed, because PostgreSQL itself would refuse to start.
 */
export function runningPostmaster(folder: string): Postmaster | null {
  const lock = join(folder, 'postmaster.pid');
  const lines = readIfThere(lock)?.split('\n');
  const [pid, port] = [Number(lines?.[0]), Number(lines?.[3])];
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  if (isServerOf(pid, folder)) return { pid, port };
  if (readIfThere(lock)?.split('\n')[0] === String(pid)) rmSync(lock, { force: true });
  return null;
}

/** A server process just spawned, and what became of it. */
export interface Started {
  readonly pid: number;
  readonly port: number;
  /** What the server wrote to its log since the spawn. */
  readonly words: () => string;
  readonly hasEnded: () => boolean;
}

/**
 * Spawns the server on a port. It is its own process group, so that Ctrl-C in a terminal reaches us and not it: we stop it
 * when our own work is finished.
 */
export function spawnPostmaster(cluster: Cluster, port: number, logFile: string, durable: boolean): Started {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a+', 0o600);
  const from = fstatSync(log).size;
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'password_encryption=scram-sha-256',
    // Nothing a row or a statement holds may come into the log: it could be personal data. Errors go to whoever asked.
    'log_min_messages=log',
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_parameter_max_length=0',
    'log_parameter_max_length_on_error=0',
    'log_checkpoints=off',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']),
  ];
  const child: ChildProcess = spawn(
    cluster.binaries.postgres,
    ['-D', folderArgument(cluster), ...settings.flatMap((setting) => ['-c', setting])],
    { ...cluster.identity, cwd: cluster.folder, env: PROGRAM_ENVIRONMENT, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  child.on('error', () => {
    ended = true;
  });
  child.unref();
  return { pid: child.pid ?? 0, port, words: () => readFrom(logFile, from), hasEnded: () => ended };
}

/**
 * Stops the server: open transactions are rolled back, everything committed is on disk. A server that does not go within the
 * patience is stopped hard; it then recovers at its next start.
 */
export async function stopPostmaster(folder: string, pid: number, patienceMs = 60_000): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!sendSignal(pid, signal)) return;
    for (let waited = 0; waited < patienceMs; waited += 10) {
      if (!isAlive(pid) || !isServerOf(pid, folder)) return;
      await pause(10);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`);
}

/** A port of the loopback address that nothing uses now; `preferred` where that is free. */
export async function freePort(preferred: number | undefined): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(null));
      probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const address = probe.address();
        probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : null));
      });
    });
  const port = (preferred === undefined ? null : await tryPort(preferred)) ?? (await tryPort(0));
  if (port === null) throw new Error('No free port on 127.0.0.1');
  return port;
}

function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A PostgreSQL server works in its folder, so its working folder tells which one it serves. A zombie has none. */
function isServerOf(pid: number, folder: string): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
    } catch {
      return false;
    }
  }
  if (process.platform === 'win32') return true;
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres');
  } catch {
    return false;
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function readFrom(path: string, position: number): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.max(0, Math.min(65_536, fstatSync(file).size - position)));
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, position));
  } finally {
    closeSync(file);
  }
}

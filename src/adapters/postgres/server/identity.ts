import { lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Refusal } from '../../refusal.ts';

/** The user the server runs as when that is not the user Evenhand runs as. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. Root therefore starts it as the owner of the database folder, and makes a new folder for
 * the user `evenhand` where there is one, else for `nobody`. Undefined means: as ourselves.
 */
export function serverIdentity(clusterFolder: string): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = ownerOf(clusterFolder);
  if (owner !== undefined && owner.uid !== 0) return owner;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['evenhand', 'nobody']) {
    const user = users.find((fields) => fields[0] === name);
    if (user !== undefined) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Refusal(
    'PostgreSQL does not run as root, and this system has no user "evenhand" or "nobody": make one (useradd --system evenhand), start as an ordinary user, or set DATABASE_URL.',
  );
}

/** Gives a folder and all in it to the user; nothing happens where it is theirs already, or where it went away meanwhile. */
export function giveTo(identity: Identity | undefined, path: string): void {
  if (identity === undefined) return;
  try {
    const entry = lstatSync(path);
    if (entry.uid !== identity.uid || entry.gid !== identity.gid) lchownSync(path, identity.uid, identity.gid);
    if (entry.isDirectory()) for (const name of readdirSync(path)) giveTo(identity, join(path, name));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Another start, or the server itself, removes its drafts and its lock file while we walk.
    if (code === 'ENOENT') return;
    if (code === 'EPERM' || code === 'EINVAL') throw mayNotSwitch();
    throw error;
  }
}

/** True when the user can come to this file or folder by its path: every folder above lets them pass. */
export function canReach(identity: Identity | undefined, path: string): boolean {
  if (identity === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (!allows(identity, folder, 1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** True when the user can come to the file and read it (and, asked so, run it). */
export function canRead(identity: Identity, path: string, andRun: boolean): boolean {
  return canReach(identity, path) && allows(identity, path, andRun ? 5 : 4);
}

/** The refusal where root's wings are clipped: a container without the right to switch users. */
export function mayNotSwitch(): Refusal {
  return new Refusal(
    'PostgreSQL does not run as root, and this root may not switch to another user: start Evenhand as an ordinary user, or set DATABASE_URL.',
  );
}

function allows({ uid, gid }: Identity, path: string, bits: number): boolean {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return false;
  const shift = entry.uid === uid ? 6 : entry.gid === gid ? 3 : 0;
  return ((entry.mode >> shift) & bits) === bits;
}

function ownerOf(folder: string): Identity | undefined {
  const entry = statSync(folder, { throwIfNoEntry: false });
  return entry === undefined ? undefined : { uid: entry.uid, gid: entry.gid };
}

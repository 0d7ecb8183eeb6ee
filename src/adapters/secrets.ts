import { hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './files.ts';
import { Refusal } from './refusal.ts';

/**
 * The installation's key of 32 bytes, from which every other key is derived: the one given, or else the one kept in
 * `<dataFolder>/secrets/master.key`, which is made (mode 0600) at the first start. Whoever loses it loses what it encrypts.
 */
export function masterKey(dataFolder: string, given: Uint8Array | undefined): Uint8Array {
  if (given !== undefined) return given;
  const text = keptSecret(dataFolder, 'master.key', () => randomBytes(32).toString('base64'));
  const key = new Uint8Array(Buffer.from(text, 'base64'));
  if (key.length !== 32)
    throw new Refusal(
      `${join(dataFolder, 'secrets', 'master.key')} is damaged: put back the copy you keep, or the key cannot open what it encrypted.`,
    );
  return key;
}

/** A secret kept in `<dataFolder>/secrets/<name>`, made once. Of two processes that make it at the same time, both get the first one's. */
export function keptSecret(dataFolder: string, name: string, make: () => string): string {
  const folder = join(dataFolder, 'secrets');
  const file = join(folder, name);
  const existing = readSecret(file);
  if (existing !== null) return existing;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeDurably(draft, `${make()}\n`, 0o600);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const kept = readSecret(file);
  if (kept === null) throw new Error(`A secret just written is gone: ${file}`);
  return kept;
}

/** 32 bytes that follow from the master key and the purpose alone (HKDF with SHA-256, RFC 5869). */
export function derivedKey(master: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, new Uint8Array(0), `evenhand ${purpose}`, 32));
}

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return null;
    if (code === 'EACCES')
      throw new Refusal(
        `${file} belongs to another user: start Evenhand as the user who made the folder, or give the folder to yourself with chown -R.`,
      );
    throw error;
  }
}

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { derivedKey } from '../secrets.ts';

export const MASTER_KEY_BYTES = 32;

/** What each subkey is for. One purpose, one key: a hash can never be mistaken for another kind of hash. */
const PURPOSES = ['identifier', 'search', 'content', 'installation', 'customer-key', 'portal', 'check'] as const;
export type Purpose = (typeof PURPOSES)[number];
export type Subkeys = Readonly<Record<Purpose, KeyObject>>;

/** One 32-byte key per purpose, by HKDF-SHA-256 (RFC 5869). Throws when the master key is not 32 bytes. */
export function deriveSubkeys(masterKey: Uint8Array): Subkeys {
  if (masterKey.length !== MASTER_KEY_BYTES) throw new Error(`The master key has ${masterKey.length} bytes, not 32`);
  // Key objects, not bytes: with bytes Node makes one again for every use, which costs several times the use itself.
  const derive = (purpose: Purpose): KeyObject => createSecretKey(derivedKey(masterKey, `vault ${purpose} v1`));
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, derive(purpose)])) as Record<Purpose, KeyObject>;
}

/**
 * What an installation may keep in its database to notice at the start that it was given another master key:
 * everything sealed or hashed under the right one would be unreadable.
 */
export function masterKeyCheck(masterKey: Uint8Array): Buffer {
  return createHmac('sha256', deriveSubkeys(masterKey).check).update('evenhand').digest();
}

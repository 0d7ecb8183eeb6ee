import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { hash, verify } from '@node-rs/argon2';
import type { Credentials } from '../ports/staff.ts';
import { derivedKey } from './secrets.ts';

/** argon2id with 19 MiB, two passes, one lane: the first choice of the OWASP password storage cheat sheet. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords by argon2id, tokens by SHA-256, addresses by HMAC-SHA-256 under a key that follows from the master key. */
export function createCredentials(masterKey: Uint8Array): Credentials {
  const key = derivedKey(masterKey, 'staff addresses');
  const keyed = (kind: string, text: string): Buffer => createHmac('sha256', key).update(`${kind}\0${text}`).digest();
  const nobodys = hash(randomBytes(32), ARGON2ID);
  return {
    hashPassword: (password) => hash(password.normalize('NFKC'), ARGON2ID),
    async verifyPassword(kept, password) {
      const matches = await verify(kept ?? (await nobodys), password.normalize('NFKC'));
      return matches && kept !== null;
    },
    newToken: () => randomBytes(32).toString('base64url'),
    tokenHash: (token) => createHash('sha256').update(token).digest(),
    addressHash: (email) => keyed('e-mail', email.trim().normalize('NFKC').toLowerCase()),
    callerHash: (ip) => keyed('caller', networkOf(ip)),
  };
}

/** The whole address of IPv4, the first 64 bits of IPv6. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1] !== undefined) return mapped[1];
  const bare = ip.split('%')[0] ?? ip;
  if (!isIPv6(bare)) return ip;
  const [head = '', tail] = bare.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

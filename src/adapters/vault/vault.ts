import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { type PrivatePart, privatePart } from '../../core/events/event.ts';
import type { ShopId } from '../../core/shared/brand.ts';
import { KEY_WORDS, readKey } from '../../core/shared/key-table.ts';
import type { Vault } from '../../ports.ts';
import { type Beginning, KeyedHash, LONGEST_MESSAGE } from './keyed-hash.ts';
import { deriveSubkeys } from './keys.ts';
import { openBytes, sealBytes } from './seal.ts';

/** The vault of an installation. The master key stays in this closure; nothing derived from it is ever logged. */
export function createVault(masterKey: Uint8Array): Vault {
  const keys = deriveSubkeys(masterKey);
  const putKey = identifierKeys(keys.identifier);
  const words = new Int32Array(KEY_WORDS);
  return {
    identifierHash(shop, type, normalised) {
      putKey(shop, type, normalised, words, 0);
      const hash = Buffer.allocUnsafe(4 * KEY_WORDS);
      for (let word = 0; word < KEY_WORDS; word += 1) hash.writeInt32BE(words[word] ?? 0, 4 * word);
      return hash;
    },
    putIdentifierKey: putKey,
    searchToken: (shop, prefix) => keyedHash(keys.search, shop, prefix).subarray(0, 16),
    portalHash: (shop, purpose, text) => keyedHash(keys.portal, shop, purpose, text),
    randomBytes,
    contentHash: (shop, canonical) => keyedHash(keys.content, shop, canonical),
    seal: (plain) => sealBytes(keys.installation, Buffer.from(plain, 'utf8')),
    open: (sealed) => openBytes(keys.installation, sealed).toString('utf8'),
    newCustomerKey() {
      const key = randomBytes(32);
      return { key, wrapped: sealBytes(keys['customer-key'], key) };
    },
    unwrap: (wrapped) => openBytes(keys['customer-key'], wrapped),
    sealFor: (customerKey, data) =>
      sealBytes(createSecretKey(customerKey), Buffer.from(JSON.stringify(privatePart.parse(data)), 'utf8')),
    openFor: (customerKey, sealed): PrivatePart =>
      privatePart.parse(JSON.parse(openBytes(createSecretKey(customerKey), sealed).toString('utf8'))),
    sealBytesFor: (customerKey, bytes) => sealBytes(createSecretKey(customerKey), Buffer.from(bytes)),
    openBytesFor: (customerKey, sealed) => openBytes(createSecretKey(customerKey), sealed),
  };
}

/** Longer ones, which no intake lets through, are hashed by Node; a character is three bytes at most. */
const LONGEST_IDENTIFIER = Math.floor((LONGEST_MESSAGE - 100) / 3);

/** So many shops' messages are begun at a time; beyond, all are begun anew. */
const MOST_BEGUN = 10_000;

/** `keyedHash` of identifiers, for where it must be fast. */
function identifierKeys(key: KeyObject): Vault['putIdentifierKey'] {
  const hash = new KeyedHash(key.export());
  const begun = new Map<ShopId, Map<string, Beginning>>();
  let count = 0;
  let [last, ofLast]: [ShopId | null, Map<string, Beginning>] = [null, new Map()];
  const begin = (shop: ShopId, type: string): Beginning => {
    const beginning = hash.beginning(`${shop}\0${type}\0`);
    if (count >= MOST_BEGUN) {
      begun.clear();
      ofLast = new Map();
      count = 0;
    }
    count += 1;
    begun.set(shop, ofLast.set(type, beginning));
    return beginning;
  };
  return (shop, type, normalised, into, at) => {
    if (normalised.length > LONGEST_IDENTIFIER) {
      readKey(keyedHash(key, shop, type, normalised), into, at);
      return;
    }
    if (shop !== last) [last, ofLast] = [shop, begun.get(shop) ?? new Map()];
    hash.put(normalised, into, at, ofLast.get(type) ?? begin(shop, type));
  };
}

/** HMAC-SHA-256 over the parts, separated by a byte none of them can hold. The shop is always the first. */
function keyedHash(key: KeyObject, shop: ShopId, ...parts: readonly string[]): Buffer {
  const hmac = createHmac('sha256', key).update(shop);
  for (const part of parts) hmac.update('\0').update(part);
  return hmac.digest();
}

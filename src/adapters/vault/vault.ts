import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { type PrivatePart, privatePart } from '../../core/events/event.ts';
import type { ShopId } from '../../core/shared/brand.ts';
import type { Vault } from '../../ports.ts';
import { deriveSubkeys } from './keys.ts';
import { openBytes, sealBytes } from './seal.ts';

/** The vault of an installation. The master key stays in this closure; nothing derived from it is ever logged. */
export function createVault(masterKey: Uint8Array): Vault {
  const keys = deriveSubkeys(masterKey);
  return {
    identifierHash: (shop, type, normalised) => keyedHash(keys.identifier, shop, type, normalised),
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

/** HMAC-SHA-256 over the parts, separated by a byte none of them can hold. The shop is always the first. */
function keyedHash(key: KeyObject, shop: ShopId, ...parts: readonly string[]): Buffer {
  const hmac = createHmac('sha256', key).update(shop);
  for (const part of parts) hmac.update('\0').update(part);
  return hmac.digest();
}

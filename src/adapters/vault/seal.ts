import { createCipheriv, createDecipheriv, createHmac, type KeyObject } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * AES-256-GCM under a nonce derived from key and plaintext (as in RFC 8452, a synthetic nonce): the same text under the same
 * key seals to the same bytes. So a projection rebuilt from the ledger equals the one before, and no nonce is ever used for
 * two texts. What it gives away: that two sealed values of one customer are equal.
 * Layout: version (1 byte), nonce (12), tag (16), ciphertext.
 */
export function sealBytes(key: KeyObject, plain: Buffer): Buffer {
  const nonce = createHmac('sha256', key).update('nonce').update(plain).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

/** The text again. Throws when a single bit was changed or the key is another one. */
export function openBytes(key: KeyObject, sealed: Buffer): Buffer {
  if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION)
    throw new Error('Sealed data is damaged or of an unknown form');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
  const plain = decipher.update(sealed.subarray(HEADER_BYTES));
  try {
    decipher.final();
  } catch {
    throw new Error('Sealed data was altered, or sealed under another key');
  }
  return plain;
}

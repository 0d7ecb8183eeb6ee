import type { Envelope } from '../../../ports/hearing.ts';
import type { Vault } from '../../../ports.ts';

/**
 * Under the key of the customer whom a message is about (null: under the installation's), so that whoever destroys the key
 * destroys what was written about them.
 */
export function sealEnvelope(vault: Vault, key: Buffer | null, { to, subject, text, html }: Envelope): Buffer {
  const plain = JSON.stringify({ to, subject, text, html });
  return key === null ? vault.seal(plain) : vault.sealBytesFor(key, Buffer.from(plain, 'utf8'));
}

/** What is sealed is authenticated, so it is what `sealEnvelope` wrote. */
export function openEnvelope(vault: Vault, key: Buffer | null, sealed: Buffer): Envelope {
  const plain = key === null ? vault.open(sealed) : vault.openBytesFor(key, sealed).toString('utf8');
  return JSON.parse(plain) as Envelope;
}

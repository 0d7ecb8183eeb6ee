import { createHmac, timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
import type { RawWebhook, WebhookRefusal, WebhookSecret } from '../../ports/platforms.ts';

/** How far the sender's clock and ours may be apart, and how long a message may be on its way: what the specification's libraries use. */
export const WINDOW_MS = 5 * 60_000;

const PREFIX = 'whsec_';

/** A secret as it is shown to people, from 24 to 64 random bytes. */
export const webhookSecret = (bytes: Uint8Array): string => `${PREFIX}${Buffer.from(bytes).toString('base64')}`;

/** The headers that sign a body by https://www.standardwebhooks.com, once with each secret. */
export function signWebhook(
  secrets: readonly string[],
  id: string,
  now: Instant,
  body: string | Buffer,
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(now / 1_000));
  const signatures = secrets.map((secret) => `v1,${signatureOf(secret, id, timestamp, body).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/**
 * Checks a webhook that is signed by https://www.standardwebhooks.com, against every secret that is still good, in constant
 * time. Gives the sender's id of the message, which is the same when it comes again, and when it was signed.
 */
export function verifyStandardWebhook(
  { headers, body }: RawWebhook,
  secrets: readonly WebhookSecret[],
  now: Instant,
): Result<
  { readonly id: string; readonly signedAt: Instant },
  Extract<WebhookRefusal, 'unsigned' | 'signature' | 'old'>
> {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signatures = '' } = headers;
  if (id === '' || id.length > 200 || signatures === '' || !/^\d{1,11}$/.test(timestamp)) return err('unsigned');
  const offered = signatures
    .split(' ', 20)
    .flatMap((each) => (each.startsWith('v1,') ? [Buffer.from(each.slice(3), 'base64')] : []));
  const good = secrets.filter(({ until }) => until === null || until > now);
  const fits = good
    .map(({ secret }) => signatureOf(secret, id, timestamp, body))
    .flatMap((expected) => offered.map((each) => each.length === expected.length && timingSafeEqual(each, expected)));
  if (!fits.includes(true)) return err('signature');
  const signedAt = instant(Number(timestamp) * 1_000);
  return Math.abs(now - signedAt) > WINDOW_MS ? err('old') : ok({ id, signedAt });
}

function signatureOf(secret: string, id: string, timestamp: string, body: string | Buffer): Buffer {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

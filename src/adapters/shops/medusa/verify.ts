import { createHmac, timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { type Instant, parseInstant } from '../../../core/shared/time.ts';
import type { RawWebhook, VerifiedWebhook, WebhookRefusal, WebhookSecret } from '../../../ports/platforms.ts';

/** Of the Standard Webhooks specification: older or newer than this, a webhook is not believed. */
export const TOLERANCE_MS = 5 * 60_000;

/** Standard Webhooks (https://www.standardwebhooks.com): a signature over id, time and body, by any secret that is still good. */
export function verify(
  { headers, body }: RawWebhook,
  secrets: readonly WebhookSecret[],
  now: Instant,
): Result<VerifiedWebhook, WebhookRefusal> {
  const id = headers['webhook-id'];
  const at = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (!id || !at || !signatures) return err('unsigned');
  const good = secrets
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) => isSigned(secret, id, at, body, signatures));
  if (!good.includes(true) || !/^\d{1,12}$/.test(at)) return err('signature');
  if (Math.abs(now - Number(at) * 1_000) > TOLERANCE_MS) return err('old');
  const told = objectOf(body);
  if (told === null) return err('body');
  const { type, timestamp } = told;
  return ok({
    delivery: id.slice(0, 200),
    topic: typeof type === 'string' ? type : null,
    triggeredAt: typeof timestamp === 'string' ? parseInstant(timestamp) : null,
  });
}

function isSigned(secret: string, id: string, at: string, body: Buffer, signatures: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest();
  return signatures
    .split(' ')
    .map((each) => {
      const given = Buffer.from(each.startsWith('v1,') ? each.slice(3) : '', 'base64');
      return given.length === expected.length && timingSafeEqual(given, expected);
    })
    .includes(true);
}

function objectOf(body: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

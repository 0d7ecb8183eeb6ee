import { err, ok, type Result } from '../../../core/shared/result.ts';
import { type Instant, parseInstant } from '../../../core/shared/time.ts';
import type { RawWebhook, VerifiedWebhook, WebhookRefusal, WebhookSecret } from '../../../ports/platforms.ts';
import { verifyStandardWebhook } from '../../net/standard-webhooks.ts';

/** Messages of our plug-in: signed by Standard Webhooks, with what they are about in the body. */
export function verify(
  webhook: RawWebhook,
  secrets: readonly WebhookSecret[],
  now: Instant,
): Result<VerifiedWebhook, WebhookRefusal> {
  const signed = verifyStandardWebhook(webhook, secrets, now);
  if (!signed.ok) return signed;
  const message = objectOf(webhook.body);
  if (message === null || typeof message.type !== 'string') return err('body');
  const { type, timestamp } = message;
  const sentAt = typeof timestamp === 'string' ? parseInstant(timestamp) : null;
  return ok({
    delivery: signed.value.id,
    topic: type === 'ping' ? null : type,
    triggeredAt: sentAt ?? signed.value.signedAt,
  });
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

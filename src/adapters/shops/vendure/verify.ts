import { err, ok, type Result } from '../../../core/shared/result.ts';
import { type Instant, parseInstant } from '../../../core/shared/time.ts';
import type { RawWebhook, VerifiedWebhook, WebhookRefusal, WebhookSecret } from '../../../ports/platforms.ts';
import { verifyStandardWebhook } from '../../net/standard-webhooks.ts';
import { jsonObject } from '../json-object.ts';

/** Messages of our plug-in: signed by Standard Webhooks, with what they are about in the body. */
export function verify(
  webhook: RawWebhook,
  secrets: readonly WebhookSecret[],
  now: Instant,
): Result<VerifiedWebhook, WebhookRefusal> {
  const signed = verifyStandardWebhook(webhook, secrets, now);
  if (!signed.ok) return signed;
  const message = jsonObject(webhook.body);
  if (message === null || typeof message.type !== 'string') return err('body');
  const { type, timestamp } = message;
  const sentAt = typeof timestamp === 'string' ? parseInstant(timestamp) : null;
  return ok({
    delivery: signed.value.id,
    topic: type === 'ping' ? null : type,
    triggeredAt: sentAt ?? signed.value.signedAt,
  });
}

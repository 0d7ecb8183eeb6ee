import { err, ok, type Result } from '../../../core/shared/result.ts';
import { type Instant, parseInstant } from '../../../core/shared/time.ts';
import type { RawWebhook, VerifiedWebhook, WebhookRefusal, WebhookSecret } from '../../../ports/platforms.ts';
import { verifyStandardWebhook } from '../../net/standard-webhooks.ts';
import { jsonObject } from '../json-object.ts';

/** What our plug-in sends: signed by Standard Webhooks, with what it is about in the body. */
export function verify(
  webhook: RawWebhook,
  secrets: readonly WebhookSecret[],
  now: Instant,
): Result<VerifiedWebhook, WebhookRefusal> {
  const signed = verifyStandardWebhook(webhook, secrets, now);
  if (!signed.ok) return signed;
  const told = jsonObject(webhook.body);
  if (told === null) return err('body');
  const { type, timestamp } = told;
  return ok({
    delivery: signed.value.id,
    topic: typeof type === 'string' ? type : null,
    triggeredAt: typeof timestamp === 'string' ? parseInstant(timestamp) : null,
  });
}

import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { RawWebhook, VerifiedWebhook, WebhookRefusal, WebhookSecret } from '../../../ports/platforms.ts';
import { verifyStandardWebhook } from '../../net/standard-webhooks.ts';
import { jsonObject } from '../json-object.ts';
import { EVENTS } from './read.ts';

/** A webhook of the shop's own system. `{}` is a ping: it says nothing, and shows that the signature is right. */
export function verify(
  webhook: RawWebhook,
  secrets: readonly WebhookSecret[],
  now: Instant,
): Result<VerifiedWebhook, WebhookRefusal> {
  const signed = verifyStandardWebhook(webhook, secrets, now);
  if (!signed.ok) return signed;
  const told = jsonObject(webhook.body);
  if (told === null) return err('body');
  const topic = Object.keys(told).length === 0 ? null : EVENTS;
  return ok({ delivery: signed.value.id, topic, triggeredAt: signed.value.signedAt });
}

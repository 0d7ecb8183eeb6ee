import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type {
  Connection,
  RawWebhook,
  VerifiedWebhook,
  WebhookRefusal,
  WebhookSecret,
} from '../../../ports/platforms.ts';
import { jsonObject } from '../json-object.ts';
import { instantOf } from './orders.ts';

/** WooCommerce signs no time. What it says of an order is of that moment: older than this, it was kept by somebody and sent again. */
export const REPLAY_WINDOW_MS = 7 * 86_400_000;

const PING = /^webhook_id=\d{1,20}$/;

/** X-WC-Webhook-Signature is base64(HMAC-SHA256(body)). The ping at a webhook's making has none, and says nothing that is believed. */
export function verify(
  { headers, body }: RawWebhook,
  secrets: readonly WebhookSecret[],
  connection: Connection,
  now: Instant,
): Result<VerifiedWebhook, WebhookRefusal> {
  const signature = headers['x-wc-webhook-signature'];
  if (signature === undefined || signature === '') {
    const text = body.length <= 40 ? body.toString('latin1') : '';
    return PING.test(text) ? ok({ delivery: `ping:${text}`, topic: null, triggeredAt: null }) : err('unsigned');
  }
  const good = secrets
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) => isSignedWith(secret, body, signature));
  if (!good.includes(true)) return err('signature');
  const payload = jsonObject(body);
  if (payload === null) return err('body');
  if (isElsewhere(headers['x-wc-webhook-source'], connection)) return err('stranger');
  const modified = payload.date_modified_gmt;
  const triggeredAt = typeof modified === 'string' ? instantOf(modified) : null;
  const topic = headers['x-wc-webhook-topic'] ?? null;
  if (topic?.startsWith('order.') && triggeredAt !== null && triggeredAt < now - REPLAY_WINDOW_MS) return err('old');
  return ok({ delivery: deliveryOf(headers['x-wc-webhook-delivery-id'], body), topic, triggeredAt });
}

function isSignedWith(secret: string, body: Buffer, signature: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * WooCommerce makes the id of a delivery from the webhook and the second, so that two orders that change in the same second come under the
 * same id. With the body beside it each is told from the other, and a repeat is still a repeat.
 */
function deliveryOf(id: string | undefined, body: Buffer): string {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 32);
  return `${(id ?? '').replaceAll(/[^A-Za-z0-9_-]/g, '').slice(0, 64)}:${hash}`;
}

/** A copy of a shop for trying things out has the shop's webhooks and secrets in its database, and is not the shop. */
function isElsewhere(source: string | undefined, { address, facts }: Connection): boolean {
  const from = hostOf(source);
  const home = typeof facts.home === 'string' ? hostOf(facts.home) : null;
  return from !== null && from !== (home ?? hostOf(address));
}

function hostOf(address: string | undefined): string | null {
  if (address === undefined || !URL.canParse(address)) return null;
  return new URL(address).host.replace(/^www\./, '');
}

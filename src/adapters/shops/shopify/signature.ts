import { createHmac, timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { type Instant, parseInstant } from '../../../core/shared/time.ts';
import type {
  Connection,
  Credentials,
  RawWebhook,
  VerifiedWebhook,
  WebhookRefusal,
  WebhookSecret,
} from '../../../ports/platforms.ts';

/** Shopify tries for four hours to deliver a webhook. What is said to be older than a day and two hours is a replay. */
const REPLAY_MS = 26 * 3_600_000;
const AHEAD_MS = 10 * 60_000;

/**
 * Whether a webhook is Shopify's and this shop's. Shopify signs with the app's client secret, which it alone chooses; while that is being
 * changed the one before (`oldClientSecret`) is good too. What the headers say besides is not signed: the same body again is harmless
 * because events have ids of their own.
 */
export function verify(
  { headers, body }: RawWebhook,
  secrets: readonly WebhookSecret[],
  connection: Connection,
  credentials: Credentials,
  now: Instant,
): Result<VerifiedWebhook, WebhookRefusal> {
  const signature = headers['x-shopify-hmac-sha256'];
  if (signature === undefined || signature === '') return err('unsigned');
  const good = [
    credentials.clientSecret,
    credentials.oldClientSecret,
    ...secrets.filter(({ until }) => until === null || until > now).map(({ secret }) => secret),
  ];
  if (!good.some((secret) => secret !== undefined && secret !== '' && matches(signature, body, secret)))
    return err('signature');
  if (headers['x-shopify-shop-domain']?.toLowerCase() !== connection.address) return err('stranger');
  const triggeredAt = parseInstant(headers['x-shopify-triggered-at'] ?? '');
  if (triggeredAt !== null && (now - triggeredAt > REPLAY_MS || triggeredAt - now > AHEAD_MS)) return err('old');
  const delivery = headers['x-shopify-webhook-id'] ?? headers['x-shopify-event-id'];
  const topic = headers['x-shopify-topic'] ?? null;
  if (!isJson(body)) return err('body');
  // Without an id of its own the same body is the same delivery.
  return ok({ delivery: (delivery ?? `${topic}:${signature}`).slice(0, 200), topic, triggeredAt });
}

function matches(signature: string, body: Buffer, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isJson(body: Buffer): boolean {
  try {
    const read: unknown = JSON.parse(body.toString('utf8'));
    return typeof read === 'object' && read !== null;
  } catch {
    return false;
  }
}

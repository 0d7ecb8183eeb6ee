import { createHmac } from 'node:crypto';

/**
 * The three headers of the Standard Webhooks specification (https://www.standardwebhooks.com), which prove where a body comes from and that
 * nobody changed it. `now`: milliseconds.
 */
export function signed(secret: string, id: string, now: number, body: string): Record<string, string> {
  const at = String(Math.floor(now / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${mac}` };
}

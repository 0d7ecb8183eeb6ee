import { createHmac, timingSafeEqual } from 'node:crypto';

/* Standard Webhooks: https://www.standardwebhooks.com. Both sides sign in the same way. */

const FRESH_SECONDS = 300;

/** The three headers that prove where a body comes from and that nobody changed it. */
export function signed(secret: string, id: string, now: number, body: string): Record<string, string> {
  const at = String(Math.floor(now / 1_000));
  return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${mac(secret, id, at, body)}` };
}

/** Whether the headers were made with this secret, for this body, within the last five minutes. */
export function isSigned(
  secret: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Buffer,
  now: number,
): boolean {
  const [id, at, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name]);
  if (typeof id !== 'string' || typeof at !== 'string' || typeof signatures !== 'string') return false;
  if (!/^\d{1,12}$/.test(at) || Math.abs(now / 1_000 - Number(at)) > FRESH_SECONDS) return false;
  const expected = Buffer.from(mac(secret, id, at, body));
  return signatures.split(' ').some((each) => {
    const given = Buffer.from(each.startsWith('v1,') ? each.slice(3) : '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function mac(secret: string, id: string, at: string, body: string | Buffer): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest('base64');
}

import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { instant } from '../../../core/shared/time.ts';
import type { WebhookSecret } from '../../../ports/platforms.ts';
import { WINDOW_MS } from '../../net/standard-webhooks.ts';
import { verify } from './verify.ts';

const NOW = instant(Date.parse('2026-03-02T10:00:00.000Z'));
const secretOf = (fill: number): string => `whsec_${Buffer.alloc(24, fill).toString('base64')}`;
const kept = (secret: string, until: number | null = null): WebhookSecret => ({
  id: secret,
  secret,
  until: until === null ? null : instant(until),
});
const BODY = '{"type":"order.placed","timestamp":"2026-03-02T09:59:58.000Z","data":{}}';

function webhook(secret: string, at: number = NOW, body = BODY, signedBody = body) {
  const seconds = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`m1.${seconds}.${signedBody}`).digest('base64');
  return {
    headers: { 'webhook-id': 'm1', 'webhook-timestamp': seconds, 'webhook-signature': `v1,${mac}` },
    body: Buffer.from(body),
  };
}

it('believes what is signed with a good secret', () => {
  expect(verify(webhook(secretOf(1)), [kept(secretOf(1))], NOW)).toEqual({
    ok: true,
    value: { delivery: 'm1', topic: 'order.placed', triggeredAt: Date.parse('2026-03-02T09:59:58.000Z') },
  });
});

it('believes the secret before the newest until it is over', () => {
  const secrets = [kept(secretOf(2)), kept(secretOf(1), NOW + 1)];
  expect(verify(webhook(secretOf(1)), secrets, NOW).ok).toBe(true);
  expect(verify(webhook(secretOf(2)), secrets, NOW).ok).toBe(true);
  expect(verify(webhook(secretOf(1)), secrets, instant(NOW + 1))).toEqual({ ok: false, error: 'signature' });
});

it('believes one good signature among several', () => {
  const { headers, body } = webhook(secretOf(1));
  const more = { ...headers, 'webhook-signature': `v1,AAAA v2,xyz ${headers['webhook-signature']}` };
  expect(verify({ headers: more, body }, [kept(secretOf(1))], NOW).ok).toBe(true);
});

it.each([
  ['unsigned', { headers: {}, body: Buffer.from(BODY) }],
  ['signature', webhook(secretOf(9))],
  ['signature', webhook(secretOf(1), NOW, BODY.replace('placed', 'lost'), BODY)],
  ['old', webhook(secretOf(1), NOW - WINDOW_MS - 1_000)],
  ['old', webhook(secretOf(1), NOW + WINDOW_MS + 1_000)],
  ['body', webhook(secretOf(1), NOW, 'no JSON')],
  ['body', webhook(secretOf(1), NOW, '[]')],
])('says of what it does not believe that it is: %s', (error, told) => {
  expect(verify(told, [kept(secretOf(1))], NOW)).toEqual({ ok: false, error });
});

it('does not let the time be changed under a signature', () => {
  const { headers, body } = webhook(secretOf(1), NOW - 3_600_000);
  const fresh = { ...headers, 'webhook-timestamp': String(NOW / 1_000) };
  expect(verify({ headers: fresh, body }, [kept(secretOf(1))], NOW)).toEqual({ ok: false, error: 'signature' });
});

import fc from 'fast-check';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signWebhook, verifySignature, verifyWebhook } from '../src/index.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const body = JSON.stringify({
  type: 'measure.started',
  timestamp: '2026-03-01T12:00:00.000Z',
  data: { event: 'e', customer: { id: 'c', externalId: '12' }, measure: 'm' },
});

describe('a webhook', () => {
  it('is read with its id', async () => {
    const headers = await signWebhook({ secret, id: 'msg_1', body });
    expect(await verifyWebhook({ secret, headers, body })).toEqual({
      ok: true,
      value: { id: 'msg_1', ...JSON.parse(body) },
    });
  });

  it('may come as text, bytes or a buffer, with headers of any kind', async () => {
    const headers = await signWebhook({ secret, id: 'msg_1', body });
    const bytes = new TextEncoder().encode(body);
    for (const each of [body, bytes, bytes.buffer, Buffer.from(body)])
      expect((await verifyWebhook({ secret, headers, body: each })).ok).toBe(true);
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
    for (const each of [new Headers(headers), upper, { ...headers, cookie: undefined }])
      expect((await verifyWebhook({ secret, headers: each, body })).ok).toBe(true);
  });

  it('is not believed unsigned, changed, old, from the future, or of somebody else', async () => {
    const now = Date.now();
    const headers = await signWebhook({ secret, id: 'msg_1', body, now });
    const fault = async (more: Partial<Parameters<typeof verifyWebhook>[0]>) => {
      const read = await verifyWebhook({ secret, headers, body, now, ...more });
      return read.ok ? 'believed' : read.fault;
    };
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      expect(await fault({ headers: { ...headers, [name]: undefined } }), name).toBe('unsigned');
    expect(await fault({ headers: { ...headers, 'webhook-timestamp': 'yesterday' } })).toBe('unsigned');
    expect(await fault({ body: `${body} ` })).toBe('signature');
    expect(await fault({ headers: { ...headers, 'webhook-id': 'msg_2' } })).toBe('signature');
    expect(await fault({ headers: { ...headers, 'webhook-signature': 'v1,$$$ v1a,AAAA v1,' } })).toBe('signature');
    expect(await fault({ now: now + 302_000 })).toBe('old');
    expect(await fault({ now: now - 302_000 })).toBe('old');
    expect(await fault({ now: now + 302_000, toleranceSeconds: 600 })).toBe('believed');
    expect(await fault({ secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })).toBe('signature');
    expect(await fault({ secret: ['whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', secret] })).toBe('believed');
  });

  it.each(['', 'x', 'null', '[]', '{}', '{"type":1,"timestamp":"","data":{}}', '\uD800'])(
    'is no message of Evenhand’s: %j',
    async (text) => {
      const bytes = text === '\uD800' ? Uint8Array.of(0xff, 0xfe) : text;
      const headers = await signWebhook({ secret, id: 'msg_1', body: bytes });
      expect(await verifyWebhook({ secret, headers, body: bytes })).toEqual({ ok: false, fault: 'body' });
      expect((await verifySignature({ secret, headers, body: bytes })).ok).toBe(true);
    },
  );

  it('wants a secret that is one', async () => {
    for (const wrong of ['', 'whsec_', 'whsec_not base64!'])
      await expect(signWebhook({ secret: wrong, id: '1', body })).rejects.toThrow(TypeError);
  });
});

describe('beside the specification’s own library', () => {
  const secrets = fc
    .uint8Array({ minLength: 24, maxLength: 64 })
    .map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`);
  const ids = fc.stringMatching(/^msg_[A-Za-z0-9]{1,20}$/);

  it('what we sign it believes, and what it signs we believe', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, ids, fc.json(), async (key, id, text) => {
        const ours = await signWebhook({ secret: key, id, body: text });
        expect(() => new Webhook(key).verify(text, ours)).not.toThrow();
        const at = new Date();
        const theirs = {
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': new Webhook(key).sign(id, at, text),
        };
        expect((await verifySignature({ secret: key, headers: theirs, body: text })).ok).toBe(true);
      }),
    );
  });

  it('both refuse what was changed', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, ids, fc.json(), fc.string({ minLength: 1 }), async (key, id, text, more) => {
        const headers = await signWebhook({ secret: key, id, body: text });
        const changed = `${text}${more}`;
        expect(await verifySignature({ secret: key, headers, body: changed })).toEqual({
          ok: false,
          fault: 'signature',
        });
        expect(() => new Webhook(key).verify(changed, headers)).toThrow(WebhookVerificationError);
      }),
    );
  });
});

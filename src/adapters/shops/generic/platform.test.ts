import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signWebhook } from '../../../../sdk/src/index.ts';
import { tellsTheStory } from '../../../../test/support/shop-contract.ts';
import { unwrap } from '../../../core/shared/result.ts';
import { instant } from '../../../core/shared/time.ts';
import { hasWords } from '../../../core/shared/words.ts';
import type { Json, RawWebhook, ReadingContext } from '../../../ports/platforms.ts';
import { readLanguages } from '../../languages.ts';
import { story } from './fixtures/story.ts';
import { generic } from './platform.ts';
import { verify } from './verify.ts';

const context: ReadingContext = {
  source: 'generic',
  customerNumber: (id) => `2-${id}`,
  orderName: () => null,
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
};

describe('a shop’s own system', () => {
  tellsTheStory(generic, story);

  it('has its words for every note', () => {
    const english = readLanguages().firstOf(['en']);
    for (const [name, { note }] of Object.entries(generic.abilities))
      expect(note !== null && hasWords(english, `generic.notes.${note}`), name).toBe(true);
  });

  it('has an address that people recognise, and is never asked anything', async () => {
    expect(generic.readAddress(' shop.example.com/about ')).toBe('https://shop.example.com');
    expect(generic.readAddress('http://localhost:3000')).toBe('http://localhost:3000');
    for (const wrong of ['', 'shop', 'ftp://shop.example.com', 'https://me:you@shop.example.com', '::'])
      expect(generic.readAddress(wrong), wrong).toBeNull();
  });
});

describe('its webhooks', () => {
  const secret = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
  const now = instant(Date.UTC(2026, 2, 1, 12));
  const body = JSON.stringify({ events: [] });
  const secrets = [{ id: '1', secret, until: null }];

  async function signed(text = body, at: number = now): Promise<RawWebhook> {
    const headers = await signWebhook({ secret, id: 'msg_1', body: text, now: at });
    return { headers: { ...headers }, body: Buffer.from(text) };
  }

  it('are believed when the SDK or the specification’s own library signed them', async () => {
    const good = { ok: true, value: { delivery: 'msg_1', topic: 'events', triggeredAt: now } };
    expect(verify(await signed(), secrets, now)).toEqual(good);
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(now / 1_000),
      'webhook-signature': new Webhook(secret).sign('msg_1', new Date(now), body),
    };
    expect(verify({ headers, body: Buffer.from(body) }, secrets, now)).toEqual(good);
    expect(verify(await signed('{}'), secrets, now)).toMatchObject({ ok: true, value: { topic: null } });
  });

  it('are not believed unsigned, changed, old, from the future, or signed with another secret', async () => {
    const good = await signed();
    const why = (webhook: RawWebhook, at = now) => {
      const read = verify(webhook, secrets, at);
      return read.ok ? 'believed' : read.error;
    };
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      expect(why({ ...good, headers: { ...good.headers, [name]: undefined } }), name).toBe('unsigned');
    expect(why({ ...good, body: Buffer.from(`${body} `) })).toBe('signature');
    expect(why({ ...good, headers: { ...good.headers, 'webhook-id': 'msg_2' } })).toBe('signature');
    expect(why({ ...good, headers: { ...good.headers, 'webhook-signature': 'v1,AAAA v2,BBBB' } })).toBe('signature');
    expect(why(good, instant(now + 5 * 60_000 + 1))).toBe('old');
    expect(why(good, instant(now - 5 * 60_000 - 1))).toBe('old');
    expect(why(good, instant(now + 5 * 60_000))).toBe('believed');
    expect(verify(good, [{ id: '2', secret: `${secret.slice(0, -4)}AAA=`, until: null }], now)).toEqual({
      ok: false,
      error: 'signature',
    });
    for (const text of ['[]', '"x"', 'null', '{"events"']) expect(why(await signed(text)), text).toBe('body');
  });

  it('are believed with the secret before until its day is over', async () => {
    const good = await signed();
    const rotated = (until: number) => [
      { id: '2', secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', until: null },
      { id: '1', secret, until: instant(until) },
    ];
    expect(verify(good, rotated(now + 1), now).ok).toBe(true);
    expect(verify(good, rotated(now), now)).toEqual({ ok: false, error: 'signature' });
  });
});

describe('what it sends', () => {
  const order = {
    kind: 'order.placed',
    id: 'o1',
    occurredAt: '2026-03-01T12:00:00Z',
    customer: { externalId: '12' },
    body: { order: '1', total: { amount: 1_00, currency: 'EUR' } },
  };
  const read = (payload: object) => generic.read({ topic: 'events', payload: payload as Json }, context);

  it('is recorded under the connection, whatever source it names, and with the connection’s numbers', () => {
    const { events } = unwrap(read({ events: [{ ...order, source: 'webshop' }] }));
    expect(events).toEqual([expect.objectContaining({ source: 'generic', customer: { externalId: '2-12' } })]);
  });

  it.each([
    [{}, 'events'],
    [{ events: [] }, 'events'],
    [{ events: [order, { ...order, kind: 'order.sneezed' }] }, 'events.1.kind'],
    [{ events: [{ ...order, customer: {} }] }, 'events.0.customer'],
    [{ events: [{ ...order, occurredAt: 'yesterday' }] }, 'events.0.occurredAt'],
    [
      { events: [{ ...order, body: { order: '1', total: { amount: 1.5, currency: 'EUR' } } }] },
      'events.0.body.total.amount',
    ],
    [{ events: [{ ...order, colour: 'red' }] }, 'events.0'],
  ])('%j is refused at its path', (payload, path) => {
    expect(read(payload)).toMatchObject({ ok: false, error: { kind: 'drift', path } });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CustomerId, id, type MeasureId, type NoticeId } from '../../src/core/shared/brand.ts';
import type { Envelope, OutboxRow } from '../../src/ports/hearing.ts';
import { OWNER, SHOP, startApi, type TestApi, type Visitor } from '../support/api.ts';
import { uuid } from '../support/events.ts';
import { known, order } from '../support/offers.ts';
import { type Mailbox, openMailbox } from '../support/smtp.ts';

let api: TestApi;
let owner: Visitor;
let mailbox: Mailbox;
let key: string;
let keyOfOther: string;
let ada: CustomerId;

beforeAll(async () => {
  [api, mailbox] = await Promise.all([
    startApi(),
    openMailbox({ user: { name: 'tulip', password: 'a mail password' } }),
  ]);
  owner = await api.owner();
  await owner.post('/api/shops', { ...SHOP, name: 'Other', slug: 'other' });
  key = await makeKey('tulip', ['mail:write']);
  keyOfOther = await makeKey('other', ['mail:write']);
  const [outcome] = await api.deps.store.transaction(async (store) =>
    store.ledger.append(await shop(), [
      order(1, known({ externalId: 'C-1', email: 'ada@example.org', name: 'Ada L.' })),
    ]),
  );
  if (outcome?.status !== 'added' || outcome.customer === null) throw new Error('There is no customer');
  ada = outcome.customer;
});
afterAll(() => Promise.all([api.close(), mailbox.close()]));

async function makeKey(slug: string, scopes: readonly string[]): Promise<string> {
  return (await owner.post(`/api/shops/${slug}/keys`, { name: 'Mail', scopes })).json().key;
}
async function shop(slug = 'tulip') {
  const found = await api.deps.shops.bySlug(slug);
  if (found === null) throw new Error('There is no such shop');
  return found;
}

const envelope: Envelope = {
  to: ['ada@example.org'],
  subject: 'About your returns',
  text: 'Dear Ada',
  html: '<p>Dear Ada</p>',
};
let numbers = 0;

/** A notice in the outbox, with words. */
async function told({
  audience = 'customer',
  worded = true,
}: {
  audience?: 'customer' | 'team';
  worded?: boolean;
} = {}) {
  const { id: shopId } = await shop();
  const number = ++numbers;
  const measure = id<MeasureId>(uuid(number, 3));
  return api.deps.store.transaction(async (store) => {
    const at = api.time.now;
    const message = await store.outbox.tell(shopId, {
      cause: { kind: 'measure.started', measure },
      audience,
      customer: ada,
      at,
    });
    if (worded)
      await store.outbox.worded(shopId, message, {
        envelope,
        messageId: `<${message}@fair.example>`,
        notice:
          audience === 'team'
            ? null
            : {
                id: id<NoticeId>(uuid(number, 5)),
                customer: ada,
                kind: 'measure.started',
                measure,
                appeal: null,
                language: 'en',
                issuedAt: at,
                document: {
                  kind: 'measure.started',
                  language: 'en',
                  dir: 'ltr',
                  subject: 'S',
                  lead: 'L',
                  sections: [],
                },
                text: 'T',
                html: 'H',
              },
        at,
      });
    return message;
  });
}
async function moved(message: string, to: Partial<OutboxRow> & { state: OutboxRow['state'] }): Promise<void> {
  const { id: shopId } = await shop();
  const { state, trouble = null, error = null } = to;
  if (!(await api.deps.store.outbox.move(shopId, message, { state, trouble, error, at: api.time.now })))
    throw new Error('It did not move');
}
const stateOf = async (message: string) => (await api.deps.store.outbox.one((await shop()).id, message))?.state;

describe('the outbox', () => {
  it('lists what is on its way, with names, subjects and what went wrong, newest first', async () => {
    const failed = await told();
    await moved(failed, { state: 'failed', trouble: 'no_address' });
    const answer = (await owner.get('/api/shops/tulip/outbox?state=failed')).json();
    expect(answer).toMatchObject({
      items: [
        {
          id: failed,
          kind: 'measure.started',
          customer: { id: ada, name: 'Ada L.', externalId: 'C-1' },
          subject: 'About your returns',
          state: 'failed',
          trouble: 'no_address',
          error: null,
          messageId: `<${failed}@fair.example>`,
        },
      ],
      counts: { failed: 1 },
      mailServer: false,
    });
    for (let count = 0; count < 3; count += 1) await told();
    const first = (await owner.get('/api/shops/tulip/outbox?limit=2')).json();
    const second = (await owner.get(`/api/shops/tulip/outbox?limit=2&cursor=${first.next}`)).json();
    expect(new Set([...first.items, ...second.items].map((row: { id: string }) => row.id)).size).toBe(4);
    expect((await owner.get('/api/shops/other/outbox')).json()).toMatchObject({ items: [], counts: { failed: 0 } });
  });

  it('asks the database as often for fifty messages as for one', async () => {
    const one = await told();
    const count = async (limit: number) => {
      const before = api.queries();
      expect((await owner.get(`/api/shops/tulip/outbox?limit=${limit}`)).json().items.length).toBeGreaterThan(0);
      return api.queries() - before;
    };
    await count(1);
    const forOne = await count(1);
    for (let more = 0; more < 12; more += 1) await told();
    expect(await count(50)).toBe(forOne);
    expect(await stateOf(one)).toBe('waiting');
  });

  it('shows on Home what a person must look at', async () => {
    const before = (await owner.get('/api/shops/tulip/home')).json();
    await moved(await told(), { state: 'failed', trouble: 'refused', error: '554 No' });
    await moved(await told(), { state: 'bounced', trouble: 'unknown_address', error: '550 5.1.1 No' });
    const after = (await owner.get('/api/shops/tulip/home')).json();
    expect(after.mailFailed - before.mailFailed).toBe(2);
    expect(after.mailWaiting).toBe(before.mailWaiting);
  });

  it('lets a person try again, to the address the customer has now', async () => {
    const message = await told();
    await moved(message, { state: 'bounced', trouble: 'unknown_address', error: '550 5.1.1 No' });
    const { id: shopId } = await shop();
    await api.deps.store.outbox.readdress(shopId, message, ['old@example.org']);
    expect((await owner.post(`/api/shops/tulip/outbox/${message}/retry`)).statusCode).toBe(200);
    expect(await api.deps.store.outbox.one(shopId, message)).toMatchObject({
      state: 'waiting',
      attempts: 0,
      trouble: null,
    });
    expect((await api.deps.store.outbox.envelope(shopId, message))?.to).toEqual(['ada@example.org']);
  });

  it('puts a message into words again that could not be', async () => {
    const message = await told({ worded: false });
    await moved(message, { state: 'failed', trouble: 'fault' });
    expect((await owner.post(`/api/shops/tulip/outbox/${message}/retry`)).statusCode).toBe(200);
    expect(await stateOf(message)).toBe('due');
  });

  it('keeps what went by post, and what came back', async () => {
    const posted = await told();
    expect((await owner.post(`/api/shops/tulip/outbox/${posted}/printed`)).statusCode).toBe(200);
    expect(await stateOf(posted)).toBe('printed');
    expect((await owner.post(`/api/shops/tulip/outbox/${posted}/retry`)).json()).toMatchObject({
      status: 409,
      detail: 'It was sent by post already.',
    });
    expect((await owner.post(`/api/shops/tulip/outbox/${posted}/bounced`)).statusCode).toBe(200);
    expect(await stateOf(posted)).toBe('bounced');
    const waiting = await told();
    expect((await owner.post(`/api/shops/tulip/outbox/${waiting}/bounced`)).statusCode).toBe(409);
    const toTeam = await told({ audience: 'team' });
    expect((await owner.post(`/api/shops/tulip/outbox/${toTeam}/printed`)).json().detail).toContain(
      'told to a customer',
    );
    expect((await owner.post(`/api/shops/tulip/outbox/${uuid(99, 9)}/retry`)).statusCode).toBe(404);
    expect((await owner.post(`/api/shops/other/outbox/${posted}/retry`)).statusCode).toBe(404);
  });

  it('leaves a message alone that is with the mail server', async () => {
    const message = await told();
    const { id: shopId } = await shop();
    const nextAt = (api.time.now + 60_000) as typeof api.time.now;
    await api.deps.store.outbox.move(shopId, message, { state: 'waiting', at: api.time.now, attempts: 1, nextAt });
    for (const wish of ['retry', 'printed'])
      expect((await owner.post(`/api/shops/tulip/outbox/${message}/${wish}`)).json()).toMatchObject({
        status: 409,
        detail: expect.stringContaining('at this moment'),
      });
  });

  it('cannot send a code again that is not kept', async () => {
    const { id: shopId } = await shop();
    const message = await api.deps.store.transaction((store) =>
      store.outbox.tell(shopId, {
        cause: { kind: 'portal.link' },
        audience: 'customer',
        customer: ada,
        envelope,
        at: api.time.now,
      }),
    );
    await moved(message, { state: 'bounced', trouble: 'unknown_address' });
    expect((await owner.post(`/api/shops/tulip/outbox/${message}/retry`)).json()).toMatchObject({
      status: 409,
      detail: expect.stringContaining('Send the customer a new one'),
    });
  });
});

describe('the mail server', () => {
  const settings = () => ({
    host: '127.0.0.1',
    port: mailbox.server.port,
    security: 'none',
    user: 'tulip',
    password: 'a mail password',
    from: 'care@tulip.example',
    fromName: null,
    dkim: null,
  });
  beforeEach(async () => {
    await owner.send('DELETE', '/api/shops/tulip/mail');
  });

  it('is set, shown without its secrets, and forgotten', async () => {
    expect((await owner.get('/api/shops/tulip/mail')).json()).toMatchObject({ configured: false, installation: false });
    const set = await owner.send('PUT', '/api/shops/tulip/mail', settings());
    expect(set.statusCode).toBe(200);
    expect(set.body).not.toContain('a mail password');
    expect((await owner.get('/api/shops/tulip/mail')).json()).toMatchObject({
      configured: true,
      user: 'tulip',
      hasPassword: true,
      from: 'care@tulip.example',
    });
    expect((await owner.get('/api/shops/tulip/outbox')).json().mailServer).toBe(true);
    expect((await owner.get('/api/shops/other/mail')).json().configured).toBe(false);
    expect((await owner.send('DELETE', '/api/shops/tulip/mail')).statusCode).toBe(200);
    expect((await owner.get('/api/shops/tulip/outbox')).json().mailServer).toBe(false);
  });

  it('keeps the password where it is left out, and never gives it to another server', async () => {
    await owner.send('PUT', '/api/shops/tulip/mail', settings());
    const { password: _, ...rest } = settings();
    const renamed = await owner.send('PUT', '/api/shops/tulip/mail', { ...rest, fromName: 'Tulip' });
    expect(renamed.json()).toMatchObject({ hasPassword: true, fromName: 'Tulip' });
    for (const other of [{ host: 'evil.example' }, { port: 2525 }]) {
      const refused = await owner.send('PUT', '/api/shops/tulip/mail', { ...rest, ...other });
      expect(refused.json()).toMatchObject({ status: 422, errors: [{ field: 'password' }] });
    }
    expect((await owner.post('/api/shops/tulip/mail/test')).json().ok).toBe(true);
  });

  it('signs only with a key that can sign', async () => {
    const dkim = { domain: 'tulip.example', selector: 'mail' };
    const without = await owner.send('PUT', '/api/shops/tulip/mail', { ...settings(), dkim });
    expect(without.json()).toMatchObject({ status: 422, errors: [{ field: 'dkim.privateKey' }] });
    const wrong = await owner.send('PUT', '/api/shops/tulip/mail', {
      ...settings(),
      dkim: { ...dkim, privateKey: 'secret?' },
    });
    expect(wrong.json()).toMatchObject({ status: 422, errors: [{ field: 'dkim.privateKey' }] });
    expect(wrong.body).not.toContain('secret?');
  });

  it('is tried with a message to oneself, and what it says is said clearly', async () => {
    expect((await owner.post('/api/shops/tulip/mail/test')).json()).toEqual({
      ok: false,
      message: 'There is no mail server yet.',
    });
    await owner.send('PUT', '/api/shops/tulip/mail', settings());
    mailbox.clear();
    expect((await owner.post('/api/shops/tulip/mail/test')).json()).toMatchObject({ ok: true });
    expect(mailbox.inbox).toMatchObject([{ to: [OWNER.email], sender: 'care@tulip.example' }]);
    expect(mailbox.inbox[0]?.mail.from).toMatchObject({ name: 'Tulip & Thread' });
    await owner.send('PUT', '/api/shops/tulip/mail', { ...settings(), password: 'a wrong one' });
    const refused = (await owner.post('/api/shops/tulip/mail/test')).json();
    expect(refused).toMatchObject({
      ok: false,
      message: expect.stringContaining('refused the user name or the password'),
    });
    expect(JSON.stringify(refused)).not.toMatch(/a wrong one|olga@/);
  });

  it('lets go at once what waits', async () => {
    const message = await told();
    const { id: shopId } = await shop();
    const nextAt = (api.time.now + 3_600_000) as typeof api.time.now;
    await api.deps.store.outbox.move(shopId, message, {
      state: 'waiting',
      at: api.time.now,
      attempts: 3,
      nextAt,
      trouble: 'busy',
    });
    await owner.send('PUT', '/api/shops/tulip/mail', settings());
    expect(await api.deps.store.outbox.one(shopId, message)).toMatchObject({ attempts: 0, nextAt: api.time.now });
  });
});

describe('POST /v1/mail/bounces', () => {
  const report = (secret: string, payload: object | string, type = 'application/json') =>
    api.app.inject({
      method: 'POST',
      url: '/v1/mail/bounces',
      headers: { authorization: `Bearer ${secret}`, 'content-type': type },
      payload,
    });
  const sent = async () => {
    const message = await told();
    await moved(message, { state: 'sent' });
    return message;
  };
  const notification = (messageId: string, action = 'failed', returned = 'message/rfc822') =>
    [
      'From: MAILER-DAEMON@mx.example',
      'To: care@tulip.example',
      'Subject: Undelivered Mail Returned to Sender',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
      '',
      '--b1',
      'Content-Type: text/plain',
      '',
      'I am sorry. Message-ID: <another@x.example>',
      '',
      '--b1',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      'Final-Recipient: rfc822; ada@example.org',
      `Action: ${action}`,
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 <ada@example.org>:',
      '  User unknown',
      '',
      '--b1',
      `Content-Type: ${returned}`,
      '',
      'From: care@tulip.example',
      'To: ada@example.org',
      `Message-ID: ${messageId}`,
      'Subject: About your returns',
      '',
      ...(returned === 'message/rfc822' ? ['Dear Ada', ''] : []),
      '--b1--',
      '',
    ].join('\r\n');

  it('records what came back, once, by its Message-ID', async () => {
    const message = await sent();
    const first = await report(key, {
      messageId: `${message}@fair.example`,
      reason: '550 5.1.1 ada@example.org unknown',
    });
    expect(first.json()).toEqual({ message, recorded: true });
    const { id: shopId } = await shop();
    expect(await api.deps.store.outbox.one(shopId, message)).toMatchObject({
      state: 'bounced',
      trouble: 'returned',
      error: '550 5.1.1 … unknown',
    });
    const again = await report(key, { messageId: `<${message}@fair.example>` });
    expect(again.json()).toEqual({ message, recorded: false });
  });

  it.each(['message/rfc822', 'text/rfc822-headers'])(
    'reads the notification itself, with the message as %s',
    async (returned) => {
      const message = await sent();
      const answer = await report(key, notification(`<${message}@fair.example>`, 'failed', returned), 'message/rfc822');
      expect(answer.json()).toEqual({ message, recorded: true });
      const { error } = (await api.deps.store.outbox.one((await shop()).id, message)) ?? {};
      expect(error).toContain('5.1.1');
      expect(error).toContain('User unknown');
      expect(error).not.toContain('ada@');
    },
  );

  it('says what it cannot use, and changes nothing', async () => {
    const message = await sent();
    const id = `<${message}@fair.example>`;
    const wrong: readonly [object | string, string, number, RegExp][] = [
      [notification(id, 'delayed'), 'message/rfc822', 422, /no failure/],
      ['Subject: Out of office\r\n\r\nI am away.\r\n', 'message/rfc822', 422, /no delivery status/],
      ['', 'message/rfc822', 422, /no delivery status/],
      [{ messageId: '<nobody@fair.example>' }, 'application/json', 404, /no message with this Message-ID/],
      [{}, 'application/json', 400, /messageId/],
      [{ messageId: id, more: 1 }, 'application/json', 400, /not known/],
      ['<xml/>', 'application/xml', 415, /./],
    ];
    for (const [payload, type, status, words] of wrong) {
      const answer = await report(key, payload, type);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({ status, detail: expect.stringMatching(words) });
    }
    expect(await stateOf(message)).toBe('sent');
  });

  it('needs a key of the shop with the scope', async () => {
    const message = await sent();
    const body = { messageId: `<${message}@fair.example>` };
    expect((await report(keyOfOther, body)).statusCode).toBe(404);
    expect((await report(await makeKey('tulip', ['events:write']), body)).statusCode).toBe(403);
    expect(await stateOf(message)).toBe('sent');
    expect(
      (await api.app.inject({ url: '/docs/openapi.json' })).json().paths['/v1/mail/bounces'].post.requestBody.content,
    ).toHaveProperty(['message/rfc822']);
    expect((await api.app.inject({ url: '/docs' })).statusCode).toBe(200);
  });
});

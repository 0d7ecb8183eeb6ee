import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { selfSigned } from '../../../test/support/certificate.ts';
import { type Mailbox, type MailboxOptions, openMailbox } from '../../../test/support/smtp.ts';
import type { Letter, MailServer } from '../../ports/hearing.ts';
import { createMailer } from './mailer.ts';

const letter: Letter = {
  to: ['ada@example.org'],
  subject: 'החלטה על החזרות שלך — «zażółć»',
  text: 'Dear Ada,\n\nwe want you to know.\n',
  html: '<p dir="ltr">Dear Ada</p>',
  messageId: '<0001@shop.example>',
  replyTo: 'help@shop.example',
};

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function mailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const made = await openMailbox(options);
  open.push(made);
  return made;
}

const send = (server: MailServer, more: Partial<Letter> = {}, options: Parameters<typeof createMailer>[0] = {}) =>
  createMailer(options).send(server, { ...letter, ...more });

describe('a message that is taken', () => {
  test('is text and HTML, from the shop, and says that a machine sent it', async () => {
    const { server, inbox } = await mailbox();
    expect(await send({ ...server, fromName: 'Tulip & Thread' })).toEqual({ result: 'sent' });
    const [mail] = inbox;
    expect(mail).toMatchObject({ to: ['ada@example.org'], sender: 'care@shop.example', subject: letter.subject });
    expect(mail?.mail).toMatchObject({
      from: { name: 'Tulip & Thread', address: 'care@shop.example' },
      replyTo: [{ address: 'help@shop.example' }],
      messageId: '<0001@shop.example>',
    });
    expect(mail?.text).toContain('we want you to know');
    expect(mail?.html).toContain('<p dir="ltr">Dear Ada</p>');
    expect(mail?.header('content-type')).toContain('multipart/alternative');
    expect(mail?.header('auto-submitted')).toBe('auto-generated');
    expect(mail?.header('x-mailer')).toBeNull();
  });

  test('never offers to unsubscribe, unless it is marketing', async () => {
    const { server, inbox } = await mailbox();
    await send(server);
    await send(server, { marketing: { unsubscribe: 'https://shop.example/u/1' } });
    const [notice, marketing] = inbox;
    expect(notice?.raw.toLowerCase()).not.toContain('list-unsubscribe');
    expect(marketing?.header('list-unsubscribe')).toBe('<https://shop.example/u/1>');
    expect(marketing?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  test('cannot smuggle headers or recipients in', async () => {
    const { server, inbox } = await mailbox();
    await send(
      { ...server, fromName: 'Shop\r\nBcc: thief@evil.example' },
      { subject: 'Hello\r\nBcc: thief@evil.example\r\n\r\nA body', replyTo: 'help@shop.example\nX-Evil: 1' },
    );
    expect(inbox[0]?.to).toEqual(['ada@example.org']);
    expect(inbox[0]?.header('bcc')).toBeNull();
    expect(inbox[0]?.header('x-evil')).toBeNull();
    expect(inbox[0]?.subject).toBe('Hello Bcc: thief@evil.example A body');
    for (const to of [
      'ada@example.org, thief@evil.example',
      'ada@example.org>\r\nRCPT TO:<thief@evil.example',
      'ada',
      '',
    ])
      expect(await send(server, { to: [to] })).toMatchObject({ result: 'bounced', trouble: 'unknown_address' });
    expect(inbox).toHaveLength(1);
  });

  test('is signed where the shop has a key (RFC 6376)', async () => {
    const { server, inbox } = await mailbox();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const dkim = {
      domain: 'shop.example',
      selector: 'mail2026',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    expect(await send({ ...server, dkim })).toEqual({ result: 'sent' });
    expect(inbox[0]?.header('dkim-signature')).toMatch(/d=shop\.example;.*s=mail2026;/s);
  });

  test('goes to several people at once, when at least one address is good', async () => {
    const { server, inbox } = await mailbox({
      rcpt: (to) => (to.startsWith('gone') ? '550 5.1.1 No such user' : null),
    });
    const both = await send(server, { to: ['gone@shop.example', 'mia@shop.example'] });
    expect(both).toEqual({ result: 'sent' });
    expect(inbox[0]?.to).toEqual(['mia@shop.example']);
  });
});

describe('what the server answers', () => {
  test.each([
    ['450 4.2.1 Mailbox of ada@example.org busy', 'later', 'busy'],
    ['550 5.1.1 <ada@example.org>: no such user', 'bounced', 'unknown_address'],
    ['553 5.1.3 Bad address', 'bounced', 'unknown_address'],
    ['554 5.7.1 <ada@example.org>: Relay access denied', 'refused', 'refused'],
  ])('to the recipient: %s', async (answer, result, trouble) => {
    const { server } = await mailbox({ rcpt: () => answer });
    const said = await send(server);
    expect(said).toMatchObject({ result, trouble });
    expect(JSON.stringify(said)).not.toContain('ada@');
    expect(JSON.stringify(said)).toContain(answer.slice(0, 9));
  });

  test.each([
    ['451 4.3.0 Try again later', 'later', 'busy'],
    ['552 5.2.2 Mailbox full', 'refused', 'refused'],
    ['554 5.6.0 Message looks like spam', 'refused', 'refused'],
  ])('to the message: %s', async (answer, result, trouble) => {
    const { server } = await mailbox({ data: () => answer });
    expect(await send(server)).toMatchObject({ result, trouble });
  });

  test('a temporary refusal, then the same message again: taken with the same Message-ID', async () => {
    const { server, inbox } = await mailbox({ rcpt: (_, tries) => (tries === 1 ? '451 4.7.1 Greylisted' : null) });
    expect(await send(server)).toMatchObject({ result: 'later', trouble: 'busy' });
    expect(await send(server)).toEqual({ result: 'sent' });
    expect(inbox.map(({ messageId }) => messageId)).toEqual(['<0001@shop.example>']);
  });

  test('a wrong password is refused, and neither it nor the user is repeated', async () => {
    const { server, inbox } = await mailbox({ user: { name: 'shop@mail.example', password: 'the right one' } });
    const said = await send({ ...server, password: 'the wrong one' });
    expect(said).toMatchObject({ result: 'refused', trouble: 'sign_in' });
    expect(JSON.stringify(said)).not.toMatch(/the wrong one|shop@mail/);
    expect(await send({ ...server, user: null, password: null })).toMatchObject({
      result: 'refused',
      trouble: 'sign_in',
    });
    expect(await send(server)).toEqual({ result: 'sent' });
    expect(inbox).toHaveLength(1);
  });
});

describe('the connection', () => {
  test('without a server there is another try', async () => {
    const { server, close } = await openMailbox();
    await close();
    expect(await send(server)).toMatchObject({ result: 'later', trouble: 'unreachable', error: 'ECONNREFUSED' });
    const nowhere = { ...server, host: 'mail.nowhere.invalid', security: 'starttls' as const };
    expect(await send(nowhere)).toMatchObject({ result: 'later', trouble: 'unreachable' });
  });

  test('a server that never answers is left in time', async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => silent.close() });
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { server } = await mailbox();
    const begin = performance.now();
    const said = await send({ ...server, port }, {}, { patience: 300 });
    expect(said).toMatchObject({ result: 'later', trouble: 'unreachable' });
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  test('STARTTLS is required where it is set: nothing is ever said in the clear instead', async () => {
    const { server, inbox } = await mailbox();
    expect(await send({ ...server, security: 'starttls' })).toMatchObject({ result: 'refused', trouble: 'insecure' });
    expect(await send({ ...server, security: 'implicit' })).toMatchObject({ result: 'refused', trouble: 'insecure' });
    expect(inbox).toHaveLength(0);
  });

  test.each([false, true])('a certificate must be one to trust (from the first byte: %s)', async (implicit) => {
    const certificate = selfSigned();
    const { server, inbox } = await mailbox({ certificate, implicit });
    expect(await send(server)).toMatchObject({ result: 'refused', trouble: 'insecure' });
    expect(await send(server, {}, { authorities: certificate.certificate })).toEqual({ result: 'sent' });
    expect(inbox).toHaveLength(1);
  });

  test('without encryption it goes to this machine or a private network only', async () => {
    const { server } = await mailbox();
    for (const host of ['192.0.2.7', '8.8.8.8', '2001:db8::1'])
      expect(await send({ ...server, host })).toMatchObject({ result: 'refused', trouble: 'insecure' });
    expect(await send({ ...server, host: 'localhost' })).toEqual({ result: 'sent' });
  });
});

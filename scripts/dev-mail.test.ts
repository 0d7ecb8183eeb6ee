import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMailer } from '../src/adapters/mail/mailer.ts';
import { mailServerFrom } from '../src/config-mail.ts';
import { type DevMail, startDevMail } from './dev-mail.ts';

let mail: DevMail;
beforeAll(async () => {
  mail = await startDevMail(0);
});
afterAll(() => mail.close());

test('shows what was sent, and lets nothing in it run', async () => {
  const server = mailServerFrom(mail.smtpUrl, 'care@shop.example');
  if (server === undefined) throw new Error('There is no server');
  const sent = await createMailer().send(server, {
    to: ['ada@example.org'],
    subject: '<b>About</b> your returns',
    text: 'Read it: https://fair.example/c/tulip/open/abc',
    html: '<script>alert(1)</script><a href="https://fair.example/c/tulip/open/abc">Read it</a>',
    messageId: '<1@fair.example>',
  });
  expect(sent).toEqual({ result: 'sent' });
  const list = await fetch(mail.pageUrl);
  expect(await list.text()).toContain('&lt;b&gt;About&lt;/b&gt; your returns');
  const message = await fetch(`${mail.pageUrl}messages/1`);
  const text = await message.text();
  expect(text).toContain('href="https://fair.example/c/tulip/open/abc"');
  expect(text).toContain('&lt;1@fair.example&gt;');
  expect(text).not.toContain('<script>');
  const frame = await fetch(`${mail.pageUrl}messages/1/html`);
  expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none';.*sandbox(?!.*allow-scripts)/);
  expect((await fetch(`${mail.pageUrl}messages/2`)).status).toBe(404);
});

test('answers nobody who came by another name', async () => {
  const status = await new Promise((resolve) => {
    get(mail.pageUrl, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  expect(status).toBe(403);
});

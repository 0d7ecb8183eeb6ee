import { describe, expect, test } from 'vitest';
import { mailServerFrom } from './config-mail.ts';

const FROM = 'care@shop.example';

describe('the mail server of the installation', () => {
  test('is none when nothing is said', () => {
    expect(mailServerFrom(undefined, undefined)).toBeUndefined();
  });

  test.each([
    [
      'smtp://shop:p%40ss%2Fword@mail.example',
      { port: 587, security: 'starttls', user: 'shop', password: 'p@ss/word' },
    ],
    ['smtp://mail.example:2525', { port: 2525, security: 'starttls', user: null, password: null }],
    ['smtps://shop@mail.example', { port: 465, security: 'implicit', user: 'shop', password: null }],
    ['smtp://mail.example:25/?security=none', { port: 25, security: 'none' }],
  ])('%s', (url, expected) => {
    expect(mailServerFrom(url, FROM)).toEqual(
      expect.objectContaining({ host: 'mail.example', from: FROM, ...expected }),
    );
  });

  test('may be at an IPv6 address', () => {
    expect(mailServerFrom('smtp://[::1]:2525?security=none', FROM)?.host).toBe('::1');
  });

  test.each([
    ['care@shop.example', null],
    ['Tulip & Thread <care@shop.example>', 'Tulip & Thread'],
    ['"Tulip, and Thread" <care@shop.example>', 'Tulip, and Thread'],
    [' <care@shop.example> ', null],
  ])('writes as %s', (from, fromName) => {
    expect(mailServerFrom('smtp://mail.example', from)).toMatchObject({ from: FROM, fromName });
  });

  test.each([
    ['smtp://u:s3cret@mail.example', undefined, 'EVENHAND_MAIL_FROM is not: set both or neither'],
    [undefined, FROM, 'EVENHAND_SMTP_URL is not: set both or neither'],
    ['http://u:s3cret@mail.example', FROM, 'EVENHAND_SMTP_URL must look like smtp://'],
    ['u:s3cret@mail.example', FROM, 'EVENHAND_SMTP_URL must look like smtp://'],
    ['smtp://u:s3cret/x@mail.example', FROM, 'EVENHAND_SMTP_URL must look like'],
    ['smtp://u:s3cret@mail.example/inbox', FROM, 'EVENHAND_SMTP_URL must end after the port'],
    ['smtp://u:s3cret@mail.example?security=maybe', FROM, 'EVENHAND_SMTP_URL can end in ?security='],
    ['smtp://:s3cret@mail.example', FROM, 'EVENHAND_SMTP_URL has a password but no user'],
    ['smtp://u:s3cret%zz@mail.example', FROM, 'must be written %25'],
    ['smtp://u:s3cret@mail.example', 'nobody', 'EVENHAND_MAIL_FROM must be an e-mail address'],
    ['smtp://u:s3cret@mail.example', 'a@b.example, c@d.example', 'EVENHAND_MAIL_FROM must be an e-mail address'],
  ])('%s from %s: %s', (url, from, words) => {
    const read = () => mailServerFrom(url, from);
    expect(read).toThrow(words);
    expect(read).not.toThrow('s3cret');
  });
});

import { expect, it } from 'vitest';
import { bodyOf, draftOf, type MailSettings, withSecurity } from './mail-form.ts';

const SHOP = { name: 'Tulip', supportEmail: 'help@tulip.example' };
const NOTHING: MailSettings = {
  configured: false,
  installation: false,
  host: '',
  port: 0,
  security: 'none',
  user: null,
  hasPassword: false,
  from: '',
  fromName: null,
  dkim: null,
};

it('opens with what most servers want, and the shop as the sender', () => {
  expect(draftOf(NOTHING, SHOP)).toMatchObject({
    security: 'starttls',
    port: '587',
    from: 'help@tulip.example',
    fromName: 'Tulip',
  });
});

it('moves the port along with the encryption, but leaves a port of one’s own', () => {
  const draft = draftOf(NOTHING, SHOP);
  expect(withSecurity(draft, 'implicit').port).toBe('465');
  expect(withSecurity({ ...draft, port: '2525' }, 'implicit').port).toBe('2525');
});

it('keeps the password and the key there are when nothing is typed, and drops the password with the user', () => {
  const draft = {
    ...draftOf(NOTHING, SHOP),
    host: ' smtp.example.com ',
    user: 'me',
    signs: true,
    domain: 'd',
    selector: 's',
  };
  expect(bodyOf(draft)).toEqual({
    host: 'smtp.example.com',
    port: 587,
    security: 'starttls',
    user: 'me',
    from: 'help@tulip.example',
    fromName: 'Tulip',
    dkim: { domain: 'd', selector: 's' },
  });
  expect(bodyOf({ ...draft, user: '' })).toMatchObject({ user: null, password: null });
  expect(bodyOf({ ...draft, password: 'secret', privateKey: ' key ' })).toMatchObject({
    password: 'secret',
    dkim: { privateKey: 'key' },
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ResponseOf } from '../../src/contracts/routes.ts';
import { asRole, refused, settings } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const S = '/shops/tulip/settings?tab=';
const MAIL: ResponseOf<'GET /api/shops/:shop/mail'> = {
  configured: false,
  installation: false,
  host: '',
  port: 587,
  security: 'starttls',
  user: null,
  hasPassword: false,
  from: '',
  fromName: null,
  dkim: null,
};
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

describe.each([`${S}mail`, `${S}look`, `${S}appeals`])('%s', (path) => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(path, {}, look);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
  it.each(['ltr', 'rtl'] as const)('does not scroll sideways on a phone (%s)', async (dir) => {
    const page = await screens.open(path, {}, { size: 'phone', dir });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

describe('E-mail', () => {
  it('begins with what most servers want, and sends what was filled in', async () => {
    let body: unknown;
    const page = await screens.open(`${S}mail`, {
      'GET /api/shops/:shop/mail': () => (body === undefined ? MAIL : { ...MAIL, configured: true }),
      'PUT /api/shops/:shop/mail': (asked) => {
        body = asked.body;
        return { ...MAIL, configured: true };
      },
    });
    await page.getByText(/Notices wait in the outbox, where they can be printed/).waitFor();
    expect(await page.getByLabel('Port').inputValue()).toBe('587');
    expect(await page.getByLabel('Sender’s address').inputValue()).toBe('help@tulip.example');
    expect(await page.getByRole('button', { name: 'Send a test to myself' }).count()).toBe(0);
    await page.getByLabel('Server', { exact: true }).fill('smtp.example.com');
    await page.getByRole('radio', { name: 'From the start' }).check();
    expect(await page.getByLabel('Port').inputValue()).toBe('465');
    await page.getByLabel(/User name/).fill('tulip');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByText('Sign messages yourself (DKIM)').click();
    await page.getByRole('checkbox', { name: 'Sign messages here' }).check();
    await page.getByLabel('Domain').fill('tulip.example');
    await page.getByLabel('Selector').fill('s1');
    await page.getByLabel('Private key').fill('-----BEGIN PRIVATE KEY-----');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The mail server is set.').first().waitFor();
    expect(body).toEqual({
      host: 'smtp.example.com',
      port: 465,
      security: 'implicit',
      user: 'tulip',
      password: 'correct horse',
      from: 'help@tulip.example',
      fromName: 'Tulip & Thread',
      dkim: { domain: 'tulip.example', selector: 's1', privateKey: '-----BEGIN PRIVATE KEY-----' },
    });
    await page.getByRole('button', { name: 'Send a test to myself' }).waitFor();
  });

  it('says at its field what is wrong', async () => {
    const page = await screens.open(`${S}mail`, {
      'PUT /api/shops/:shop/mail': {
        ...refused(400, 'The request cannot be read.'),
        errors: [{ field: 'host', message: 'There is no server of this name.' }],
      },
    });
    await page.getByLabel('Port').fill('0');
    await page.getByText('A number from 1 to 65535.').waitFor();
    await page.getByLabel('Port').fill('587');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('There is no server of this name.').waitFor();
    expect(await page.getByLabel('Server', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  });

  it.each([
    [{ ok: true, message: '250 2.0.0 OK queued' }, 'The server took the message. Look into your mailbox.'],
    [{ ok: false, message: '535 5.7.8 Authentication failed' }, 'The server did not take it.'],
  ])('shows what the server said to a test: %o', async (said, words) => {
    const page = await screens.open(`${S}mail`, { 'POST /api/shops/:shop/mail/test': said });
    await page.getByRole('button', { name: 'Send a test to myself' }).click();
    await page.getByText(words).waitFor();
    await page.getByText(new RegExp(said.message)).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('forgets the server after asking', async () => {
    let gone = false;
    const page = await screens.open(`${S}mail`, {
      'DELETE /api/shops/:shop/mail': () => {
        gone = true;
        return { ok: true };
      },
    });
    await page.getByRole('button', { name: 'Forget the mail server' }).click();
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.getByText('The details and the password are deleted.', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Forget the mail server' }).click();
    await page.getByText('The mail server is forgotten.').first().waitFor();
    expect(gone).toBe(true);
  });

  it('is an owner’s', async () => {
    const page = await screens.open(`${S}mail`, { 'GET /api/session': asRole('manager') });
    await page.getByText('Only an owner sets up the mail server.').waitFor();
    expect(await page.getByRole('tab', { name: 'E-mail' }).count()).toBe(0);
  });
});

describe('Portal and look', () => {
  it('shows a colour on light and on dark before it is saved, and what is used where it could not be read', async () => {
    let body: unknown;
    const page = await screens.open(`${S}look`, {
      'PUT /api/shops/:shop/branding': (asked) => {
        body = asked.body;
        return { accentColour: '#123456', light: '#123456', dark: '#abcdef', logo: true };
      },
    });
    await page.getByText(/Your colour would be hard to read here/).waitFor();
    await page.getByLabel('Colour', { exact: true }).fill('#12345');
    await page.getByText('Please write it as # and six digits or letters a to f.').waitFor();
    expect(await page.getByRole('button', { name: 'Save the colour' }).isDisabled()).toBe(true);
    await page.getByLabel('Colour', { exact: true }).fill('#123456');
    const grounds = () =>
      page.getByText('I disagree').evaluateAll((each) => each.map((one) => getComputedStyle(one).backgroundColor));
    await expect.poll(async () => (await grounds())[0]).toBe('rgb(18, 52, 86)');
    expect((await grounds())[1]).not.toBe('rgb(18, 52, 86)');
    await page.getByRole('button', { name: 'Save the colour' }).click();
    await page.getByText('The colour is set.').first().waitFor();
    expect(body).toEqual({ accentColour: '#123456' });
  });

  it('sends a logo, and says in words what is wrong with one', async () => {
    const page = await screens.open(`${S}look`);
    await page.getByRole('img', { name: 'The shop’s logo' }).waitFor();
    await page.route('**/branding/logo', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 415,
            contentType: 'application/problem+json',
            body: JSON.stringify(refused(415, 'This file says it is a PNG, but it is not.')),
          })
        : route.fallback(),
    );
    const file = { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText('This file says it is a PNG, but it is not.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('keeps the public address, and says where customers go', async () => {
    let body: unknown;
    const page = await screens.open(`${S}look`, {
      'GET /api/shops/:shop/settings': () =>
        body === undefined ? settings : { ...settings, publicUrl: 'https://care.tulip.example' },
      'PATCH /api/shops/:shop/settings': (asked) => {
        body = asked.body;
        return settings;
      },
    });
    await page.getByLabel(/Public address/).fill('care.tulip.example');
    await page.getByText('Please write it with https:// in front.').waitFor();
    await page.getByLabel(/Public address/).fill('https://care.tulip.example');
    await page.getByRole('button', { name: 'Save the address' }).click();
    await page.getByText('https://care.tulip.example/c/tulip').waitFor();
    expect(body).toEqual({ publicUrl: 'https://care.tulip.example' });
  });
});

describe('Appeals', () => {
  it('suspends measures while an appeal is late, at once', async () => {
    let body: unknown;
    const page = await screens.open(`${S}appeals`, {
      'GET /api/shops/:shop/settings': () =>
        body === undefined ? settings : { ...settings, suspendWhileOverdue: true },
      'PATCH /api/shops/:shop/settings': (asked) => {
        body = asked.body;
        return { ...settings, suspendWhileOverdue: true };
      },
    });
    const suspend = page.getByRole('switch', { name: 'Suspend a measure while its appeal is late' });
    await suspend.click();
    await page.getByText('Saved.').first().waitFor();
    expect(body).toEqual({ suspendWhileOverdue: true });
    expect(await suspend.getAttribute('aria-checked')).toBe('true');
    await page.getByText(/a third must/).waitFor();
  });

  it('can be read by everybody, and changed by an owner', async () => {
    const page = await screens.open(`${S}appeals`, { 'GET /api/session': asRole('agent') });
    await page.getByText('Only an owner can change this.').waitFor();
    expect(await page.getByRole('switch').first().isDisabled()).toBe(true);
  });
});

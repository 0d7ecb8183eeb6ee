import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { entries } from './fixtures/lists.ts';
import { asRole } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const LISTS = '/shops/tulip/lists';
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

const none = { items: [], next: null, counts: { allow: 0, deny: 0, ending: 0, ended: 0, unused: 0 } };

describe('looks', () => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(LISTS, {}, look);
    expect(await page.locator('h1').first().textContent()).toBe('Lists');
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
  it.each(['ltr', 'rtl'] as const)('does not scroll sideways on a phone (%s)', async (dir) => {
    const page = await screens.open(LISTS, {}, { size: 'phone', dir });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

it('keeps filters in the address, and what is searched for out of it', async () => {
  const asked: unknown[] = [];
  const page = await screens.open(LISTS, {
    'POST /api/shops/:shop/lists/search': ({ body }) => {
      asked.push(body);
      return { ...none, items: [...entries] };
    },
  });
  await page.getByLabel('Show', { exact: true }).selectOption('ending');
  await page.waitForURL(/show=ending/);
  await page.getByLabel('List', { exact: true }).selectOption('deny');
  await page.waitForURL(/list=deny/);
  await page.getByRole('searchbox').fill('ada@example.com');
  await expect.poll(() => asked.at(-1)).toMatchObject({ show: 'ending', list: 'deny', q: 'ada@example.com' });
  expect(page.url()).not.toContain('ada');
});

it('teaches when there is nothing, and says when a policy is better', async () => {
  const page = await screens.open(LISTS, { 'POST /api/shops/:shop/lists/search': none });
  await page.getByText('A list is the bluntest tool there is').waitFor();
  await page.getByRole('link', { name: 'Read the policy' }).waitFor();
  expect(await page.getByRole('searchbox').isVisible()).toBe(false);
  expect(await accessibilityFindings(page)).toEqual([]);
});

it('shows on a phone who and what, and until when only where ends are asked for', async () => {
  const page = await screens.open(LISTS, {}, { size: 'phone' });
  await page.getByRole('button', { name: '203.0.113.0/24' }).waitFor();
  expect(await page.getByRole('columnheader', { name: 'Ends' }).isVisible()).toBe(false);
  await page.getByLabel('Show', { exact: true }).selectOption('ending');
  await page.getByRole('columnheader', { name: 'Ends' }).waitFor();
});

it('shows an entry with whom it met and who did what, and takes it off with a way back', async () => {
  const asked: { route: string; body: unknown }[] = [];
  const page = await screens.open(LISTS, {
    'POST /api/shops/:shop/lists/remove': ({ body }) => {
      asked.push({ route: 'remove', body });
      return { ok: true };
    },
    'POST /api/shops/:shop/lists/entries': ({ body }) => {
      asked.push({ route: 'entries', body });
      return { results: [] };
    },
  });
  await page.getByRole('button', { name: 'somebody1@example.com' }).click();
  const sheet = page.locator('[role=dialog]:not([data-toast])');
  await sheet.getByText(/Stopped 14 requests, last on/).waitFor();
  await sheet.getByText(/Kept longer by .*Olga Visser/).waitFor();
  await sheet.getByText(/Changed by .*command line/).waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Take it off' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Put back.').first().waitFor();
  expect(asked).toMatchObject([
    { route: 'remove', body: { entries: [entries[0]?.id] } },
    { route: 'entries', body: { entries: [{ list: 'deny', type: 'email', value: 'somebody1@example.com' }] } },
  ]);
});

it('keeps an entry longer only with an end and a reason', async () => {
  let body: unknown;
  const page = await screens.open(`${LISTS}?show=ending`, {
    'POST /api/shops/:shop/lists/entries/:id/extend': (asked) => {
      body = asked.body;
      return { ...(entries[5] as (typeof entries)[number]), until: '2027-06-30T23:59:59.000Z' };
    },
  });
  await page.getByRole('button', { name: 'mailbox.example' }).click();
  await page.getByRole('button', { name: 'Keep it longer' }).click();
  const dialog = page.locator('[role=dialog]:not([data-toast])').last();
  await dialog.getByLabel('Until').fill('2027-06-30');
  await dialog.getByLabel('Why is it still needed?').fill('They came back in May.');
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await page
    .getByText(/It stays until/)
    .first()
    .waitFor();
  expect(body).toEqual({ until: '2027-06-30T21:59:59.000Z', reason: 'They came back in May.' });
});

it('says how pasted lines were read and whom they may hit, before anything is written', async () => {
  let body: unknown;
  const page = await screens.open(LISTS, {
    'POST /api/shops/:shop/lists/entries': (asked) => {
      body = asked.body;
      return {
        results: [0, 1].map((index) => ({ index, status: 'added' as const, entries: [], error: null })),
      };
    },
  });
  await page.getByRole('button', { name: 'Put on a list' }).click();
  const dialog = page.locator('[role=dialog]:not([data-toast])');
  expect(await dialog.getByRole('button', { name: 'Put on the list' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Who').fill('ada@example.com\nfotograaf@studio.example\nC-1001\n0.0.0.0/0');
  await dialog.getByText('Say above what this is.').waitFor();
  await dialog.getByText('This network would hit people you know nothing about.').waitFor();
  await dialog.getByText('Everybody behind this network is hit').waitFor();
  await dialog.getByText(/is in good standing: would a measure/).waitFor();
  await dialog.getByLabel(/I mean it/).waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByLabel('Why').fill('Nine parcels came back empty.');
  await dialog.getByRole('button', { name: 'Put 2 on the list' }).click();
  await page.getByText('2 entries are on the list.').first().waitFor();
  expect(body).toMatchObject({
    entries: [
      { list: 'deny', type: 'email', value: 'ada@example.com', meant: false },
      { list: 'deny', type: 'email', value: 'fotograaf@studio.example', meant: false },
    ],
  });
});

it('says what a file would do before it brings it in', async () => {
  const page = await screens.open(LISTS);
  const sent: string[] = [];
  const preview = {
    added: 120,
    changed: 3,
    same: 40,
    byType: { email: 150, ip: 13 },
    refused: 2,
    refusals: [
      { where: 'line 7', message: 'This is not an e-mail address.', unlessMeant: false },
      { where: 'line 9', message: 'This network is wider than /8.', unlessMeant: true },
    ],
    wide: [{ value: '203.0.0.0/16', addresses: 65_536 }],
    harder: 0,
    customers: 5,
    good: 4,
  };
  await page.route('**/lists/preview', async (route) => {
    sent.push(route.request().postData()?.includes('name="meant"\r\n\r\ntrue') ? 'meant' : 'plain');
    await route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(preview) });
  });
  await page.route('**/imports', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    sent.push('import');
    await route.fulfill({
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify({ import: '00000000-0000-4000-8000-000000000009' }),
    });
  });
  await page.getByRole('button', { name: 'Bring in' }).click();
  const dialog = page.locator('[role=dialog]:not([data-toast])');
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'lists.csv', mimeType: 'text/csv', buffer: Buffer.from('list,type,value,reason\n') });
  await dialog.getByText('120 new entries').waitFor();
  await dialog.getByText('65,536 addresses').waitFor();
  await dialog.getByText('2 lines cannot be taken').click();
  await dialog.getByText('This is not an e-mail address.').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByLabel(/I mean it/).check();
  await dialog.getByRole('button', { name: 'Bring it in' }).click();
  await page
    .getByText(/The lists are being brought in/)
    .first()
    .waitFor();
  expect(sent).toEqual(['plain', 'meant', 'import']);
});

it('is where a file of lists is brought in that somebody begins with on the Imports page', async () => {
  const page = await screens.open('/shops/tulip/imports');
  expect(await page.locator('input[type=file]').count()).toBe(1);
  await page.getByRole('radio', { name: /Lists \(CSV\)/ }).check();
  await page.getByText('you first see what the file would do').waitFor();
  expect(await page.locator('input[type=file]').count()).toBe(0);
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.getByRole('link', { name: 'See what it would do' }).click();
  await page.waitForURL(/lists\?bring=lists-csv/);
  const dialog = page.locator('[role=dialog]:not([data-toast])');
  expect(await dialog.getByRole('radio', { name: 'Evenhand, or a table of your own' }).isChecked()).toBe(true);
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(page.url()).not.toContain('bring');
  const agent = await screens.open(`${LISTS}?bring=lists-csv`, { 'GET /api/session': asRole('agent') });
  await agent.getByRole('button', { name: 'somebody1@example.com' }).waitFor();
  expect(await agent.getByRole('dialog').count()).toBe(0);
});

it('lets agents and auditors read, and offers them nothing else', async () => {
  for (const role of ['agent', 'auditor'] as const) {
    const page = await screens.open(LISTS, { 'GET /api/session': asRole(role) });
    await page.getByRole('button', { name: 'somebody1@example.com' }).click();
    await page.locator('[role=dialog]').getByText('What was done to it').waitFor();
    for (const name of ['Put on a list', 'Bring in', 'Take it off', 'Keep it longer', 'Save the lists as a file'])
      expect(await page.getByRole('button', { name }).count(), `${role}: ${name}`).toBe(0);
  }
});

it('tells on Home what ends soon', async () => {
  const page = await screens.open('/shops/tulip');
  await page.getByRole('link', { name: 'Look whether they are still needed' }).click();
  await page.waitForURL(/lists\?show=ending/);
});

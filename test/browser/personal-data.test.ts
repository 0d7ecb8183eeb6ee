import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openScreens, type Screens } from './support/screens.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

/** A name, an e-mail address and a phone number, as staff would type them. */
const TYPED = ['Tomasz Kowalczyk', 'tomasz.k@example.org', '+48 601 234 567'];

/** Every address the page has had or has asked for, and what it asked in bodies. */
function addressesOf(page: Page) {
  const addresses: string[] = [];
  const bodies: string[] = [];
  page.on('request', (request) => {
    addresses.push(request.url());
    bodies.push(request.postData() ?? '');
  });
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  return {
    bodies,
    all: async () => [
      ...addresses,
      page.url(),
      ...(await page.evaluate(() => performance.getEntries().map((entry) => entry.name))),
    ],
  };
}

/** Also in parts and however it is encoded: words of four letters and more. */
function expectUnsaid(addresses: readonly string[]) {
  const words = TYPED.flatMap((text) => text.toLowerCase().split(/[^a-z0-9]+/)).filter((word) => word.length > 3);
  const plain = addresses.map((address) => decodeURIComponent(address.replaceAll('+', ' ')).toLowerCase());
  expect(plain.length).toBeGreaterThan(5);
  for (const word of [...words, '601 234 567', '601234567'])
    expect(plain.filter((address) => address.includes(word))).toEqual([]);
}

it('no address holds what is typed to find somebody on the page of customers', async () => {
  const page = await screens.open('/shops/tulip/customers');
  const heard = addressesOf(page);
  await page.route('**/customers.csv', (route) => route.fulfill({ contentType: 'text/csv', body: 'id\r\n' }));
  for (const text of TYPED) {
    const asked = page.waitForRequest((request) => request.postDataJSON()?.q === text);
    await page.getByRole('searchbox').fill(text);
    await asked;
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: /Save what is shown/ }).click();
    await page.getByRole('menuitem').first().click();
    await saved;
  }
  await page.getByRole('button', { name: /Watched/ }).click();
  await page.waitForURL(/standing=/);
  await page.reload();
  expect(await page.getByRole('searchbox').inputValue()).toBe(TYPED.at(-1));
  expect(heard.bodies.join()).toContain('tomasz.k@example.org');
  expectUnsaid(await heard.all());
});

it('no address holds what is typed into the command palette', async () => {
  const page = await screens.open('/shops/tulip');
  const heard = addressesOf(page);
  await page.keyboard.press('ControlOrMeta+k');
  for (const text of TYPED) {
    const asked = page.waitForRequest((request) => request.postDataJSON()?.q === text.toLowerCase());
    await page.getByRole('combobox').fill(text);
    await asked;
  }
  await page.getByRole('combobox').fill('Tomasz');
  await page
    .getByRole('option', { name: /Tomasz Kowalczyk/ })
    .first()
    .click();
  await page.waitForURL(/customers\/00000000-/);
  expectUnsaid(await heard.all());
});

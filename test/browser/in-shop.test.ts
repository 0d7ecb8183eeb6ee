import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Answers } from './fixtures/answer.ts';
import { asRole, id, refused } from './fixtures/shop.ts';
import { inShop } from './fixtures/shop-system/lists.ts';
import { accessibilityFindings } from './support/axe.ts';
import { openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const MARTA = `/shops/tulip/customers/${id(201)}`;
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

async function asking(act: string, answers: Answers = {}): Promise<Page> {
  const page = await screens.open(MARTA, answers);
  await page.getByRole('button', { name: 'Do something there' }).click();
  await page.getByRole('menuitem', { name: act }).click();
  await page.getByRole('dialog', { name: act }).waitFor();
  return page;
}

it('says what the shop’s system knows of the customer and what was done there', async () => {
  const page = await screens.open(MARTA, {}, { size: 'phone' });
  await page.getByText('Shopify knows: restricted').waitFor();
  await page.getByText('Order 1042 is held.').waitFor();
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFindings(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);
});

it('cancels an order after saying what will happen, and what the platform tells the customer', async () => {
  let body: unknown;
  const page = await asking('Cancel an order', {
    'POST /api/shops/:shop/customers/:id/acts': (asked) => {
      body = asked.body;
      return { act: id(7_299) };
    },
  });
  const dialog = page.getByRole('dialog', { name: 'Cancel an order' });
  await dialog.getByRole('button', { name: 'Cancel the order' }).click();
  await dialog.getByText('Please choose one.').waitFor();
  await dialog.getByLabel('Order').selectOption('gid://shopify/Order/1042');
  await dialog.getByText(/is cancelled for good/).waitFor();
  await dialog.getByText(/which has no place for your words/).waitFor();
  await dialog.getByLabel('Why').fill('We cannot deliver to this address.');
  await dialog.getByRole('checkbox', { name: 'Put the articles back on sale' }).uncheck();
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByText('Shopify is being told. You see here when it is done.').first().waitFor();
  expect(body).toEqual({
    kind: 'cancel_order',
    order: 'gid://shopify/Order/1042',
    refund: true,
    restock: false,
    words: 'We cannot deliver to this address.',
  });
});

it('declines a return only with words, reminds of the rights, and shows a refusal', async () => {
  const page = await asking('Decline a return', {
    'POST /api/shops/:shop/customers/:id/acts': refused(
      409,
      'This is a withdrawal within the legal time. It cannot be declined.',
    ),
  });
  const dialog = page.getByRole('dialog', { name: 'Decline a return' });
  await dialog.getByRole('button', { name: 'Decline the return' }).click();
  await dialog.getByText(/has a right to know why/).waitFor();
  await dialog.getByLabel(/What .* reads/).fill('The dress was worn.');
  await dialog.getByText(/A withdrawal within the legal time and faulty goods cannot be declined/).waitFor();
  await dialog.getByRole('button', { name: 'Decline the return' }).click();
  await dialog.getByText('This is a withdrawal within the legal time. It cannot be declined.').waitFor();
});

it('gives money in the shop’s currency, and refuses what is no amount', async () => {
  let body: unknown;
  const page = await asking('Give store credit', {
    'POST /api/shops/:shop/customers/:id/acts': (asked) => {
      body = asked.body;
      return { act: id(7_299) };
    },
  });
  const dialog = page.getByRole('dialog', { name: 'Give store credit' });
  await dialog.getByLabel('Amount in EUR').fill('twelve');
  await dialog.getByRole('button', { name: 'Give the credit' }).click();
  await dialog.getByText('Please write an amount above nothing, as in 12.50.').waitFor();
  await dialog.getByLabel('Amount in EUR').fill('12,50');
  await dialog.getByText(/gets .*€12\.50.* to spend in the shop/).waitFor();
  await dialog.getByRole('button', { name: 'Give the credit' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(body).toEqual({ kind: 'give_store_credit', amount: { amount: 1_250, currency: 'EUR' }, until: null });
});

it('offers only what the platform can do, nothing to who may not, and nothing at all without a connection', async () => {
  const page = await screens.open(MARTA, {
    'GET /api/shops/:shop/customers/:id/shop': { ...inShop, may: ['give_discount'] },
  });
  await page.getByRole('button', { name: 'Do something there' }).click();
  expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Give a discount code']);
  await screens.tidy();
  const agent = await screens.open(MARTA, { 'GET /api/session': asRole('agent') });
  await agent.getByText('Shopify knows: restricted').waitFor();
  expect(await agent.getByRole('button', { name: 'Do something there' }).count()).toBe(0);
  await screens.tidy();
  const none = await screens.open(MARTA, {
    'GET /api/shops/:shop/customers/:id/shop': {
      connection: null,
      marks: null,
      acts: [],
      may: [],
      orders: [],
      openReturns: [],
    },
  });
  await none.getByText('What you can do').waitFor();
  expect(await none.getByText('In the shop', { exact: true }).count()).toBe(0);
  await screens.tidy();
  const lost = await screens.open(MARTA, {
    'GET /api/shops/:shop/customers/:id/shop': {
      ...inShop,
      connection: { id: id(7_001), platform: 'shopify', state: 'reconnect' },
    },
  });
  await lost.getByText('Shopify does not let Evenhand in at the moment.').waitFor();
  expect(await lost.getByRole('button', { name: 'Do something there' }).count()).toBe(0);
});

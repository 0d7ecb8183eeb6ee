import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '../../../test/browser/support/chromium.ts';
import {
  ADA,
  buy,
  deliver,
  fillIn,
  goToPayment,
  pay,
  putIn,
  refund,
  register,
  signIn,
  stateOf,
} from './support/buying.ts';
import { type Ask, type Evenhand, fixture, type Made, SLUG, startEvenhand } from './support/evenhand.ts';
import { goesToPayment, picture, serveStorefront } from './support/storefront.ts';
import { type Client, freePort, startVendure, type VendureServer } from './support/vendure.ts';

/*
 * Ada keeps goods and money again and again, is warned, goes on, and is blocked by two people. The real checkout refuses her. Then it shows that
 * the goods had come back after all: her appeal is upheld, and the same checkout lets her through.
 */

const WAIT = { timeout: 60_000, interval: 100 };
let evenhand: Evenhand;
let shop: VendureServer;
let made: Made;
let browser: TestBrowser;
let ada: Client;

beforeAll(async () => {
  const port = await freePort();
  const policy = readFileSync(fixture('policy.yaml'), 'utf8');
  // One after the other: together they would take a small machine's patience.
  evenhand = await startEvenhand(policy);
  const bare = await startVendure({}, { port });
  made = await evenhand.connect(bare.url);
  await bare.stop();
  browser = await launchBrowser();
  const { hookUrl, hookSecret, apiKey } = made;
  shop = await startVendure(
    { hookUrl, hookSecret, apiKey, paymentKinds: { card: 'card' } },
    { port, aheadFile: evenhand.aheadFile },
  );
  ada = shop.visitor();
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
  await evenhand?.close();
});

/** Ada buys a hat, gets it, and her money back. The hat is not booked in. */
async function keepsBoth(): Promise<string> {
  const bought = await buy(ada, shop.goods);
  if (!('id' in bought)) throw new Error(`Refused: ${bought.says}`);
  await deliver(shop, bought.id);
  await refund(shop, bought.id, 'Customer request');
  return bought.id;
}

/** What the policy proposes for Ada, once it does. */
async function proposed(ask: Ask, type: string): Promise<{ readonly id: string; readonly seen: string }> {
  const find = async () => {
    const { items } = await ask<{ items: { id: string; type: string }[] }>('GET', `/shops/${SLUG}/review`);
    return items.find((each) => each.type === type)?.id;
  };
  await expect.poll(find, WAIT).toBeDefined();
  const { seen } = await ask<{ seen: string }>('GET', `/shops/${SLUG}/review/${await find()}`);
  return { id: (await find()) ?? '', seen };
}

/** Looks anew, as the answer says to, when what the proposal rests on changed after it was looked at: events still come in meanwhile. */
async function approves(
  who: 'olga' | 'noor',
  type: string,
  attempts = 50,
): Promise<{ readonly waitingForSecond: boolean }> {
  const ask = await evenhand.staff(who);
  const { id, seen } = await proposed(ask, type);
  try {
    return await ask('POST', `/shops/${SLUG}/review/${id}/approve`, { seen });
  } catch (error) {
    if (attempts === 1 || !String(error).includes('"why":"changed-meanwhile"')) throw error;
    await setTimeout(200);
    return approves(who, type, attempts - 1);
  }
}

async function groupsOfAda(): Promise<readonly string[]> {
  const { found } = await shop.admin.ask<{ found: { items: { groups: { name: string }[] }[] } }>(
    `{ found: customers(options: { filter: { emailAddress: { eq: "${ADA.email}" } } }) { items { groups { name } } } }`,
  );
  return found.items.flatMap(({ groups }) => groups.map(({ name }) => name));
}

describe('a customer of a real Vendure', () => {
  it('is connected in three steps: the test says what is missing, and then what works', async () => {
    expect(made).toMatchObject({
      check: { ok: true, notes: [expect.stringContaining('put the address, the secret and the key')] },
    });
    const check = await evenhand.olga('POST', `/shops/${SLUG}/connections/${made.connection}/check`);
    expect(check).toMatchObject({
      ok: true,
      currency: 'EUR',
      version: expect.stringContaining('Vendure 3.7.3'),
      scopes: [
        { name: 'checkout', granted: true },
        { name: 'cart', granted: true },
        { name: 'login', granted: true },
      ],
    });
  });

  it('is warned for what she did, and told', async () => {
    await register(ada, ADA);
    expect(await signIn(ada, ADA)).toBeNull();
    for (let time = 0; time < 3; time += 1) await keepsBoth();
    evenhand.later(15);
    await keepsBoth();
    expect(await approves('olga', 'warning')).toMatchObject({ waitingForSecond: false });
    await evenhand.mail(ADA.email, /a warning, and what helps/);
    await expect.poll(groupsOfAda, WAIT).toEqual(['Evenhand: warned']);
  });

  it('goes on, and is blocked by two people', async () => {
    for (let time = 0; time < 2; time += 1) await keepsBoth();
    evenhand.later(15);
    // The cart is filled before: it is the checkout that is to say no.
    expect(await putIn(ada, shop.goods.hat)).toBeNull();
    await fillIn(ada, shop.goods);
    const other = shop.visitor();
    await buy(other, shop.goods, ADA);
    expect(await approves('olga', 'block')).toMatchObject({ waitingForSecond: true });
    expect(await goToPayment(ada), 'one person does not block').toBeNull();
    await ada.ask('mutation { transitionOrderToState(state: "AddingItems") { __typename } }');
    expect(await approves('noor', 'block')).toMatchObject({ waitingForSecond: false });
    await expect.poll(groupsOfAda, WAIT).toEqual(['Evenhand: blocked']);
  });

  it('is refused at the checkout, in her language, with the way to appeal', async () => {
    const says = await goToPayment(ada);
    expect(says).toMatch(/you cannot place new orders with us until/);
    expect(says).toContain('Your legal rights are not touched');
    expect(says).toContain('If you think this is wrong');
    const storefront = await serveStorefront(shop.url);
    for (const language of ['en', 'he']) {
      const page = await goesToPayment(browser.browser, storefront.url, language);
      const refusal = page.locator('.refusal');
      await refusal.waitFor();
      const text = (await refusal.locator('p').allInnerTexts()).join('\n');
      if (language === 'en') expect(text).toBe(says);
      else expect(text).toMatch(/[\u0590-\u05ff]/);
      await picture(page, `vendure-refusal-${language}`);
      await page.context().close();
    }
    storefront.close();
  });

  it('is refused at the cart and as a guest under her address, and still comes into her account', async () => {
    const again = shop.visitor();
    expect(await signIn(again, ADA), 'she bought lately: her account stays open').toBeNull();
    expect(await putIn(again, shop.goods.scarf)).toContain('If you think this is wrong');
    expect(await buy(shop.visitor(), shop.goods, ADA)).toMatchObject({ where: 'checkout' });
    const stranger = { email: 'bo@example.com', first: 'Bo', last: 'Else' };
    expect(await buy(shop.visitor(), shop.goods, stranger)).toMatchObject({ code: expect.any(String) });
  });

  it('gets through while Evenhand is down, as the shop chose; afterwards the order is told and held', async () => {
    await evenhand.down();
    const begin = performance.now();
    expect(await goToPayment(ada)).toBeNull();
    expect(performance.now() - begin).toBeLessThan(3_000);
    const { id } = await pay(ada);
    expect(await stateOf(shop, id)).toBe('PaymentSettled');
    await evenhand.up();
    await expect.poll(() => stateOf(shop, id), WAIT).toBe('HeldForReview');
    await expect(deliver(shop, id)).rejects.toThrow(/held for review/);
  });

  it('finds nothing that was missed when it fetches everything once more', async () => {
    const olga = await evenhand.staff('olga');
    await olga('POST', `/shops/${SLUG}/connections/${made.connection}/history`, {});
    const runs = async () =>
      (
        await olga<{ runs: { state: string; added: number; read: number; refused: number; faults: unknown[] }[] }>(
          'GET',
          `/shops/${SLUG}/connections/${made.connection}`,
        )
      ).runs[0];
    await expect.poll(async () => (await runs())?.state, WAIT).toBe('done');
    expect(await runs()).toMatchObject({ added: 0, refused: 0, faults: [] });
    expect((await runs())?.read).toBeGreaterThanOrEqual(8);
  });

  it('appeals, is heard by somebody else, and the same checkout lets her through', async () => {
    const page = await browser.browser.newContext({ baseURL: evenhand.url }).then((context) => context.newPage());
    await appeals(page);
    await upholds(await evenhand.staff('sam'));
    await expect.poll(groupsOfAda, WAIT).toEqual([]);
    expect(await putIn(ada, shop.goods.hat)).toBeNull();
    await fillIn(ada, shop.goods);
    expect(await goToPayment(ada)).toBeNull();
    const { code } = await pay(ada);
    expect(code).not.toBe('');
    const storefront = await serveStorefront(shop.url);
    expect(await putIn(ada, shop.goods.scarf)).toBeNull();
    await fillIn(ada, shop.goods);
    const through = await goesToPayment(browser.browser, storefront.url, 'en');
    await through.locator('.thanks').waitFor();
    storefront.close();
    expect(shop.errors()).toBe('');
  });
});

/** In the portal, from the notice of the block. */
async function appeals(page: Page): Promise<void> {
  const notice = await evenhand.mail(ADA.email, /our decision, and what you can do/);
  const link = notice.links.find((each) => each.includes(`/c/${SLUG}/open/`));
  await page.goto(link ?? '');
  await page.locator('main form button').click();
  await page.waitForURL((url) => !url.pathname.includes('/open/'));
  await page.locator('a[href*="/appeal"]').first().click();
  await page.locator('input[type=radio]').first().check();
  const disputed = page.locator('input[name=disputed]');
  for (let nth = 0; nth < (await disputed.count()); nth += 1) await disputed.nth(nth).check();
  await page
    .locator('textarea')
    .fill('I sent every hat back with the labels you gave me. Here are the receipts of the post office.');
  await page.locator('main form button').click();
  await page.waitForURL((url) => /\/appeals\//.test(url.pathname));
}

async function upholds(ask: Ask): Promise<void> {
  const { items } = await ask<{ items: { id: string }[] }>('GET', `/shops/${SLUG}/appeals`);
  const id = items[0]?.id ?? '';
  await ask('POST', `/shops/${SLUG}/appeals/${id}/take`);
  const { seen, events } = await ask<{ seen: string; events: { id: string }[] }>('GET', `/shops/${SLUG}/appeals/${id}`);
  await ask('POST', `/shops/${SLUG}/appeals/${id}/decide`, {
    outcome: 'upheld',
    corrections: events.map((event) => ({ event: event.id, as: 'void' })),
    reason: 'The post office confirms it: the hats came back, and we did not book them in. We are sorry.',
    seen,
  });
}

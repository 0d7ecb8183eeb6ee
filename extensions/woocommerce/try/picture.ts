/*
 * Takes the pictures of docs/shops/woocommerce.md: the refusal as a customer reads it at the block checkout of a real WooCommerce that is
 * connected to a real Evenhand.
 *
 *   node try/picture.ts <folder>     with what start.ts needs in the environment
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../../../test/browser/support/chromium.ts';
import { block, connect, knownCustomer, startProxy, startRealEvenhand } from '../test/service.ts';
import { Visitor } from '../test/visitor.ts';
import { startShop, type TriedShop, whyNoWordPress } from './start.ts';

const none = whyNoWordPress();
if (none !== null) throw new Error(none);
const folder = process.argv[2] ?? '.';
mkdirSync(folder, { recursive: true });
let shop: TriedShop | null = null;
const proxy = await startProxy(() => shop?.url ?? '');
const evenhand = await startRealEvenhand(proxy.certificate);
shop = await startShop({ evenhandUrl: evenhand.url, evenhandKey: 'none yet' });
await connect(evenhand, shop, proxy.address);
const before = new Visitor(shop.url);
const NAMED = {
  first_name: 'Gina',
  last_name: 'Guest',
  address_1: 'Kerkstraat 1',
  city: 'Utrecht',
  postcode: '3511 AA',
};
const billing_address = { ...NAMED, country: 'NL', email: 'gina@example.com', phone: '' };
const isTaken = async (): Promise<boolean> => {
  await before.store('POST', 'cart/add-item', { id: shop?.product, quantity: 1 });
  const wish = { billing_address, shipping_address: billing_address, payment_method: 'cod' };
  return (await before.store('POST', 'checkout', wish)).status === 200;
};
await isTaken();
await block(evenhand.ask, await knownCustomer(evenhand.ask, shop, 'gina@example.com'));
// A service that has just begun may need longer than the plug-in waits.
for (let tries = 0; tries < 10 && (await isTaken()); tries += 1);
const { browser, close } = await launchBrowser();
try {
  for (const width of [1440, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.setDefaultTimeout(60_000);
    await page.goto(`${shop.url}/?add-to-cart=${shop.product}`);
    await page.goto(`${shop.url}/checkout/`);
    await page.locator('#email').fill('gina@example.com');
    for (const [name, value] of Object.entries(NAMED))
      await page.locator(`#shipping-${name}, #billing-${name}`).first().fill(value);
    await page.locator('.wc-block-components-checkout-place-order-button').click();
    const refusal = page.locator('.wc-block-components-notice-banner.is-error').first();
    await refusal.waitFor();
    await refusal.scrollIntoViewIfNeeded();
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: join(folder, `refusal-${width}.png`) });
    console.log(
      await refusal.innerText(),
      await refusal.locator('a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href)),
    );
    await page.close();
  }
} finally {
  await close();
  shop.stop();
  proxy.stop();
  await evenhand.close();
}

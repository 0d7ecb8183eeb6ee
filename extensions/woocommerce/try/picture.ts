/*
 * Takes the pictures of docs/shops/woocommerce.md: the refusal as a customer reads it at the block checkout of a real WooCommerce.
 *
 *   node try/picture.ts <folder>     with what start.ts needs in the environment
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../../../test/browser/support/chromium.ts';
import { startEvenhand } from '../test/evenhand.ts';
import { startShop, whyNoWordPress } from './start.ts';

const TEXT = `We are sorry, we cannot take this order: you cannot place new orders with us until 1 September 2026.
The reason: Many parcels that were not fetched.
Your legal rights are not touched: you can still withdraw from a purchase, report faulty goods and ask for your data.
If you think this is wrong: write to us or use your page with us. Somebody else than the person who decided will look at it.`;

const none = whyNoWordPress();
if (none !== null) throw new Error(none);
const folder = process.argv[2] ?? '.';
mkdirSync(folder, { recursive: true });
const evenhand = await startEvenhand();
evenhand.wishes.set('purchase', { outcome: 'deny', text: TEXT });
const shop = await startShop({ evenhandUrl: evenhand.url, evenhandKey: evenhand.state.key });
const { browser, close } = await launchBrowser();
try {
  for (const width of [1440, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.setDefaultTimeout(60_000);
    await page.goto(`${shop.url}/?add-to-cart=${shop.product}`);
    await page.goto(`${shop.url}/checkout/`);
    await page.locator('#email').fill('gina@example.com');
    const fields = {
      first_name: 'Gina',
      last_name: 'Guest',
      address_1: 'Kerkstraat 1',
      city: 'Utrecht',
      postcode: '3511 AA',
    };
    for (const [name, value] of Object.entries(fields))
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
  evenhand.stop();
}

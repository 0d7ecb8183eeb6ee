import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ADA, PASSWORD } from './buying.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'example');
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };

/** The example storefront in front of a Vendure server. */
export async function serveStorefront(shop: string): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    const name = pathname === '/' ? 'index.html' : pathname.slice(1);
    const type = TYPES[name.split('.').at(-1) ?? ''];
    const text = type === undefined ? null : await readFile(join(FOLDER, name), 'utf8').catch(() => null);
    if (text === null) return response.writeHead(404).end();
    const meta = `<meta name="shop-api" content="${shop}/shop-api" />`;
    return response
      .writeHead(200, { 'content-type': `${type}; charset=utf-8` })
      .end(text.replace('</head>', `${meta}</head>`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** Ada signs in and goes on to payment. Gives the page as it then is. */
export async function goesToPayment(browser: Browser, url: string, language: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: language,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${url}?language=${language}`);
  await page.locator('input[name=email]').fill(ADA.email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('#sign-in button').click();
  await page.locator('#cart li').first().waitFor();
  await page.locator('#pay').click();
  return page;
}

/** Pictures for docs/shops/vendure.md, where EVENHAND_PICTURES says a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.EVENHAND_PICTURES;
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  }
}

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import type { Visitor } from '../support/api.ts';
import { languages } from '../support/languages.ts';
import { launchBrowser, type TestBrowser } from './support/chromium.ts';
import { englishBut, overflowing, shownOn } from './support/english.ts';
import { PLACES, type Place } from './support/places.ts';
import { startService } from './support/service.ts';
import { complaints, openPage, type Size } from './support/site.ts';

/* Every page of the real service with the sample shop, in every language: nothing in English, no bare keys, no text out of its box. */

let service: Awaited<ReturnType<typeof startService>>;
let chromium: TestBrowser;
let owner: Visitor;

beforeAll(async () => {
  [service, chromium] = await Promise.all([startService(), launchBrowser()]);
  owner = await service.api.owner();
  const { import: run } = (await owner.post('/api/shops/tulip/sample')).json<{ import: string }>();
  for (;;) {
    const { status, error } = (await owner.get(`/api/shops/tulip/imports/${run}`)).json();
    if (status === 'failed') throw new Error(`The sample did not load: ${error}`);
    if (status === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const shop = await service.api.deps.shops.bySlug('tulip');
  if (shop === null) throw new Error('No shop');
  await assessAllDue(service.api.deps, shop);
}, 300_000);
afterAll(async () => {
  await chromium?.close();
  await service?.close();
});

async function pageFor(language: string, size: Size, by: Place['by']): Promise<Page> {
  const page = await openPage(chromium.browser, service.origin, { size, language });
  const [name = '', value = ''] = (owner.cookie ?? '').split('=');
  if (by === 'staff') await page.context().addCookies([{ name, value, url: service.origin }]);
  return page;
}

describe.each(languages.all)('$english', ({ code, dir }) => {
  const isEnglish = englishBut(code);

  it.each(['phone', 'desk'] as const)('is spoken on every page, and fits (%s)', { timeout: 300_000 }, async (size) => {
    const found: Record<string, readonly string[]> = {};
    for (const by of ['staff', 'anybody'] as const) {
      const page = await pageFor(code, size, by);
      for (const each of PLACES.filter((one) => one.by === by)) {
        const path = await each.at(owner);
        if (path === null) continue;
        await page.goto(path);
        const up = await shown(page).then(
          () => true,
          () => false,
        );
        if (!up) {
          found[each.name] = ['does not come up'];
          continue;
        }
        const [lang, direction] = await page.evaluate(() => [
          document.documentElement.lang,
          document.documentElement.dir,
        ]);
        const read = async () => [
          ...(code === 'en' ? [] : isEnglish(await shownOn(page))),
          ...(await overflowing(page)),
          ...((await sideways(page)) > 0 ? ['scrolls sideways'] : []),
        ];
        const wrong = [
          ...(lang === code && direction === dir ? [] : [`speaks ${lang}, ${direction}`]),
          ...(await read()),
          ...(size === 'desk' && each.opens === true ? await behindButtons(page, read) : []),
        ];
        if (wrong.length > 0) found[each.name] = [...new Set(wrong)];
      }
      found[`what the browser complains of (${by})`] = complaints(page).filter((each) => !OURS.test(each));
      await page.context().close();
    }
    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
  });
});

it('is chosen by its own name, turns the page over, and is kept on the device', async () => {
  const page = await openPage(chromium.browser, service.origin);
  const [name = '', value = ''] = (owner.cookie ?? '').split('=');
  await page.context().addCookies([{ name, value, url: service.origin }]);
  const dressed = () => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
  await page.goto('/shops/tulip/policy');
  await shown(page);
  await page.getByRole('button', { name: 'Olga Owner' }).click();
  await page.getByRole('menuitemradio', { name: 'עברית' }).click();
  // The service's part of the screen follows without a reload.
  await page.getByRole('heading', { name: 'משחק הוגן' }).waitFor();
  expect(await dressed()).toEqual(['he', 'rtl']);
  await page.reload();
  await page.getByRole('heading', { name: 'משחק הוגן' }).waitFor();
  expect(await dressed()).toEqual(['he', 'rtl']);
  expect(complaints(page)).toEqual([]);
  await page.context().close();
});

/** What is wrong in the dialogs and menus that the page's buttons open. Nothing is done for good: changes do not reach the service. */
async function behindButtons(page: Page, read: () => Promise<readonly string[]>): Promise<readonly string[]> {
  await page.route('**/api/**', (route) => {
    const request = route.request();
    const reads =
      request.method() === 'GET' || /\/(search|preview|notice|check|impact)$/.test(new URL(request.url()).pathname);
    return reads ? route.continue() : route.abort();
  });
  const address = page.url();
  const opened = page.locator('[role=dialog], [role=menu], [role=listbox]').first();
  const buttons = page.locator('main button:enabled');
  const wrong: string[] = [];
  for (let index = 0; index < Math.min(await buttons.count(), MOST_BUTTONS); index += 1) {
    await buttons
      .nth(index)
      .click({ timeout: 1_500 })
      .catch(() => undefined);
    await page.waitForTimeout(80);
    if (await opened.isVisible()) {
      wrong.push(...(await read()));
      await page.keyboard.press('Escape');
      await opened.waitFor({ state: 'detached', timeout: 1_500 }).catch(() => undefined);
    }
    if (page.url() !== address || (await opened.isVisible())) {
      await page.goto(address);
      await shown(page);
    }
  }
  await page.unroute('**/api/**');
  return wrong;
}

const MOST_BUTTONS = 16;
/** What the walk itself brings about: changes are held back, and nothing may be copied. */
const OURS = /ERR_FAILED|Clipboard/;

/** Waits until the page has a heading and nothing on it is still loading. */
async function shown(page: Page): Promise<void> {
  await page.locator('h1, h2').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy=true], main:empty') === null);
}

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessAllDue } from '../../../src/workflows/assess/assess-due.ts';
import type { Visitor } from '../../support/api.ts';
import { languages } from '../../support/languages.ts';
import { launchBrowser, type TestBrowser } from './chromium.ts';
import { englishBut, overflowing, shownOn } from './english.ts';
import { PLACES, type Place } from './places.ts';
import { startService } from './service.ts';
import { complaints, openPage, type Size } from './site.ts';

/** The real service with the sample shop judged, and a browser: what walking through every page takes. */
export interface SampleWalk {
  readonly service: Awaited<ReturnType<typeof startService>>;
  readonly chromium: TestBrowser;
  readonly owner: Visitor;
  readonly close: () => Promise<void>;
}

export async function startWalk(): Promise<SampleWalk> {
  const [service, chromium] = await Promise.all([startService(), launchBrowser()]);
  const owner = await service.api.owner();
  const { import: run } = (await owner.post('/api/shops/tulip/sample')).json<{ import: string }>();
  for (;;) {
    const { status, error } = (await owner.get(`/api/shops/tulip/imports/${run}`)).json();
    if (status === 'failed') throw new Error(`The sample did not load: ${error}`);
    if (status === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  // An address of nobody's, that is told nothing while nothing happens.
  await owner.post('/api/shops/tulip/webhooks', { url: 'https://93.184.215.14/hooks', topics: ['appeal.filed'] });
  const shop = await service.api.deps.shops.bySlug('tulip');
  if (shop === null) throw new Error('No shop');
  await assessAllDue(service.api.deps, shop);
  return {
    service,
    chromium,
    owner,
    close: async () => {
      await chromium.close();
      await service.close();
    },
  };
}

/** Signs a page in as the owner. */
export async function asOwner(page: Page, { owner, service }: SampleWalk): Promise<void> {
  const [name = '', value = ''] = (owner.cookie ?? '').split('=');
  await page.context().addCookies([{ name, value, url: service.origin }]);
}

/** Every page of the real service in one language: nothing in English, no bare keys, no text out of its box. */
export function speaksEverywhere(code: string): void {
  const language = languages.of(code);
  const isEnglish = englishBut(code);
  let walk: SampleWalk;
  beforeAll(async () => {
    walk = await startWalk();
  }, 300_000);
  afterAll(() => walk?.close());

  async function pageFor(size: Size, by: Place['by']): Promise<Page> {
    const page = await openPage(walk.chromium.browser, walk.service.origin, { size, language: code });
    if (by === 'staff') await asOwner(page, walk);
    return page;
  }

  describe(language.english, () => {
    it.each(['phone', 'desk'] as const)(
      'is spoken on every page, and fits (%s)',
      { timeout: 300_000 },
      async (size) => {
        const found: Record<string, readonly string[]> = {};
        for (const by of ['staff', 'anybody'] as const) {
          const page = await pageFor(size, by);
          for (const each of PLACES.filter((one) => one.by === by)) {
            const path = await each.at(walk.owner);
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
              ...(lang === code && direction === language.dir ? [] : [`speaks ${lang}, ${direction}`]),
              ...(await read()),
              ...(size === 'desk' && each.opens === true ? await behindButtons(page, read) : []),
            ];
            if (wrong.length > 0) found[each.name] = [...new Set(wrong)];
          }
          found[`what the browser complains of (${by})`] = complaints(page).filter((each) => !OURS.test(each));
          await page.context().close();
        }
        expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
      },
    );
  });
}

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
export async function shown(page: Page): Promise<void> {
  await page.locator('h1, h2').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy=true], main:empty') === null);
}

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { instant } from '../../src/core/shared/time.ts';
import { languages } from '../support/languages.ts';
import { ADA, codeIn, linkIn } from '../support/portal.ts';
import { accessibilityFindings } from './support/axe.ts';
import { builtConsole } from './support/built.ts';
import { launchBrowser, type TestBrowser } from './support/chromium.ts';
import { englishBut, overflowing, shownOn } from './support/english.ts';
import { customerPage, type PortalLook, type PortalSite, servePortal } from './support/portal.ts';
import { shot } from './support/site.ts';

let site: PortalSite;
let chromium: TestBrowser;
beforeAll(async () => {
  [site, chromium] = await Promise.all([servePortal(), launchBrowser()]);
}, 240_000);
afterAll(async () => {
  await chromium?.close();
  await site?.close();
});

const tick = () => {
  site.api.time.now = instant(site.api.time.now + 1_000);
};
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Every page of the portal one after the other, as a customer comes by them; `look` is called on each. */
async function walk(page: Page, customer: CustomerId, look: (name: string) => Promise<void>): Promise<void> {
  const go = async (name: string, path: string) => {
    await page.goto(path);
    await look(name);
  };
  await go('way in', '/c/tulip');
  await page.locator('form[action="/c/tulip"] button').click();
  await look('way in, not filled in');
  await go('policy', '/c/tulip/policy');
  await site.owner.post(`/api/shops/tulip/customers/${customer}/portal-link`);
  const link = linkIn((await site.mails())[0]);
  tick();
  await go('link', link);
  await page.locator('main button').click();
  await look('standing');
  for (const each of await page.locator('details').all()) await each.evaluate((node) => node.setAttribute('open', ''));
  await look('standing, unfolded');
  await page.locator('.card a[href*="/decisions/"]').first().click();
  await look('decision');
  await page.locator('a.button').click();
  await look('appeal');
  await page.locator('main form button').click();
  await look('appeal, not filled in');
  await page.locator('input[value="shop_fault"]').check();
  await page.locator('input[name="disputed"]').first().check();
  await page.locator('textarea').fill('The dress was torn when it came, and I told you so at once.');
  await page.locator('input[type="file"]').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: PIXEL });
  await page.locator('main form button').click();
  await look('filed');
  await go('follow', new URL(page.url()).pathname);
  await page.locator('details:has(form) summary').click();
  await page.locator('details form button').click();
  await look('withdrawn');
  await go('my data, by a link', '/c/tulip/data');
  await page.locator('main form button').click();
  await look('code');
  await page.locator('input[name="code"]').fill(codeIn((await site.mails())[0]));
  tick();
  await page.locator('main form button').click();
  await look('my data');
  await go('erase', '/c/tulip/data/erase');
  await go('used link', link);
  await go('over link', '/c/tulip/open/nothing');
  await go('not there', '/c/tulip/nothing');
  await page.locator('footer form button').click();
  await look('signed out');
}

/** A measure anew: the one before was appealed. */
async function measureFor(customer: CustomerId): Promise<void> {
  const { measure } = await site.measure(customer);
  site.api.time.now = instant(site.api.time.now + 16 * 60_000);
  lifted.push(measure);
}
const lifted: string[] = [];

const LOOKS: readonly PortalLook[] = [
  { size: 'phone', scheme: 'light', language: 'en' },
  { size: 'desk', scheme: 'dark', language: 'en' },
  { size: 'phone', scheme: 'dark', language: 'he' },
  { size: 'desk', scheme: 'light', language: 'he' },
];

describe('the pages of the portal', () => {
  it.each(LOOKS)(
    'fit, read well and are open to everybody ($size, $scheme, $language)',
    {
      timeout: 240_000,
    },
    async (look) => {
      await measureFor(site.ada);
      const page = await customerPage(chromium.browser, site.origin, look);
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      const found: Record<string, readonly string[]> = {};
      const { dir } = languages.of(look.language ?? 'en');
      await walk(page, site.ada, async (name) => {
        const [language, direction] = await page.evaluate(() => [
          document.documentElement.lang,
          document.documentElement.dir,
        ]);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        const wrong = [
          ...(language === look.language && direction === dir ? [] : [`speaks ${language}, ${direction}`]),
          ...(await accessibilityFindings(page)),
          ...(await overflowing(page)),
          ...(sideways > 0 ? [`scrolls sideways by ${sideways}`] : []),
        ];
        if (wrong.length > 0) found[name] = wrong;
        if (process.env.EVENHAND_SHOTS !== undefined)
          await shot(page, `portal-${name.replaceAll(/\W+/g, '-')}-${look.size}-${look.scheme}-${look.language}`, {
            fullPage: true,
          });
      });
      expect(found).toEqual({});
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it.each(['nl', 'pl', 'zh', 'he'])('speak one language only (%s)', { timeout: 240_000 }, async (language) => {
    await measureFor(site.ada);
    const page = await customerPage(chromium.browser, site.origin, { size: 'phone', language });
    const isEnglish = englishBut(language);
    const found: Record<string, readonly string[]> = {};
    await walk(page, site.ada, async (name) => {
      const wrong = [...isEnglish(await shownOn(page)), ...(await overflowing(page))];
      if (wrong.length > 0) found[name] = [...new Set(wrong)];
      if (process.env.EVENHAND_SHOTS !== undefined && ['standing', 'decision', 'appeal'].includes(name))
        await shot(page, `portal-${name}-phone-light-${language}`, { fullPage: true });
    });
    expect(found).toEqual({});
    await page.context().close();
  });
});

describe('without scripts', () => {
  it.each(['en', 'he'])(
    'an appeal is read up to, filed with a file and followed (%s)',
    {
      timeout: 120_000,
    },
    async (language) => {
      await measureFor(site.bo);
      const page = await customerPage(chromium.browser, site.origin, { language, scripts: false });
      await site.owner.post(`/api/shops/tulip/customers/${site.bo}/portal-link`);
      await page.goto(linkIn((await site.mails())[0]));
      tick();
      await page.locator('main button').click();
      await page.locator('.card a[href*="/decisions/"]').first().click();
      await page.locator('a.button').click();
      await page.locator('input[value="wrong_facts"]').check();
      await page.locator('textarea').fill('These parcels never came to me, ask the carrier.');
      await page.locator('input[type="file"]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PIXEL });
      await page.locator('main form button').click();
      await page.waitForURL(/\/appeals\/.*done=filed/);
      expect(await page.locator('main').innerText()).toContain('a.png');
      expect(await page.locator('main').innerText()).toContain('These parcels never came to me');
      await page.locator('details summary').click();
      await page.locator('details form button').click();
      expect(page.url()).not.toContain('withdraw');
      await page.context().close();
    },
  );
});

describe('with scripts', () => {
  it('it counts, shows what was chosen, and keeps the code to figures', { timeout: 120_000 }, async () => {
    await measureFor(site.ada);
    const page = await customerPage(chromium.browser, site.origin);
    await site.owner.post(`/api/shops/tulip/customers/${site.ada}/portal-link`);
    await page.goto(linkIn((await site.mails())[0]));
    tick();
    await page.locator('main button').click();
    await page.locator('.card a[href*="/decisions/"]').first().click();
    await page.locator('a.button').click();
    await page.locator('textarea').fill('x'.repeat(4_800));
    await page.getByText('200 characters left').first().waitFor();
    await page.locator('input[type="file"]').setInputFiles([
      { name: 'small.png', mimeType: 'image/png', buffer: PIXEL },
      { name: 'large.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(10_500_000) },
    ]);
    expect(await page.locator('.chosen').innerText()).toMatch(/small\.png · 0 kB[\s\S]*large\.pdf · 10\.5 MB/);
    expect(await page.locator('.problem').innerText()).toContain('“large.pdf” is too large');
    await page.goto('/c/tulip?again=1');
    await page.locator('#order').fill('A-1001');
    await page.locator('#email').fill(ADA.email);
    await page.locator('main form button').click();
    await page.waitForURL(/\/code\//);
    await page.locator('#code').pressSequentially('12 3a-4567 8');
    expect(await page.locator('#code').inputValue()).toBe('123456');
    await page.context().close();
  });
});

describe('what a customer’s browser must fetch', () => {
  it('is a script of a few kB, with nothing of the console in it', async () => {
    const folder = await builtConsole();
    const manifest: Record<string, { file: string; imports?: string[]; dynamicImports?: string[] }> = JSON.parse(
      readFileSync(join(folder, '.vite/manifest.json'), 'utf8'),
    );
    const entry = manifest['portal/main.ts'];
    expect(entry?.imports ?? []).toEqual([]);
    expect(entry?.dynamicImports ?? []).toEqual([]);
    const code = readFileSync(join(folder, entry?.file ?? ''), 'utf8');
    expect(gzipSync(code).length).toBeLessThan(5_000);
    expect(code).not.toMatch(/react|tanstack|\/api\/|staff|reviewer|fetch\(/i);
  });
});

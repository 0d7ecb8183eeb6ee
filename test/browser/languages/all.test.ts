import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { languages } from '../../support/languages.ts';
import { asOwner, type SampleWalk, shown, startWalk } from '../support/languages-walk.ts';
import { complaints, openPage } from '../support/site.ts';

let walk: SampleWalk;
beforeAll(async () => {
  walk = await startWalk();
}, 300_000);
afterAll(() => walk?.close());

it('has every page walked through in every language, each by a test of its own so that they run side by side', () => {
  const walked = readdirSync(import.meta.dirname).filter((file) => file !== 'all.test.ts');
  expect(walked.sort()).toEqual(languages.all.map(({ code }) => `${code}.test.ts`).sort());
});

it('is chosen by its own name, turns the page over, and is kept on the device', async () => {
  const page = await openPage(walk.chromium.browser, walk.service.origin);
  await asOwner(page, walk);
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

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobBell, runJobs } from '../../src/compose-jobs.ts';
import type { ResponseOf } from '../../src/contracts/routes.ts';
import { accessibilityFindings } from './support/axe.ts';
import { launchBrowser, type TestBrowser } from './support/chromium.ts';
import { startService } from './support/service.ts';
import { complaints, openPage, settled } from './support/site.ts';

/* The desk on the real service with the sample shop: a proposal is read, approved, seen on the customer, taken back; a measure is lifted. */

let service: Awaited<ReturnType<typeof startService>>;
let chromium: TestBrowser;
let page: Page;
let stopJobs: () => Promise<void>;
const failures: unknown[] = [];

beforeAll(async () => {
  [service, chromium] = await Promise.all([startService(), launchBrowser()]);
  const { api } = service;
  stopJobs = await runJobs(api.database, api.deps, new JobBell(), (error) => failures.push(error));
  const owner = await api.owner();
  await owner.post('/api/shops/tulip/sample');
  for (;;) {
    const home = (await owner.get('/api/shops/tulip/home')).json<ResponseOf<'GET /api/shops/:shop/home'>>();
    const { items } = (await owner.get('/api/shops/tulip/imports')).json<ResponseOf<'GET /api/shops/:shop/imports'>>();
    const run = items[0];
    if (run?.status === 'failed') throw new Error(`The sample did not load: ${run.error}`);
    if (run?.status === 'done' && home.open > 0 && home.assessing === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  page = await openPage(chromium.browser, service.origin);
  const [name = '', value = ''] = (owner.cookie ?? '').split('=');
  await page.context().addCookies([{ name, value, url: service.origin }]);
}, 180_000);
afterAll(async () => {
  await chromium?.close();
  await stopJobs?.();
  await service?.close();
});

const go = async (path: string) => {
  await page.goto(`/shops/tulip${path}`);
  await settled(page);
};
const heading = () => page.locator('article h2').first().textContent();

describe('the review queue of the sample shop', () => {
  let first: string | null;
  it('opens the weightiest case with its reasons', async () => {
    await go('/review');
    await page.locator('article h2').waitFor();
    first = await heading();
    expect(await page.getByText(/^policy: /).count()).toBeGreaterThan(0);
    expect(await accessibilityFindings(page)).toEqual([]);
  });
  it('shows the evidence in place', async () => {
    await page
      .getByRole('button', { name: /events? counted/ })
      .first()
      .click();
    await page.locator('article ul li').first().waitFor();
  });
  it('declines with a reason, opens the next case, and takes the answer back', async () => {
    await page.keyboard.press('d');
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.getByLabel('Why?').fill('Called; it was a misunderstanding.');
    await dialog.getByRole('button', { name: 'Decline' }).click();
    await page.waitForFunction((was) => document.querySelector('article h2')?.textContent !== was, first);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForFunction((was) => document.querySelector('article h2')?.textContent === was, first);
  });
  it('approves by one key, and the customer is then warned', async () => {
    const warned = page.getByRole('list', { name: 'Proposals' }).getByRole('link').filter({ hasText: 'Warn' }).first();
    await warned.click();
    await page
      .locator('article')
      .getByText(/^Warn: /)
      .waitFor();
    const name = await heading();
    const link = await page.locator('article h2 a').getAttribute('href');
    await page.keyboard.press('a');
    await page.waitForFunction((was) => document.querySelector('article h2')?.textContent !== was, name);
    await page
      .getByText(/is warned until/)
      .first()
      .waitFor();
    await page.goto(link ?? '');
    await settled(page);
    expect(await page.locator('h1').first().textContent()).toBe(name);
    await page.locator('header').getByText('Warned').waitFor();
    await page.locator('button[data-event]').filter({ hasText: 'Warned' }).first().waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
  it('lifts it again with a reason', async () => {
    await page.getByRole('button', { name: 'Lift', exact: true }).first().click();
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.getByLabel('Why?').fill('Made good on it.');
    await dialog.getByRole('button', { name: 'Lift it' }).click();
    await page.locator('button[data-event]').filter({ hasText: 'Measure lifted' }).first().waitFor();
  });
});

describe('the other pages', () => {
  it('find a customer by the beginning of a name', async () => {
    await go('/customers?sort=returned');
    const name = await page.locator('tbody a').first().textContent();
    await page.keyboard.press('/');
    await page.keyboard.type((name ?? '').slice(0, 5));
    await page.waitForFunction(
      (begin) =>
        [...document.querySelectorAll('tbody td:first-child a')].every((each) => each.textContent?.includes(begin)),
      (name ?? '').slice(0, 5),
    );
    // What is looked for is about a person: no address has it.
    expect(page.url()).not.toContain((name ?? '').slice(0, 5));
    await page
      .getByRole('link', { name: name ?? '' })
      .first()
      .waitFor();
  });
  it('check the policy as it is written, and work out who would change', async () => {
    await go('/policy?tab=edit');
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('nationality: any\n');
    await page.locator('.cm-lint-marker-error').first().waitFor();
    await page
      .getByRole('button', { name: /^line / })
      .first()
      .waitFor();
    // Each pause in typing begins a new step: what was typed may be one or several.
    for (let n = 0; n < 4; n++) await page.keyboard.press('Control+z');
    await page.locator('.cm-lint-marker-error').first().waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Who would change' }).click();
    await page.getByRole('button', { name: 'Work it out' }).click();
    await page.getByText(/of [\d,]+ customers judged/).waitFor({ timeout: 30_000 });
  });
  it('list the measures in force', async () => {
    await go('/measures');
    expect(await page.locator('tbody tr[aria-rowindex]').count()).toBeGreaterThan(0);
  });
  it('complain about nothing', () => {
    expect(failures).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { OWNER } from '../support/api.ts';
import { accessibilityFindings } from './support/axe.ts';
import { launchBrowser, type TestBrowser } from './support/chromium.ts';
import { startService } from './support/service.ts';
import { complaints, openPage, settled, signIn } from './support/site.ts';

/* Two shops of one owner on the real service: the second is added in the console, and nothing of either shows through in the other. */

const FIRST = '/shops/tulip';
const SECOND = '/shops/lab-en-linde';
const HERS = 'Marta Wiśniewska';
const HIS = 'Joost van Dijk';

describe('two shops', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let chromium: TestBrowser;
  let page: Page;

  const shopMenu = () => page.getByRole('banner').getByRole('button', { name: /Tulip & Thread|Lab en Linde/ });
  const threat = async (slug: string, name: string) => {
    const { deps } = service.api;
    const shop = await deps.shops.bySlug(slug);
    if (shop === null) throw new Error(`No shop ${slug}`);
    const occurredAt = new Date(Date.now() - 5 * 86_400_000).toISOString();
    const body = { message: 'M', channel: 'email', labels: ['threat_of_violence'] };
    await recordEvents(deps, shop, [
      { kind: 'message.received', id: 'm', occurredAt, customer: { externalId: '17', name }, body },
    ]);
    await assessAllDue(deps, shop);
  };
  /** Keeps every text that stands on screen under the name of a shop, until the page is loaded anew. */
  const watch = () =>
    page.evaluate(() => {
      const seen = { first: '', second: '' };
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const shop = document.querySelector('header')?.innerText.includes('Lab en Linde') ? 'second' : 'first';
        seen[shop] += document.querySelector('main')?.innerText ?? '';
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  const seen = () => page.evaluate(() => (window as unknown as { seen: Record<'first' | 'second', string> }).seen);

  beforeAll(async () => {
    [service, chromium] = await Promise.all([startService(), launchBrowser()]);
    await service.api.owner();
    await threat('tulip', HERS);
    page = await openPage(chromium.browser, service.origin);
    await signIn(page, OWNER);
    await page.getByRole('heading', { name: 'How your customers stand' }).waitFor();
  });
  afterAll(async () => {
    await chromium?.close();
    await service?.close();
  });

  it('are made two in the shop menu, with what could be guessed filled in', async () => {
    await page.getByText(HERS).first().waitFor();
    await shopMenu().click();
    await page.getByRole('menuitem', { name: 'Add a shop' }).waitFor();
    // An open menu stands beside the landmarks, which axe advises against for everything but dialogs.
    expect((await accessibilityFindings(page)).filter((each) => !each.startsWith('region:'))).toEqual([]);
    await page.getByRole('menuitem', { name: 'Add a shop' }).click();
    await page.getByRole('heading', { name: 'Add a shop' }).waitFor();
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Amsterdam');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'How your customers stand' }).waitFor();

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('add a');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name of the shop').fill('Lab en Linde');
    await page.getByLabel('Currency').selectOption('PLN');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create the shop' }).click();
    await page.waitForURL(`**${SECOND}`);
  });

  it('begins as the first one did: with the offers, and with nothing of the first', async () => {
    await page.getByRole('heading', { name: 'Lab en Linde is ready' }).waitFor();
    await page.getByRole('button', { name: 'Load the sample' }).waitFor();
    await page.getByRole('link', { name: 'Choose a file' }).waitFor();
    await page.getByRole('link', { name: 'Connect Shopify' }).waitFor();
    for (const place of ['Review', 'Customers', 'Measures', 'Policy', 'Imports', 'Settings']) {
      await page.getByRole('navigation').getByRole('link', { name: place }).click();
      await settled(page);
      expect(await page.locator('body').innerText()).not.toContain(HERS);
    }
  });

  it('shows each its own, also while a slow answer is awaited and on the way back', async () => {
    await threat('lab-en-linde', HIS);
    await page.goto(`${FIRST}/customers`);
    await page.getByText(HERS).first().waitFor();
    await page.route(`**/api${SECOND}/**`, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await watch();

    // Straight from one shop's list to the other's, as a link or the way back over several pages leads.
    await page.evaluate((to) => history.pushState({}, '', to), `${SECOND}/customers`);
    await page.getByText(HIS).first().waitFor();
    await page.goBack();
    await page.getByText(HERS).first().click();
    await page.getByRole('heading', { name: HERS }).waitFor();

    await shopMenu().click();
    await page.getByRole('menuitemradio', { name: 'Lab en Linde' }).click();
    await page.waitForURL(`**${SECOND}`);
    await page.getByText(HIS).first().waitFor();
    expect(await page.locator('body').innerText()).not.toContain(HERS);
    const { first, second } = await seen();
    expect([first.includes(HERS), first.includes(HIS)]).toEqual([true, false]);
    expect([second.includes(HERS), second.includes(HIS)]).toEqual([false, true]);
    await page.unroute(`**/api${SECOND}/**`);
  });

  it('keeps to itself whom one looked at, what one was told, and its money', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Tulip & Thread' }).waitFor();
    expect(await page.getByRole('dialog').innerText()).not.toContain(HERS);
    await page.getByRole('option', { name: 'Tulip & Thread' }).click();
    await page.waitForURL(`**${FIRST}`);
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').first().waitFor();
    await shopMenu().click();
    await page.getByRole('menuitemradio', { name: 'Lab en Linde' }).click();
    await page.getByText(HIS).first().waitFor();
    await expect.poll(() => page.getByText('Saved.').count()).toBe(0);
    await page.getByRole('navigation').getByRole('link', { name: 'Customers' }).click();
    await page
      .getByText(/PLN|zł/)
      .first()
      .waitFor();
    expect(await page.locator('body').innerText()).not.toContain('€');
    expect(complaints(page)).toEqual([]);
  });
});

describe('who owns no shop', () => {
  it('is offered no other and may not make one', async () => {
    const [service, chromium] = await Promise.all([startService(), launchBrowser()]);
    try {
      const owner = await service.api.owner();
      const manager = { name: 'Mia', email: 'mia@tulip.example', password: OWNER.password, role: 'manager' };
      await owner.post('/api/shops/tulip/staff', manager);
      const page = await openPage(chromium.browser, service.origin);
      await signIn(page, manager);
      await page.waitForURL(`**${FIRST}`);
      await settled(page);
      expect(await page.getByRole('banner').getByRole('button', { name: 'Tulip & Thread' }).count()).toBe(0);
      await page.goto('/add-shop');
      await page.waitForURL(`**${FIRST}`);
      const visitor = service.api.visitor();
      await visitor.signIn(manager.email, manager.password);
      const wish = {
        name: 'Mine',
        currency: 'EUR',
        timeZone: 'Europe/Amsterdam',
        languages: ['en'],
        jurisdictions: [],
      };
      expect((await visitor.post('/api/shops', wish)).json()).toMatchObject({
        status: 403,
        detail: 'Only an owner may add a shop.',
      });
    } finally {
      await chromium.close();
      await service.close();
    }
  });
});

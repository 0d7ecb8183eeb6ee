import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const CUSTOMERS = '/shops/tulip/customers';
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

describe('looks', () => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(CUSTOMERS, {}, look);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
  it.each(['ltr', 'rtl'] as const)('shows whole names on a phone and does not scroll sideways (%s)', async (dir) => {
    const page = await screens.open(CUSTOMERS, {}, { size: 'phone', dir });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    const name = page.getByRole('link', { name: 'Tomasz Kowalczyk' }).first();
    expect(await name.evaluate((each) => each.clientWidth <= (each.parentElement?.clientWidth ?? 0))).toBe(true);
  });
});

describe('finding somebody', () => {
  it('begins with / and keeps what was looked for in the address', async () => {
    const page = await screens.open(CUSTOMERS);
    await page.keyboard.press('/');
    await page.keyboard.type('tomasz');
    await page.waitForURL(/q=tomasz/);
    await page.waitForFunction(() => !document.querySelector('tbody')?.textContent?.includes('Anna Berg'));
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('tomasz');
  });
  it('filters by standing, sends the same view to a colleague, and saves what is shown', async () => {
    const page = await screens.open(CUSTOMERS);
    await page.getByRole('button', { name: /Watched/ }).click();
    await page.waitForURL(/standing=/);
    const rows = page.locator('tbody tr:not([aria-hidden])');
    await page.waitForFunction(() => !document.querySelector('tbody')?.textContent?.includes('Good standing'));
    expect(await rows.count()).toBeGreaterThan(0);
    const href = await page.getByRole('link', { name: /Save what is shown/ }).getAttribute('href');
    expect(href).toBe('/api/shops/tulip/customers.csv?standing=watched&sort=recent');
  });
  it('says when nobody matches, and shows everybody again', async () => {
    const page = await screens.open(`${CUSTOMERS}?q=nobody-at-all`);
    await page.getByText('Nobody matches').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await page.getByRole('link', { name: 'Anna Berg' }).first().waitFor();
  });
  it('teaches when there is nobody yet', async () => {
    const page = await screens.open(CUSTOMERS, {
      'GET /api/shops/:shop/customers': {
        items: [],
        next: null,
        counts: { good: 0, watched: 0, warned: 0, restricted: 0, blocked: 0 },
      },
    });
    await page.getByText('No customers yet').waitFor();
    await page.getByRole('link', { name: 'Import a file' }).waitFor();
  });
});

it('fetches more rows as one goes down, drawing only those in sight', async () => {
  const page = await screens.open(CUSTOMERS);
  await page.keyboard.press('j');
  for (let n = 0; n < 6; n++) {
    await page.keyboard.press('End');
    await page.waitForTimeout(150);
  }
  expect(Number(await page.locator('tbody tr[aria-rowindex]').last().getAttribute('aria-rowindex'))).toBeGreaterThan(
    150,
  );
  expect(await page.locator('tbody tr[aria-rowindex]').count()).toBeLessThan(80);
});

it('opens a customer by Enter', async () => {
  const page = await screens.open(CUSTOMERS);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/customers\/00000000/);
});

import { readFile } from 'node:fs/promises';
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
  it('begins with / and keeps what was looked for over filters, reload and back, but not in the address', async () => {
    const page = await screens.open(CUSTOMERS);
    const field = page.getByRole('searchbox');
    const narrowed = () =>
      page.waitForFunction(() => {
        const text = document.querySelector('tbody')?.textContent ?? '';
        return text.includes('Tomasz Kowalczyk') && !text.includes('Anna Berg');
      });
    await page.keyboard.press('/');
    await page.keyboard.type('tomasz');
    await narrowed();
    await page.getByRole('button', { name: /Good standing/ }).click();
    await page.waitForURL(/standing=/);
    await page.getByLabel('Order by').selectOption('value');
    await page.waitForURL(/sort=value/);
    await page.reload();
    await narrowed();
    expect(await field.inputValue()).toBe('tomasz');
    await page.getByRole('link', { name: 'Tomasz Kowalczyk' }).first().click();
    await page.waitForURL(/customers\/00000000/);
    await page.goBack();
    await narrowed();
    expect(await field.inputValue()).toBe('tomasz');
    expect(new URL(page.url()).search).toMatch(/^\?standing=[^&]*good[^&]*&sort=value$/);
  });
  it('filters by standing, and sends the same view to a colleague', async () => {
    const page = await screens.open(CUSTOMERS);
    await page.getByRole('button', { name: /Watched/ }).click();
    await page.waitForURL(/standing=/);
    const rows = page.locator('tbody tr:not([aria-hidden])');
    await page.waitForFunction(() => !document.querySelector('tbody')?.textContent?.includes('Good standing'));
    expect(await rows.count()).toBeGreaterThan(0);
  });
  it('saves what is shown, and says so when it cannot', async () => {
    const page = await screens.open(CUSTOMERS);
    const asked: unknown[] = [];
    await page.route('**/customers.csv', (route) => {
      asked.push(route.request().postDataJSON());
      return route.fulfill(
        asked.length === 1
          ? { contentType: 'text/csv; charset=utf-8', body: 'id,name\r\n1,Tomasz\r\n' }
          : { status: 403, contentType: 'application/problem+json', json: { title: 'Not allowed', status: 403 } },
      );
    });
    const searched = page.waitForRequest((request) => request.postDataJSON()?.q === 'tomasz');
    await page.getByRole('searchbox').fill('tomasz');
    await searched;
    await page.getByRole('button', { name: /Watched/ }).click();
    await page.waitForURL(/standing=/);
    const save = page.getByRole('button', { name: /Save what is shown/ });
    const saveFor = async (layout: RegExp) => {
      await save.click();
      await page.getByRole('menuitem', { name: layout }).click();
    };
    const [file] = await Promise.all([page.waitForEvent('download'), saveFor(/Shopify/)]);
    expect(file.suggestedFilename()).toBe('customers-tulip-shopify.csv');
    expect(await readFile(await file.path(), 'utf8')).toBe('id,name\r\n1,Tomasz\r\n');
    expect(asked).toEqual([{ q: 'tomasz', standing: ['watched'], sort: 'recent', layout: 'shopify' }]);
    await saveFor(/reading/);
    await page.getByText('Not allowed').first().waitFor();
    expect(complaints(page)).toEqual([]);
  });
  it('says when nobody matches, and shows everybody again', async () => {
    const page = await screens.open(CUSTOMERS);
    await page.getByRole('searchbox').fill('nobody-at-all');
    await page.getByText('Nobody matches').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await page.getByRole('link', { name: 'Anna Berg' }).first().waitFor();
  });
  it('teaches when there is nobody yet', async () => {
    const page = await screens.open(CUSTOMERS, {
      'POST /api/shops/:shop/customers/search': {
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

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { asRole } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const MEASURES = '/shops/tulip/measures';
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

describe('looks', () => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(MEASURES, {}, look);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
  it.each(['ltr', 'rtl'] as const)('does not scroll sideways on a phone (%s)', async (dir) => {
    const page = await screens.open(MEASURES, {}, { size: 'phone', dir });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

it('shows what is in force, or what once was and why it ended, by the address', async () => {
  const page = await screens.open(MEASURES);
  await page.getByText('Orders are paid in advance').first().waitFor();
  await page.getByLabel('Show').selectOption('lifted');
  await page.waitForURL(/state=lifted/);
  await page.getByText('lifted by the shop').waitFor();
});

it('lifts with a reason', async () => {
  let body: unknown;
  const page = await screens.open(MEASURES, {
    'POST /api/shops/:shop/measures/:id/lift': (asked) => {
      body = asked.body;
      return { ok: true };
    },
  });
  await page.getByRole('button', { name: /Lift the measure on .*王小明/ }).click();
  const dialog = page.locator('[role=dialog]:not([data-toast])');
  await dialog.getByRole('button', { name: 'Lift it' }).click();
  await dialog.getByText('Please say why, in a few words.').waitFor();
  await dialog.getByLabel('Why?').fill('Paid everything back.');
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Lift it' }).click();
  await page
    .getByText(/Lifted. It no longer holds for/)
    .first()
    .waitFor();
  expect(body).toEqual({ reason: 'Paid everything back.' });
});

it('offers no lifting to who may not lift', async () => {
  const page = await screens.open(MEASURES, { 'GET /api/session': asRole('agent') });
  await page.getByText('Orders are paid in advance').first().waitFor();
  expect(await page.getByRole('button', { name: /Lift/ }).count()).toBe(0);
});

it('teaches when nothing is in force', async () => {
  const page = await screens.open(MEASURES, { 'GET /api/shops/:shop/measures': { items: [], next: null } });
  await page.getByText('No measure is in force').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
});

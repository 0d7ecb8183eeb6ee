import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { asRole, settings } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { openScreens, type Screens } from './support/screens.ts';

const SHOP = '/shops/tulip/settings?tab=shop';
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

it('asks how long what was known last is good enough, and what each surface does after that, at once', async () => {
  const bodies: unknown[] = [];
  const page = await screens.open(SHOP, {
    'PATCH /api/shops/:shop/settings': ({ body }) => {
      bodies.push(body);
      return settings;
    },
  });
  const after = page.getByRole('group', { name: 'After that' });
  await page.getByLabel('How long what was known last is good enough').selectOption('900');
  await expect.poll(() => bodies.length).toBe(1);
  for (const surface of ['purchase', 'login', 'return', 'contact', 'review'])
    expect(bodies[0]).toHaveProperty(['surfaces', surface, 'staleAfterSeconds'], 900);
  await after.getByLabel('Orders', { exact: true }).selectOption({ label: 'Close for the moment' });
  await expect.poll(() => bodies.length).toBe(2);
  expect(bodies[1]).toHaveProperty(['surfaces', 'purchase', 'mode'], 'closed');
  await after.getByLabel('Returns', { exact: true }).selectOption({ label: 'A person looks at each' });
  await expect.poll(() => bodies.length).toBe(3);
  expect(bodies[2]).toHaveProperty(['surfaces', 'return', 'mode'], 'closed');
  expect(await accessibilityFindings(page)).toEqual([]);
});

it('lets a manager read it, and change nothing', async () => {
  const page = await screens.open(SHOP, { 'GET /api/session': asRole('manager') });
  const choice = page.getByRole('group', { name: 'After that' }).getByLabel('Orders', { exact: true });
  await choice.waitFor();
  expect(await choice.isDisabled()).toBe(true);
});

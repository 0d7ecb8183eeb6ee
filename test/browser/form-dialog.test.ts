import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { marta } from './fixtures/conduct/marta.ts';
import { openScreens, type Screens } from './support/screens.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens.close());

it('is sent with Ctrl Enter from its text area, where Enter alone begins a line', async () => {
  const sent: unknown[] = [];
  const page = await screens.open(`/shops/tulip/customers/${marta.id}`, {
    'POST /api/shops/:shop/customers/:id/notes': ({ body }) => {
      sent.push(body);
      return { ok: true };
    },
  });
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  const dialog = page.locator('[role=dialog]:not([data-toast])');
  await dialog.locator('textarea').fill('Called');
  await dialog.locator('textarea').press('Enter');
  await dialog.locator('textarea').pressSequentially('back');
  expect(sent).toEqual([]);
  await dialog.locator('textarea').press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(sent).toEqual([{ text: 'Called\nback', pinned: false }]);
});

it('leaves a customer page whose standing follows by itself', async () => {
  let asked = 0;
  let taken = false;
  const page = await screens.open(`/shops/tulip/customers/${marta.id}`, {
    'GET /api/shops/:shop/customers/:id': () => {
      if (taken) asked += 1;
      // The first answer afterwards is still the old one: the job has not run yet.
      return { ...marta, standing: asked < 2 ? 'good' : 'blocked' };
    },
    'POST /api/shops/:shop/customers/:id/corrections': () => {
      taken = true;
      return { ok: true };
    },
  });
  const header = page.locator('header').filter({ has: page.locator('h1') });
  await header.getByText('Good standing').waitFor();
  await page.locator('button[data-event]').filter({ hasText: 'Return inspected' }).click();
  await page.getByRole('button', { name: 'Correct how this counts' }).click();
  const dialog = page.locator('[role=dialog]:not([data-toast])');
  await dialog.getByLabel('How do you know?').fill('The tag was torn in our own warehouse.');
  await dialog.getByRole('button', { name: 'Correct it' }).click();
  await header.getByText('Blocked').waitFor({ timeout: 5_000 });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { asRole, id, refused } from './fixtures/shop.ts';
import { endpoints, messages } from './fixtures/shop-system/webhooks.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const LIST = '/shops/tulip/settings?tab=webhooks';
const ONE = `/shops/tulip/settings/webhooks/${id(7_302)}`;
const [helpDesk] = endpoints;

let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

describe.each([LIST, ONE])('%s', (path) => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(path, {}, look);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
  it.each(['ltr', 'rtl'] as const)('does not scroll sideways on a phone (%s)', async (dir) => {
    const page = await screens.open(path, {}, { size: 'phone', dir });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

it('says which systems are told, which fail, and why one was switched off', async () => {
  const page = await screens.open(LIST);
  await page.getByText(/It stopped taking messages .*10 hours ago/).waitFor();
  await page.getByText(/Evenhand switched it off: it did not take messages for three days/).waitFor();
  await page.getByRole('link', { name: 'Help desk' }).click();
  await page.getByRole('heading', { name: 'Help desk', level: 1 }).waitFor();
});

it('adds one, and shows its secret once', async () => {
  let body: unknown;
  const page = await screens.open(LIST, {
    'POST /api/shops/:shop/webhooks': (asked) => {
      body = asked.body;
      return helpDesk === undefined ? refused(500, 'No fixture') : { endpoint: helpDesk, secret: 'whsec_once' };
    },
  });
  await page.getByRole('button', { name: 'Tell another system' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tell another system' });
  await dialog.getByRole('button', { name: 'Choose none' }).click();
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('Please choose at least one.').waitFor();
  await dialog.getByLabel('Address').fill('https://help.tulip.example/hooks');
  await dialog.getByLabel('What is it for?').fill('Help desk');
  await dialog.getByRole('checkbox', { name: 'A customer appealed' }).check();
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Add' }).click();
  const secret = page.getByRole('dialog', { name: 'The secret of this webhook' });
  await secret.waitFor();
  expect(await secret.getByLabel('Secret').first().inputValue()).toBe('whsec_once');
  expect(body).toEqual({ url: 'https://help.tulip.example/hooks', note: 'Help desk', topics: ['appeal.filed'] });
});

it('shows what was sent with what was answered, word for word, and sends it again', async () => {
  let asked = '';
  const page = await screens.open(ONE, {
    'POST /api/shops/:shop/webhooks/:id/sent/:other/retry': ({ url }) => {
      asked = url.pathname;
      return { ok: true };
    },
  });
  await page.getByText('answered 200 after 84 ms').first().waitFor();
  await page.getByText('The address could not be reached.').waitFor();
  await page.getByRole('button', { name: 'Read it' }).nth(1).click();
  await page.getByText('"type": "measure.started"').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByText('Given up', { exact: true }).first().click();
  await page.waitForURL(/show=failed/);
  await page.getByText('answered 200 after 84 ms').first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Send it again' }).click();
  await page.getByText('It is sent again now.').first().waitFor();
  expect(asked).toContain(`/sent/${id(7_404)}/retry`);
});

it('sends a test and tells what came of it; changes, switches off and removes after asking', async () => {
  const asked: [string, unknown][] = [];
  const [, taken] = messages;
  let removed = false;
  const page = await screens.open(ONE, {
    'GET /api/shops/:shop/webhooks': () => ({
      items: endpoints.filter((each) => !removed || each.id !== id(7_302)),
    }),
    'POST /api/shops/:shop/webhooks/:id/test': taken ?? refused(500, 'No fixture'),
    'PATCH /api/shops/:shop/webhooks/:id': ({ body }) => {
      asked.push(['change', body]);
      return helpDesk === undefined ? refused(500, 'No fixture') : { ...helpDesk, state: 'disabled' };
    },
    'DELETE /api/shops/:shop/webhooks/:id': ({ url }) => {
      removed = true;
      asked.push(['remove', url.pathname.endsWith(id(7_302))]);
      return { ok: true };
    },
  });
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The receiver took it: it answered 200 after 84 ms.').first().waitFor();
  await page.getByRole('button', { name: /^More about/ }).click();
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await page.getByText('Switched off: nothing more is sent there.').first().waitFor();
  await page.getByRole('button', { name: /^More about/ }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove this webhook?' });
  await dialog.getByText(/This cannot be undone/).waitFor();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.waitForURL(/settings\?tab=webhooks/);
  await page.getByRole('link', { name: /flows\.example\.com/ }).waitFor({ state: 'detached' });
  expect(asked).toEqual([
    ['change', { state: 'disabled' }],
    ['remove', true],
  ]);
});

it('teaches when nobody is told, says what failed, and leaves changes to owners', async () => {
  const page = await screens.open(LIST, { 'GET /api/shops/:shop/webhooks': { items: [] } });
  await page.getByText('No other system is told yet').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await screens.tidy();
  const broken = await screens.open(LIST, { 'GET /api/shops/:shop/webhooks': refused(500, 'Something broke.') });
  await broken.getByText('Something broke.').waitFor();
  await screens.tidy();
  const agent = await screens.open(ONE, { 'GET /api/session': asRole('agent') });
  await agent.getByText('Reading messages word for word is for managers and owners.').waitFor();
  expect(await agent.getByRole('button', { name: 'Send a test' }).count()).toBe(0);
  await screens.tidy();
  const gone = await screens.open(`/shops/tulip/settings/webhooks/${id(1)}`);
  await gone.getByRole('heading', { name: 'There is no such webhook' }).waitFor();
});

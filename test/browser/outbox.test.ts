import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { counts, outbox } from './fixtures/hearing/notices.ts';
import { asRole, id, refused } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const OUTBOX = '/shops/tulip/outbox';
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

const dialogOf = (page: Page) => page.locator('[role=dialog]:not([data-toast])');

describe.each([OUTBOX, `${OUTBOX}?tab=failed`, `${OUTBOX}?tab=all`])('%s', (path) => {
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

it('says what waits, what failed and why, in plain words; the tab stands in the address', async () => {
  const page = await screens.open(OUTBOX);
  await page.getByText('1 message could not be sent and needs a person. 2 messages are on their way.').waitFor();
  await page.getByText('The mail server could not be reached.').waitFor();
  await page.getByRole('tab', { name: /Failed/ }).click();
  await page.waitForURL(/tab=failed/);
  await page.getByText('The mail server refused the user name or the password.').waitFor();
  await page.getByRole('tab', { name: /Came back/ }).click();
  await page.getByText('There is no such mailbox.').waitFor();
});

it('opens a message word for word in its own language, to be printed, posted or tried again', async () => {
  const asked: string[] = [];
  const page = await screens.open(`${OUTBOX}?tab=failed`, {
    'POST /api/shops/:shop/outbox/:id/printed': ({ url }) => {
      asked.push(url.pathname);
      return { ok: true };
    },
    'POST /api/shops/:shop/outbox/:id/retry': ({ url }) => {
      asked.push(url.pathname);
      return { ok: true };
    },
  });
  await page.getByRole('button', { name: 'Your appeal was decided' }).click();
  const dialog = dialogOf(page);
  await dialog.getByText(/Wij waarschuwen u/).waitFor();
  expect(await dialog.locator('[lang=nl] h3').first().textContent()).toBe('Waarom');
  await dialog.getByText('The server said: ⁨535 5.7.8 Authentication failed⁩').waitFor();
  expect(await dialog.getByRole('link', { name: 'Print' }).getAttribute('href')).toBe(
    `/api/shops/tulip/notices/${id(953)}/print`,
  );
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'I posted it' }).click();
  await page.getByText('Marked as sent by post.').first().waitFor();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Your appeal was decided' }).click();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('It is tried again now.').first().waitFor();
  expect(asked).toEqual([`/api/shops/tulip/outbox/${id(903)}/printed`, `/api/shops/tulip/outbox/${id(903)}/retry`]);
});

it('lets one say that a message came back', async () => {
  let asked = '';
  const page = await screens.open(`${OUTBOX}?tab=sent`, {
    'POST /api/shops/:shop/outbox/:id/bounced': ({ url }) => {
      asked = url.pathname;
      return { ok: true };
    },
  });
  await page.getByRole('button', { name: 'A decision was taken' }).click();
  await dialogOf(page).getByRole('button', { name: 'It came back' }).click();
  await page.getByText('Marked as come back.').first().waitFor();
  expect(asked).toBe(`/api/shops/tulip/outbox/${id(906)}/bounced`);
});

it('shows no words of a message that held a secret', async () => {
  const page = await screens.open(`${OUTBOX}?tab=all`);
  await page.getByRole('button', { name: 'A code to sign in' }).click();
  await dialogOf(page)
    .getByText(/This message holds a secret/)
    .waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
});

it('says that there is no mail server, and leads an owner to the settings', async () => {
  const answers = {
    'GET /api/shops/:shop/outbox': {
      items: outbox.filter((row) => row.state === 'waiting'),
      next: null,
      counts,
      mailServer: false,
    },
  };
  const page = await screens.open(OUTBOX, answers);
  await page.getByText('There is no mail server yet.').waitFor();
  await page.getByRole('button', { name: 'We received your appeal' }).click();
  await dialogOf(page)
    .getByText(/It waits here: there is no mail server yet/)
    .waitFor();
  expect(await dialogOf(page).getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Set up e-mail' }).click();
  await page.waitForURL(/settings\?tab=mail/);
  await screens.tidy();
  const agent = await screens.open(OUTBOX, { ...answers, 'GET /api/session': asRole('agent') });
  await agent.getByText('An owner can set one up in the settings.').waitFor();
});

it('lets who only reads do nothing', async () => {
  const page = await screens.open(`${OUTBOX}?tab=failed`, { 'GET /api/session': asRole('auditor') });
  await page.getByRole('button', { name: 'Your appeal was decided' }).click();
  await dialogOf(page).getByText('You can read messages but not send them.').waitFor();
  expect(await dialogOf(page).getByRole('button', { name: 'Try again' }).count()).toBe(0);
});

it('teaches when nothing waits, and offers to try again when it does not come', async () => {
  const page = await screens.open(OUTBOX, {
    'GET /api/shops/:shop/outbox': {
      items: [],
      next: null,
      counts: { ...counts, waiting: 0, failed: 0 },
      mailServer: true,
    },
  });
  await page.getByText('Nothing waits').waitFor();
  await page.getByText('Everything that was to be said has been sent.').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await screens.tidy();
  const broken = await screens.open(OUTBOX, { 'GET /api/shops/:shop/outbox': refused(500, 'Something broke.') });
  await broken.getByText('Something broke.').waitFor();
  await broken.getByRole('button', { name: 'Try again' }).waitFor();
});

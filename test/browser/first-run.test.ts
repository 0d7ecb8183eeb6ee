import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFindings } from './support/axe.ts';
import { launchBrowser, type TestBrowser } from './support/chromium.ts';
import { startService } from './support/service.ts';
import { complaints, openPage, settled } from './support/site.ts';

/* The first visit on the real service: nobody there yet, then an owner, a shop, and the offer to fill it. */

const OWNER = { name: 'Olga Visser', email: 'olga@tulip.example', password: 'correct horse battery' };

describe('the first visit', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let chromium: TestBrowser;
  let page: Page;
  let origin: string;

  beforeAll(async () => {
    [service, chromium] = await Promise.all([startService(), launchBrowser()]);
    origin = service.origin;
    page = await openPage(chromium.browser, origin);
  });
  afterAll(async () => {
    await chromium?.close();
    await service?.close();
  });

  it('asks who the owner is, and will not go on without a name, an address and a long enough password', async () => {
    await page.goto('/');
    await page.waitForURL('**/welcome');
    await page.getByRole('heading', { name: 'Create the owner' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Your name').fill(OWNER.name);
    await page.getByLabel('E-mail').fill(OWNER.email);
    await page.getByLabel('Password').fill('too short');
    await page.getByText('3 more characters are needed.').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await page.getByRole('heading', { name: 'Create the owner' }).isVisible()).toBe(true);
    await page.getByLabel('Password').fill(OWNER.password);
    await page.getByRole('button', { name: 'Continue' }).click();
  });

  it('names the shop, with what could be guessed filled in', async () => {
    await page.getByRole('heading', { name: 'Name your shop' }).waitFor();
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Amsterdam');
    expect(await page.getByLabel('Currency').inputValue()).toBe('GBP');
    await page.getByLabel('Currency').selectOption('EUR');
    await page.getByLabel('Name of the shop').fill('Tulip & Thread');
    await page.getByLabel('Where your customers live').first().selectOption('NL');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create the shop' }).click();
    await page.waitForURL(/\/shops\/[a-z0-9-]+$/);
  });

  it('is signed in, and offers the sample shop, a file, and each shop system', async () => {
    await page.getByRole('heading', { name: 'Tulip & Thread is ready' }).waitFor();
    await page.getByRole('button', { name: 'Load the sample' }).waitFor();
    await page.getByRole('link', { name: 'Choose a file' }).waitFor();
    await page.getByRole('link', { name: 'Connect Shopify' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });

  it('takes a file by drop zone, says what it added, and adds nothing the second time', async () => {
    await page.getByRole('link', { name: 'Choose a file' }).click();
    await page.getByRole('heading', { name: 'Imports', level: 1 }).waitFor();
    const [example] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download an example' }).click(),
    ]);
    const file = await example.path();
    const name = example.suggestedFilename();
    const send = () =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: readFileSync(file) });
    await send();
    await page.getByRole('listitem').filter({ hasText: name }).getByText('Done').waitFor();
    await page.getByText(/[1-9]\d* events added/).waitFor();
    await send();
    await page.getByText(/^0 events added/).waitFor();
    await page.getByText(/already known/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('then has a Home to show', async () => {
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('heading', { name: 'How your customers stand' }).waitFor();
    await page.getByRole('link', { name: /Good standing/ }).waitFor();
    expect(complaints(page)).toEqual([]);
  });

  it('keeps what is set in the settings', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('E-mail for customers').fill('help@tulip.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').first().waitFor();
    await page.reload();
    await settled(page);
    await expect.poll(() => page.getByLabel('E-mail for customers').inputValue()).toBe('help@tulip.example');
  });

  it('makes a key that is shown once', async () => {
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Connector');
    await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
    const secret = await page.getByRole('textbox', { name: 'API key' }).inputValue();
    expect(secret.length).toBeGreaterThan(20);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByText('Connector', { exact: true }).waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  it('signs out, refuses a wrong password kindly, and comes back to the page one was on', async () => {
    const inside = page.url();
    await page.getByRole('button', { name: OWNER.name }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(inside);
    await page.waitForURL('**/sign-in?**');
    await page.getByLabel('E-mail').fill(OWNER.email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('do not go together').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Password').fill(OWNER.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/settings?**');
    await page.getByRole('heading', { name: 'API keys' }).waitFor();
    expect(complaints(page)).toEqual([]);
  });

  it('does not lead out of the console after signing in', async () => {
    const stranger = await openPage(chromium.browser, origin);
    await stranger.goto('/sign-in?to=https%3A%2F%2Fevil.example%2Fshops%2F');
    await stranger.getByLabel('E-mail').fill(OWNER.email);
    await stranger.getByLabel('Password').fill(OWNER.password);
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    await stranger.waitForURL(/\/shops\/[a-z0-9-]+$/);
    expect(new URL(stranger.url()).origin).toBe(origin);
    await stranger.context().close();
  });
});

import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The widths every screen is looked at in. */
export const SIZES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 768, height: 1024 },
  desk: { width: 1440, height: 900 },
} as const;
export type Size = keyof typeof SIZES;

export interface Look {
  readonly size?: Size;
  readonly scheme?: 'light' | 'dark';
  readonly dir?: 'ltr' | 'rtl';
  readonly timeZone?: string;
  /** The language that was chosen on this device, and that the browser asks for. */
  readonly language?: string;
}

const problems = new WeakMap<Page, string[]>();

/** A page as one visitor has it. What its console and its scripts complain about is remembered: see `complaints`. */
export async function openPage(browser: Browser, origin: string, look: Look = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: origin,
    viewport: SIZES[look.size ?? 'desk'],
    colorScheme: look.scheme ?? 'light',
    hasTouch: look.size === 'phone',
    isMobile: look.size === 'phone',
    locale: look.language ?? 'en-GB',
    timezoneId: look.timeZone ?? 'Europe/Amsterdam',
    reducedMotion: 'reduce',
  });
  if (look.dir) {
    await context.addInitScript((dir) => sessionStorage.setItem('evenhand.dir', dir), look.dir);
  }
  if (look.language)
    await context.addInitScript((code) => localStorage.setItem('evenhand.language', code), look.language);
  // Shorter than a test may take, so that what failed is the step and not the test.
  context.setDefaultTimeout(12_000);
  const page = await context.newPage();
  const heard: string[] = [];
  problems.set(page, heard);
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) heard.push(message.text().slice(0, 300));
  });
  return page;
}

/** Opens the console and sends the form of its first page; what comes up then is for the test to await. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Waits until the page has its heading and nothing on it is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy=true], main:empty') === null);
}

/** Errors of scripts and of the browser's console on this page so far. Refusals by the server (4xx) are not among them. */
export function complaints(page: Page): readonly string[] {
  return problems.get(page) ?? [];
}

/** Saves what is on screen as a PNG in a temporary folder (or EVENHAND_SHOTS) and gives its path. */
export async function shot(page: Page, name: string, { fullPage = false } = {}): Promise<string> {
  const folder = process.env.EVENHAND_SHOTS ?? join(tmpdir(), 'evenhand-shots');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path, fullPage, animations: 'disabled' });
  return path;
}

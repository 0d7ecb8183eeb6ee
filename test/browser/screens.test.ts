import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Answers, answerWith, never } from './fixtures/answer.ts';
import { asRole, aWorkingDay, emptyHome, refused } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { launchBrowser, type TestBrowser } from './support/chromium.ts';
import { complaints, type Look, openPage, settled, shot } from './support/site.ts';
import { type Site, serveConsole } from './support/static-site.ts';

/* Each screen alone, fed by fixtures: every state can be had at will. The main job on the real service is walked in walk.test.ts. */

let site: Site;
let chromium: TestBrowser;
let page: Page | undefined;

beforeAll(async () => {
  [site, chromium] = await Promise.all([serveConsole(), launchBrowser()]);
});
afterAll(async () => {
  await chromium?.close();
  await site?.close();
});
afterEach(async () => {
  await page?.context().close();
  page = undefined;
});

async function open(path: string, answers: Answers = aWorkingDay, look: Look = {}): Promise<Page> {
  page = await openPage(chromium.browser, site.origin, look);
  await answerWith(page, answers);
  await page.goto(path);
  await settled(page);
  return page;
}

const SCREENS = {
  '/shops/tulip': 'Home',
  '/shops/tulip/imports': 'Imports',
  '/shops/tulip/settings': 'Settings',
  '/shops/tulip/settings?tab=staff': 'Settings',
  '/shops/tulip/settings?tab=keys': 'Settings',
  '/shops/tulip/settings?tab=me': 'Settings',
  '/sign-in': 'Sign in',
  '/add-shop': 'Add a shop',
  '/welcome': 'Create the owner',
};
const LOOKS: Look[] = [
  { size: 'phone', scheme: 'light' },
  { size: 'phone', scheme: 'dark' },
  { size: 'desk', scheme: 'light' },
  { size: 'desk', scheme: 'dark' },
];

describe.each(Object.entries(SCREENS))('%s', (path, heading) => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const shown = await open(path, aWorkingDay, look);
    expect(await shown.locator('h1').first().textContent()).toBe(heading);
    expect(await accessibilityFindings(shown)).toEqual([]);
    expect(complaints(shown)).toEqual([]);
  });

  it.each(['ltr', 'rtl'] as const)('does not scroll sideways on a phone (%s)', async (dir) => {
    const shown = await open(path, aWorkingDay, { size: 'phone', dir });
    expect(await shown.evaluate(() => document.documentElement.dir)).toBe(dir);
    expect(await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

describe('what a thumb must hit on a phone', () => {
  it.each(Object.keys(SCREENS))('is at least 44 px high on %s', async (path) => {
    const shown = await open(path, aWorkingDay, { size: 'phone' });
    const small = await shown.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'button, input:not([type=radio], [type=checkbox], [type=file]), select, summary, nav a',
        ),
      ]
        .filter((each) => each.checkVisibility() && getComputedStyle(each).clipPath === 'none')
        .map((each) => {
          // A switch is drawn small and can be hit around.
          const reach = getComputedStyle(each, '::after').content === 'none' ? 0 : 24;
          return [
            each.textContent?.trim() || each.getAttribute('aria-label') || each.id,
            each.getBoundingClientRect().height + reach,
          ] as const;
        })
        .filter(([, height]) => height > 1 && height < 43.5),
    );
    expect(small).toEqual([]);
  });
});

describe('a phone', () => {
  it('has the places without room in the bar behind More', async () => {
    const shown = await open('/shops/tulip', aWorkingDay, { size: 'phone' });
    await shown.getByRole('button', { name: 'More', exact: true }).click();
    await shown.getByRole('dialog', { name: 'More' }).waitFor();
    expect(await accessibilityFindings(shown)).toEqual([]);
    await shown.getByRole('dialog').getByRole('link', { name: 'Imports' }).click();
    await shown.waitForURL('**/imports');
    await shown.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('Home', () => {
  it('answers what needs a person, and leads there', async () => {
    const shown = await open('/shops/tulip');
    await shown.getByText('12 proposals wait for your judgement.').waitFor();
    await shown.getByText('62%, against 50% in the policy').waitFor();
    await shown.getByText('€214.50, against €150.00 in the policy').waitFor();
    await shown.getByRole('link', { name: /Marta Wiśniewska/ }).click();
    await shown.waitForURL('**/review/00000000-0000-4000-8000-000000000101');
  });

  it('teaches when there is nobody yet, and loads the sample', async () => {
    let asked = 0;
    const shown = await open('/shops/tulip', {
      ...aWorkingDay,
      'GET /api/shops/:shop/home': emptyHome,
      'POST /api/shops/:shop/sample': () => {
        asked += 1;
        return { import: '00000000-0000-4000-8000-000000000401' };
      },
    });
    await shown.getByRole('heading', { name: 'Tulip & Thread is ready' }).waitFor();
    await shown.getByRole('link', { name: 'Connect Shopify' }).waitFor();
    await shown.getByRole('button', { name: 'Load the sample' }).click();
    await shown.waitForURL('**/imports');
    await settled(shown);
    expect(asked).toBe(1);
    expect(await accessibilityFindings(shown)).toEqual([]);
  });

  it('offers an auditor nothing that would be refused', async () => {
    const shown = await open('/shops/tulip', {
      ...aWorkingDay,
      'GET /api/session': asRole('auditor'),
      'GET /api/shops/:shop/home': emptyHome,
    });
    expect(await shown.getByRole('button', { name: 'Load the sample' }).isDisabled()).toBe(true);
    await shown.getByText('Ask one of them.').waitFor();
  });

  it('holds its place while loading', async () => {
    const shown = await openPage(chromium.browser, site.origin);
    page = shown;
    await answerWith(shown, { ...aWorkingDay, 'GET /api/shops/:shop/home': never });
    await shown.goto('/shops/tulip');
    await shown.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    expect(await shown.locator('[aria-busy=true]').count()).toBeGreaterThan(0);
    expect(await accessibilityFindings(shown)).toEqual([]);
  });

  it('says what failed and tries again', async () => {
    let fails = true;
    page = await openPage(chromium.browser, site.origin);
    await answerWith(page, {
      ...aWorkingDay,
      'GET /api/shops/:shop/home': () => (fails ? refused(500, 'The database does not answer.') : emptyHome),
    });
    await page.goto('/shops/tulip');
    await page.getByText('The database does not answer.').waitFor();
    fails = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Tulip & Thread is ready' }).waitFor();
  });
});

describe('the keyboard', () => {
  it('goes from page to page, shows what it can do, and finds customers', async () => {
    const shown = await open('/shops/tulip');
    await shown.keyboard.press('g');
    await shown.keyboard.press('i');
    await shown.waitForURL('**/imports');
    await shown.getByRole('heading', { name: 'Imports', level: 1 }).waitFor();

    await shown.keyboard.press('?');
    const sheet = shown.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    expect(await accessibilityFindings(shown)).toEqual([]);
    await shown.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });

    await shown.keyboard.press('Control+k');
    const palette = shown.getByRole('combobox');
    await palette.waitFor();
    await palette.fill('marta');
    await shown.getByRole('option', { name: /Marta/ }).waitFor();
    expect(await accessibilityFindings(shown)).toEqual([]);
    await shown.keyboard.press('Enter');
    await shown.waitForURL('**/customers/**');
  });

  it('skips to the content first', async () => {
    const shown = await open('/shops/tulip/settings?tab=me');
    await shown.keyboard.press('Tab');
    expect(await shown.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await shown.keyboard.press('Enter');
    expect(await shown.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});

describe('Settings', () => {
  it('shows a new key once, ready to copy', async () => {
    const key = {
      id: '00000000-0000-4000-8000-000000000013',
      name: 'Connector',
      prefix: 'ev_9z',
      scopes: ['events:write' as const],
      createdAt: new Date().toISOString(),
      lastUsedAt: null,
      revokedAt: null,
    };
    const shown = await open('/shops/tulip/settings?tab=keys', {
      ...aWorkingDay,
      'POST /api/shops/:shop/keys': { ...key, key: 'ev_9z-secret' },
    });
    await shown.getByText('send events and ask for decisions').waitFor();
    await shown.getByRole('button', { name: 'Make a key' }).first().click();
    await shown.getByRole('textbox', { name: 'Name' }).fill('Connector');
    await shown.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
    expect(await shown.getByRole('textbox', { name: 'API key' }).inputValue()).toBe('ev_9z-secret');
    expect(await accessibilityFindings(shown)).toEqual([]);
    await shown.getByRole('button', { name: 'I have copied it' }).click();
    await shown.getByRole('button', { name: 'Make a key' }).click();
    expect(await shown.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('');
  });

  it('puts back what was changed ahead of an answer that is no', async () => {
    const shown = await open('/shops/tulip/settings?tab=staff', {
      ...aWorkingDay,
      'PATCH /api/shops/:shop/staff/:id': refused(409, 'There must be at least one owner.'),
    });
    await shown.getByRole('button', { name: 'More about Piet Bakker' }).click();
    await shown.getByRole('menuitemradio', { name: 'Agent' }).click();
    await shown.getByText('There must be at least one owner.').first().waitFor();
    await shown.keyboard.press('Escape');
    await shown.getByRole('listitem').filter({ hasText: 'Piet Bakker' }).getByText('Manager').waitFor();
  });

  it('hides the keys from everybody but an owner, and lets them read the rest', async () => {
    const shown = await open('/shops/tulip/settings', { ...aWorkingDay, 'GET /api/session': asRole('agent') });
    expect(await shown.getByRole('tab', { name: 'API keys' }).count()).toBe(0);
    await shown.getByText('Only an owner can change this.').first().waitFor();
    expect(await shown.getByRole('button', { name: 'Save' }).count()).toBe(0);
  });
});

describe('the look', () => {
  it('follows the device until the reader chooses, and keeps the choice', async () => {
    const shown = await open('/shops/tulip', aWorkingDay, { scheme: 'dark' });
    const ground = () => shown.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await ground();
    await shown.getByRole('button', { name: 'Olga Visser' }).click();
    await shown.getByRole('menuitemradio', { name: 'Light' }).click();
    await expect.poll(ground).not.toBe(dark);
    await shown.reload();
    await shown.locator('h1').first().waitFor();
    expect(await ground()).not.toBe(dark);
  });

  it('can be looked at', async () => {
    const shown = await open('/shops/tulip');
    expect(await shot(shown, 'home')).toMatch(/home\.png$/);
  });
});

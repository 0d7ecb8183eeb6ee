import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { asRole, refused } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const POLICY = '/shops/tulip/policy';
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

describe.each(['', '?tab=edit', '?tab=versions&version=2'])('looks of %s', (query) => {
  it.each(LOOKS)('are clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(`${POLICY}${query}`, {}, look);
    if (query === '?tab=edit') await page.locator('.cm-content').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
  it.each(['ltr', 'rtl'] as const)('do not scroll sideways on a phone (%s)', async (dir) => {
    const page = await screens.open(`${POLICY}${query}`, {}, { size: 'phone', dir });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

it('reads as prose, rule by rule with how many it touches', async () => {
  const page = await screens.open(POLICY);
  const rule = page.locator('article', { hasText: 'Sends back most of what is ordered' }).first();
  expect(await rule.textContent()).toContain('applies to 12 customers today');
  await page.getByText('applies to nobody today').waitFor();
});

it('names whose data says where a connection comes from, at the rule that asks and nowhere else', async () => {
  const page = await screens.open(POLICY);
  const source = page.getByRole('link', { name: 'IP Geolocation by DB-IP' });
  await source.waitFor();
  expect(await source.count()).toBe(1);
  expect(await source.getAttribute('href')).toBe('https://db-ip.com');
  expect(await page.locator('article', { has: source }).textContent()).toContain('hard to answer');
});

it('compares two versions in prose', async () => {
  const page = await screens.open(`${POLICY}?tab=versions`);
  await page.getByText(/applies from 50 % instead of 40 %/).waitFor();
  await page.getByLabel('From').selectOption('3');
  await page.getByText('Choose two different versions').waitFor();
});

describe('writing', () => {
  it('suggests what fits, by the keyboard, and Tab leads out', async () => {
    const page = await screens.open(`${POLICY}?tab=edit`);
    const text = page.locator('.cm-content');
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('  ans');
    const suggestion = page.locator('.cm-tooltip-autocomplete li[aria-selected=true]');
    await suggestion.waitFor();
    expect(await suggestion.textContent()).toContain('answer_within');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await text.evaluate((each) => each.contains(document.activeElement))).toBe(false);
  });

  it('says in the margin and in words what must be mended; it then cannot be published', async () => {
    const page = await screens.open(`${POLICY}?tab=edit`);
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('nationality: dutch');
    await page.getByText('"nationality" says where somebody comes from.').first().waitFor();
    await page.locator('.cm-lint-marker-error').first().waitFor();
    await page.getByText('What must be mended stands in the way of publishing.').waitFor();
    expect(await page.getByRole('button', { name: 'Publish…' }).isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page
      .getByRole('button', { name: /^line / })
      .first()
      .click();
    expect(await page.evaluate(() => document.activeElement?.classList.contains('cm-content'))).toBe(true);
  });

  it('keeps the draft by itself, and says so', async () => {
    let kept = '';
    const page = await screens.open(`${POLICY}?tab=edit`, {
      'PUT /api/shops/:shop/policy/draft': ({ body }) => {
        kept = (body as { source: string }).source;
        return { ok: true };
      },
    });
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# a thought');
    await page.getByText(/Draft kept/).waitFor();
    expect(kept).toMatch(/# a thought$/);
  });

  it('works out who would change', async () => {
    const page = await screens.open(`${POLICY}?tab=edit`);
    await page.getByRole('tab', { name: 'Who would change' }).click();
    await page.getByRole('button', { name: 'Work it out' }).click();
    await page.getByText('Proposals: 12 now, 15 with this text.').waitFor();
    await page.getByRole('link', { name: 'דנה לוי' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('publishes with a note, after the remarks have been confirmed', async () => {
    let body: unknown;
    const page = await screens.open(`${POLICY}?tab=edit`, {
      'POST /api/shops/:shop/policy/publish': (asked) => {
        body = asked.body;
        return { version: 4 };
      },
    });
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# a thought');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('button')].some((each) => each.textContent === 'Publish…' && !each.disabled),
    );
    await page.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.getByText('Publish version 4?').waitFor();
    await dialog.getByText('Proposals: 12 now, 15 with this text (2 new, 0 fewer).').waitFor();
    await dialog.getByLabel(/What is different/).fill('Nothing but a thought.');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await dialog.getByText('Please confirm that you have read the remarks.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel(/I have read the 1 remark/).check();
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Version 4 is in force.').first().waitFor();
    expect(body).toMatchObject({ note: 'Nothing but a thought.', expectedVersion: 3 });
  });

  it('says when a colleague has published meanwhile', async () => {
    const page = await screens.open(`${POLICY}?tab=edit`, {
      'POST /api/shops/:shop/policy/publish': refused(409, 'Version 4 has been published.'),
      'POST /api/shops/:shop/policy/check': {
        valid: true,
        findings: [],
        tests: { passed: 1, failed: 0 },
        prose: { title: 'T', introduction: 'I', sections: [] },
      },
    });
    await page.locator('.cm-content').click();
    await page.keyboard.type('# ');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('button')].some((each) => each.textContent === 'Publish…' && !each.disabled),
    );
    await page.getByRole('button', { name: 'Publish…' }).click();
    await page.getByLabel(/What is different/).fill('A try.');
    await page.locator('[role=dialog]:not([data-toast])').getByRole('button', { name: 'Publish' }).click();
    await page.getByText(/A colleague has published/).waitFor();
  });

  it('is for managers and owners; others are told so', async () => {
    const page = await screens.open(`${POLICY}?tab=edit`, { 'GET /api/session': asRole('agent') });
    await page.getByText(/Only managers and owners write the policy/).waitFor();
    expect(await page.locator('.cm-content').count()).toBe(0);
  });
});

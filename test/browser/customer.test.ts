import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { event } from './fixtures/conduct/event.ts';
import { marta } from './fixtures/conduct/marta.ts';
import { longStory, timelineOf } from './fixtures/conduct/timeline.ts';
import { asRole, id, refused } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const MARTA = `/shops/tulip/customers/${id(201)}`;
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

const rows = (page: Page) => page.locator('button[data-event]');

describe('looks', () => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(MARTA, {}, look);
    await rows(page).first().waitFor({ state: 'attached' });
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
  it.each(['ltr', 'rtl'] as const)('does not scroll sideways on a phone (%s)', async (dir) => {
    const page = await screens.open(MARTA, {}, { size: 'phone', dir });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

describe('who this is', () => {
  it('says the standing as a word, with its reason and its end', async () => {
    const page = await screens.open(MARTA);
    await page.getByText(/since .* · because of: Sends back most of what is ordered · until/).waitFor();
    await page.getByText('62% of what was ordered').waitFor();
  });
  it('says plainly that somebody was erased', async () => {
    const erased = { ...marta, name: null, externalId: null, email: null, phone: null, erased: true };
    const page = await screens.open(MARTA, { 'GET /api/shops/:shop/customers/:id': erased });
    await page.getByRole('heading', { level: 1, name: 'Erased customer' }).waitFor();
    expect(await page.getByRole('button', { name: 'Block', exact: true }).count()).toBe(0);
  });
});

describe('figures against the policy', () => {
  it('shows what applies first and folds away what is far from its limits', async () => {
    const page = await screens.open(MARTA);
    await page.getByText('applies now').waitFor();
    expect(await page.getByText('Sends back worn goods').count()).toBe(0);
    await page.getByRole('button', { name: /3 more rules/ }).click();
    await page.getByText('Sends back worn goods').waitFor();
    await page.getByText(/Reviews found unfair.*not known/i).count();
  });
  it('leads from a figure to the events behind it, also those that did not count', async () => {
    const page = await screens.open(MARTA);
    await page
      .getByRole('button', { name: /12 events counted/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Show 15 events on the timeline' }).click();
    await page.getByText(/Marked: what counted for “Sent back 62% by value”/).waitFor();
    await page.waitForFunction(() => document.activeElement?.hasAttribute('data-event'));
    const first = await page.evaluate(() => document.activeElement?.getAttribute('data-event'));
    await page.getByRole('button', { name: 'Next marked event' }).click();
    await page.waitForFunction((before) => document.activeElement?.getAttribute('data-event') !== before, first);
    await page.getByRole('button', { name: 'Stop marking' }).click();
    await page.getByText(/Marked: what counted/).waitFor({ state: 'detached' });
  });
});

describe('what happened', () => {
  it('strikes through what no longer counts, with who said so and why', async () => {
    const page = await screens.open(MARTA);
    const corrected = rows(page).filter({ hasText: 'Does not count: the shop’s own fault' }).first();
    expect(await corrected.locator('.line-through').count()).toBeGreaterThan(0);
    expect(await corrected.textContent()).toMatch(/by .*Piet Bakker.*carrier admitted/);
  });
  it('filters by family and keeps the choice in the address', async () => {
    const page = await screens.open(MARTA);
    await page.getByRole('button', { name: /^Notes/ }).click();
    await page.waitForURL(/family=/);
    await page.waitForFunction(() => document.querySelectorAll('button[data-event]').length === 1);
    expect(await rows(page).first().textContent()).toContain('Pinned note');
  });
  it('corrects an event as the shop’s own fault, with a reason', async () => {
    let body: unknown;
    const page = await screens.open(MARTA, {
      'POST /api/shops/:shop/customers/:id/corrections': (asked) => {
        body = asked.body;
        return { ok: true };
      },
    });
    await rows(page).filter({ hasText: 'Return inspected' }).click();
    await page.getByRole('button', { name: 'Correct how this counts' }).click();
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.getByRole('button', { name: 'Correct it' }).click();
    await dialog.getByText('Please say how you know, in a few words.').waitFor();
    await dialog.getByLabel('How do you know?').fill('The tag was torn in our own warehouse.');
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Correct it' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(body).toMatchObject({ as: 'shop_fault', reason: 'The tag was torn in our own warehouse.' });
  });
  it('offers to correct an evasion to whoever may, and never as the shop’s own fault', async () => {
    const found = event('evasion.found', 1, { of: id(202), measure: id(601), by: id(1), fields: [] });
    const answers = { 'GET /api/shops/:shop/customers/:id/timeline': timelineOf([found]) };
    const page = await screens.open(MARTA, answers);
    await rows(page).filter({ hasText: 'Came back under another name' }).click();
    await page.getByRole('button', { name: 'Correct how this counts' }).click();
    const choices = page.locator('[role=dialog]:not([data-toast])').getByRole('radio');
    await choices.first().waitFor();
    expect(await choices.count()).toBe(1);
    const agent = await screens.open(MARTA, { ...answers, 'GET /api/session': asRole('agent') });
    await rows(agent).filter({ hasText: 'Came back under another name' }).click();
    await agent
      .getByText(/Recorded/)
      .first()
      .waitFor();
    expect(await agent.getByRole('button', { name: 'Correct how this counts' }).count()).toBe(0);
  });
});

describe('ten thousand events', () => {
  it('scroll without anything jumping, and only those in sight are drawn', async () => {
    const all = longStory(10_000);
    const page = await screens.open(MARTA, {
      'GET /api/shops/:shop/customers/:id': { ...marta, eventCount: all.length },
      'GET /api/shops/:shop/customers/:id/timeline': timelineOf(all),
    });
    await rows(page).first().waitFor();
    await page.evaluate(() => {
      const seen = { shift: 0 };
      Object.assign(globalThis, { seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: false });
    });
    let deepest = 0;
    for (let n = 0; n < 120 && deepest < 9_000; n++) {
      await page.mouse.wheel(0, 12_000);
      await page.waitForTimeout(30);
      deepest = Number(await page.locator('li[data-index]').last().getAttribute('data-index'));
    }
    expect(deepest).toBeGreaterThan(1_500);
    expect(await page.locator('li[data-index]').count()).toBeLessThan(80);
    expect(await page.evaluate(() => (globalThis as unknown as { seen: { shift: number } }).seen.shift)).toBeLessThan(
      0.05,
    );
    // What is drawn stands exactly below what is above it.
    const gaps = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('li[data-index]')].map((each) => each.getBoundingClientRect());
      boxes.sort((a, b) => a.top - b.top);
      return boxes.slice(1).map((box, n) => Math.abs(box.top - (boxes[n]?.bottom ?? 0)));
    });
    expect(Math.max(...gaps)).toBeLessThan(1);
  }, 90_000);
});

describe('what now', () => {
  it('says what a restriction will do, and takes it with a reason', async () => {
    let body: unknown;
    const page = await screens.open(MARTA, {
      'POST /api/shops/:shop/customers/:id/measures': (asked) => {
        body = asked.body;
        return { measure: id(900) };
      },
    });
    await page.getByRole('button', { name: 'Restrict', exact: true }).click();
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.getByRole('button', { name: 'Restrict' }).click();
    await dialog.getByText('Please choose at least one.').waitFor();
    await dialog.getByLabel('Orders are paid in advance').check();
    await dialog.getByText(/Then: For .*Marta.* this holds until .*: orders are paid in advance/).waitFor();
    await dialog.getByLabel('Why?').fill('Three unpaid invoices.');
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Restrict' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(body).toMatchObject({ type: 'restriction', obligations: ['prepayment_only'], surfaces: [] });
  });
  it('shows in the form why the server refused', async () => {
    const page = await screens.open(MARTA, {
      'POST /api/shops/:shop/customers/:id/measures': refused(422, 'There is already a warning in force.'),
    });
    await page.getByRole('button', { name: 'Warn', exact: true }).click();
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.getByLabel('Why?').fill('Asked for the impossible.');
    await dialog.getByRole('button', { name: 'Warn' }).click();
    await dialog.getByText('There is already a warning in force.').waitFor();
  });
  it('tells agents and auditors what they cannot do', async () => {
    const agent = await screens.open(MARTA, { 'GET /api/session': asRole('agent') });
    await agent.getByText(/decided by a manager or an owner/).waitFor();
    expect(await agent.getByRole('button', { name: 'Lift' }).count()).toBe(0);
    const auditor = await screens.open(MARTA, { 'GET /api/session': asRole('auditor') });
    await auditor.getByText('You can read everything here but change nothing.').waitFor();
  });
});

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { detailOf } from './fixtures/conduct/proposals.ts';
import { asRole, id, proposals, refused } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const REVIEW = '/shops/tulip/review';
const caseOf = (n: number) => `${REVIEW}/${id(100 + n)}`;
const answered = (over = {}) => ({
  proposal: id(101),
  status: 'approved' as const,
  measure: id(900),
  waitingForSecond: false,
  undoUntil: new Date(Date.now() + 60_000).toISOString(),
  ...over,
});

let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

const openCase = (page: Page, name: string) => page.locator('article h2', { hasText: name }).waitFor();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

describe('looks', () => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(caseOf(4), {}, look);
    await openCase(page, 'דנה לוי');
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
  });
  it.each(['ltr', 'rtl'] as const)('does not scroll sideways on a phone (%s)', async (dir) => {
    const page = await screens.open(caseOf(1), {}, { size: 'phone', dir });
    await openCase(page, 'Marta');
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

describe('a case', () => {
  it('says each figure beside the policy’s, in words, and what did not count and why', async () => {
    const page = await screens.open(caseOf(1));
    await page.getByText('Sent back 62% by value').waitFor();
    await page.getByText('policy: 50% or more').waitFor();
    await page.getByText('14 of 19 orders').waitFor();
    const row = page.getByRole('button', { name: /12 events counted/ }).first();
    expect(await row.locator('s').textContent()).toBe('3 events');
    expect(await row.textContent()).toContain('the shop’s own fault');
    await row.click();
    await page.getByText('Not counted: the shop’s own fault').first().waitFor();
    const struck = page.locator('li', { hasText: 'Not counted: the shop’s own fault' }).first();
    expect(await struck.locator('.line-through').first().textContent()).toMatch(/Return from order/);
  });
  it('says beside a piece of evidence what was found out about it', async () => {
    const page = await screens.open(caseOf(1));
    await page
      .getByRole('button', { name: /12 events counted/ })
      .first()
      .click();
    const line = page.locator('li', { hasText: 'Return from order' }).filter({ hasText: 'inspected' }).first();
    await line.getByText(/^Return inspected: worn · The stated reason was not borne out$/).waitFor();
  });
  it('shows how what was kept comes about, and leads to what else waits about the same customer', async () => {
    const page = await screens.open(caseOf(1));
    const facts = await page.locator('dl').last().innerText();
    expect(facts.replaceAll(/\s+/g, ' ')).toMatch(
      /Ordered .*2,180\.00 Cancelled .*-.*119\.90 Sent back .*Kept .*648\.55/,
    );
    const other = page.getByRole('link', { name: 'Restrict: Disputes payments for parcels that arrived' });
    await other.click();
    await openCase(page, 'Joost');
  });
  it('says what approving will do, to whom and until when, before it is done', async () => {
    const page = await screens.open(caseOf(2));
    await page.getByText(/Approving: For .*Joost van Dijk.* this holds until .*orders are paid in advance/).waitFor();
  });
});

describe('the keyboard', () => {
  it('goes through the list, and the focus goes along', async () => {
    const page = await screens.open(REVIEW);
    await openCase(page, 'Marta');
    await page.keyboard.press('j');
    await openCase(page, 'Joost');
    expect(await focused(page)).toContain('Joost van Dijk');
    await page.keyboard.press('k');
    await openCase(page, 'Marta');
    expect(await focused(page)).toContain('Marta');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.tagName === 'H2');
  });

  it('approves at once, opens the next case, reads its name, and takes it back', async () => {
    const sent: string[] = [];
    const page = await screens.open(caseOf(1), {
      'POST /api/shops/:shop/review/:id/approve': ({ url }) => {
        sent.push(url.pathname);
        return answered();
      },
      'POST /api/shops/:shop/review/:id/undo': ({ url }) => {
        sent.push(url.pathname);
        return answered({ status: 'open', measure: null, undoUntil: null });
      },
    });
    await openCase(page, 'Marta');
    await page.keyboard.press('a');
    await openCase(page, 'Joost');
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Joost van Dijk'));
    await page
      .getByText(/Marta Wiśniewska.* is warned until/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await openCase(page, 'Marta');
    expect(sent.map((path) => path.split('/').at(-1))).toEqual(['approve', 'undo']);
  });

  it('goes on with the next case while the toast about the last one still stands', async () => {
    const sent: string[] = [];
    const page = await screens.open(caseOf(1), {
      'POST /api/shops/:shop/review/:id/approve': ({ url }) => {
        sent.push(url.pathname.split('/').at(-2) ?? '');
        return answered();
      },
    });
    await openCase(page, 'Marta');
    await page.keyboard.press('a');
    await page
      .getByText(/Marta Wiśniewska.* is warned until/)
      .first()
      .waitFor();
    await openCase(page, 'Joost');
    await page.keyboard.press('a');
    await openCase(page, '王小明');
    await page
      .getByText(/Joost van Dijk.* is restricted until/)
      .first()
      .waitFor();
    expect(sent).toEqual([id(101), id(102)]);
  });

  it('takes a block only by a second press, with the summary in between, and Esc leaves it', async () => {
    let taken = 0;
    const page = await screens.open(caseOf(4), {
      'POST /api/shops/:shop/review/:id/approve': () => {
        taken += 1;
        return answered({ proposal: id(104) });
      },
    });
    await openCase(page, 'דנה לוי');
    await page.keyboard.press('a');
    const confirm = page.getByRole('button', { name: 'Yes, block' });
    await confirm.waitFor();
    await page
      .getByText(/is shut out from buying and phone, chat and social media until/)
      .first()
      .waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await confirm.waitFor({ state: 'detached' });
    expect(taken).toBe(0);
    await page.keyboard.press('a');
    await confirm.waitFor();
    await page.keyboard.press('a');
    await openCase(page, 'Aurelia');
    expect(taken).toBe(1);
  });

  it('asks why before declining, and will not go on without a reason', async () => {
    let reason: unknown;
    const page = await screens.open(caseOf(1), {
      'POST /api/shops/:shop/review/:id/decline': ({ body }) => {
        reason = body;
        return answered({ status: 'declined', measure: null });
      },
    });
    await openCase(page, 'Marta');
    await page.keyboard.press('d');
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Decline' }).click();
    await dialog.getByText('Please say why, in a few words.').waitFor();
    await dialog.getByLabel('Why?').fill('Our sizes run small.');
    await dialog.getByRole('button', { name: 'Decline' }).click();
    await openCase(page, 'Joost');
    expect(reason).toEqual({ reason: 'Our sizes run small.' });
  });

  it('offers the milder steps in plain words, not later than proposed', async () => {
    let body: unknown;
    const page = await screens.open(caseOf(4), {
      'POST /api/shops/:shop/review/:id/soften': (asked) => {
        body = asked.body;
        return answered({ proposal: id(104) });
      },
    });
    await openCase(page, 'דנה לוי');
    await page.keyboard.press('s');
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.getByLabel('Restriction').check();
    await dialog.getByText(/orders are paid in advance and photos are sent with each return/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByLabel('Until').fill('2199-01-01');
    await dialog.getByLabel('Why milder?').fill('The first time.');
    await dialog.getByRole('button', { name: 'Do this instead' }).click();
    await dialog.getByText(/Please choose a day between tomorrow and/).waitFor();
    expect(body).toBeUndefined();
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel('Until').fill(day);
    await dialog.getByRole('button', { name: 'Do this instead' }).click();
    await openCase(page, 'Aurelia');
    expect(body).toMatchObject({
      seen: 'seen-104',
      type: 'restriction',
      obligations: ['prepayment_only', 'returns_need_photos'],
    });
  });

  it('asks a colleague who can still answer, and moves on', async () => {
    let body: unknown;
    const page = await screens.open(caseOf(1), {
      'POST /api/shops/:shop/review/:id/ask': (asked) => {
        body = asked.body;
        return answered({ status: 'open', measure: null, undoUntil: null });
      },
    });
    await openCase(page, 'Marta');
    await page.keyboard.press('c');
    const dialog = page.locator('[role=dialog]:not([data-toast])');
    await dialog.getByLabel('Whom?').waitFor();
    const names = await dialog.getByLabel('Whom?').locator('option').allTextContents();
    expect(names).toEqual(['Choose a colleague', 'Piet Bakker']);
    await dialog.getByLabel('Whom?').selectOption('Piet Bakker');
    await dialog.getByLabel('What would you like to know?').fill('Did you speak to her?');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await openCase(page, 'Joost');
    expect(body).toEqual({ colleague: id(2), question: 'Did you speak to her?' });
  });
});

describe('when it does not go as meant', () => {
  it('says that a colleague was faster and moves on', async () => {
    const page = await screens.open(caseOf(1), {
      'POST /api/shops/:shop/review/:id/approve': {
        ...refused(409, 'This proposal has already been answered.'),
        why: 'already-answered',
      },
    });
    await openCase(page, 'Marta');
    await page.keyboard.press('a');
    await page
      .getByText(/A colleague was faster: the case about/)
      .first()
      .waitFor();
    await openCase(page, 'Joost');
  });
  it('sends what was on screen; of a case that has changed it says so, reloads it and stays with it', async () => {
    const row = proposals[0];
    if (!row) throw new Error('The fixtures have no proposal');
    const before = detailOf(row);
    let now = before;
    const sent: unknown[] = [];
    const page = await screens.open(caseOf(1), {
      'GET /api/shops/:shop/review/:id': () => now,
      'POST /api/shops/:shop/review/:id/approve': ({ body }) => {
        sent.push(body);
        now = { ...before, seen: 'anew', effect: { ...before.effect, type: 'block', surfaces: ['purchase'] } };
        return { ...refused(409, 'In conflict'), why: 'changed-meanwhile' };
      },
    });
    await openCase(page, 'Marta');
    await page.keyboard.press('a');
    await page.getByText('This case has changed meanwhile. Look at it again.').first().waitFor();
    await page
      .getByText(/shut out from buying until/)
      .first()
      .waitFor();
    await openCase(page, 'Marta');
    expect(new URL(page.url()).pathname).toBe(caseOf(1));
    expect(await page.getByText(/A colleague was faster/).count()).toBe(0);
    expect(await page.getByRole('listitem').filter({ hasText: 'Marta' }).count()).toBeGreaterThan(0);
    expect(sent).toEqual([{ seen: before.seen }]);
  });
  it('brings the case back when the answer could not be given, and says why', async () => {
    const page = await screens.open(caseOf(1), {
      'POST /api/shops/:shop/review/:id/approve': refused(503, 'The database is being restarted.'),
    });
    await openCase(page, 'Marta');
    await page.keyboard.press('a');
    await page.getByText('The database is being restarted.').first().waitFor();
    await openCase(page, 'Marta');
    expect(await page.getByRole('listitem').filter({ hasText: 'Marta' }).count()).toBeGreaterThan(0);
  });
  it('tells who may only read why they cannot answer', async () => {
    const why = 'Your role, auditor, reads and does not decide.';
    const row = proposals[0];
    if (!row) throw new Error('The fixtures have no proposal');
    const page = await screens.open(caseOf(1), {
      'GET /api/session': asRole('auditor'),
      'GET /api/shops/:shop/review/:id': {
        ...detailOf(row),
        may: { approve: false, soften: false, decline: false, ask: false, why },
      },
    });
    await page.getByText(why).waitFor();
    expect(await page.getByRole('button', { name: /Warn until/ }).count()).toBe(0);
    await page.keyboard.press('a');
    expect(await page.locator('article h2').first().textContent()).toContain('Marta');
  });
  it('teaches when nothing waits', async () => {
    const page = await screens.open(REVIEW, { 'GET /api/shops/:shop/review': { items: [], next: null, open: 0 } });
    await page.getByText('Nothing waits for you').waitFor();
    await page.getByText(/Nobody is warned, restricted or blocked before a person has agreed/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
  it('offers to try again when the list does not come', async () => {
    let times = 0;
    const page = await screens.open(REVIEW, {
      'GET /api/shops/:shop/review': () => {
        times += 1;
        return times === 1 ? refused(500, 'Something broke.') : { items: proposals, next: null, open: 5 };
      },
    });
    await page.getByText('Something broke.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await openCase(page, 'Marta');
  });
});

describe('on a phone', () => {
  it('shows the list, then the case on the whole screen, then the list again', async () => {
    const page = await screens.open(REVIEW, {}, { size: 'phone' });
    await page.getByRole('link', { name: /Joost van Dijk/ }).click();
    await openCase(page, 'Joost');
    expect(await page.getByRole('list', { name: 'Proposals' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'All proposals' }).click();
    await page.getByRole('list', { name: 'Proposals' }).waitFor();
  });
});

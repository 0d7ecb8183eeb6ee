import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { never } from './fixtures/answer.ts';
import { appealOf, appeals, disputed } from './fixtures/hearing/appeals.ts';
import { asRole, id, refused } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';
import { complaints } from './support/site.ts';

const APPEALS = '/shops/tulip/appeals';
const LATE = `${APPEALS}/${id(801)}`;
const FRESH = `${APPEALS}/${id(804)}`;
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

const late = () => {
  const found = appeals[0];
  if (!found) throw new Error('The fixtures have no appeal');
  return appealOf(found);
};
const dialogOf = (page: Page) => page.locator('[role=dialog]:not([data-toast])');
const factOf = (page: Page, nth: number, as: string) =>
  page
    .getByRole('group', { name: /How should this count/ })
    .nth(nth)
    .getByRole('radio', { name: as });

describe.each([APPEALS, `${APPEALS}?show=closed`, LATE, FRESH, `${APPEALS}/${id(805)}`])('%s', (path) => {
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

describe('the list', () => {
  it('has late ones first and says calmly how late, and counts what waits beside its name', async () => {
    const page = await screens.open(APPEALS);
    const rows = page.getByRole('row');
    await rows.nth(1).getByText('2 working days late').waitFor();
    await rows.nth(3).getByText('9 working days left').waitFor();
    await page.getByText('4 customers wait for another look. 2 of them are late.').waitFor();
    await page.getByRole('link', { name: 'Appeals 2 appeals are late' }).waitFor();
  });

  it('is walked with J and K and opened with Enter; G A leads there and Escape back', async () => {
    const page = await screens.open('/shops/tulip');
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.waitForURL(/\/appeals$/);
    await page.getByRole('row', { name: /2 working days late/ }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-index'));
    await page.keyboard.press('j');
    await expect.poll(focused).toBe('0');
    await page.keyboard.press('j');
    await expect.poll(focused).toBe('1');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/appeals/${id(804)}`);
    await page.getByRole('heading', { level: 1, name: /דנה לוי/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/appeals$/);
  });

  it('keeps in the address whether it shows what is closed', async () => {
    const page = await screens.open(APPEALS);
    await page.getByLabel('Show').selectOption('closed');
    await page.waitForURL(/show=closed/);
    await page.getByText('Rejected').waitFor();
  });

  it('teaches when nobody has appealed', async () => {
    const page = await screens.open(APPEALS, {
      'GET /api/shops/:shop/appeals': { items: [], next: null, open: 0, overdue: 0 },
    });
    await page.getByText('Nobody has appealed').waitFor();
    await page.getByText(/a person who did not take the decision hears it/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('offers to try again when it does not come', async () => {
    let times = 0;
    const page = await screens.open(APPEALS, {
      'GET /api/shops/:shop/appeals': () => {
        times += 1;
        return times === 1
          ? refused(500, 'Something broke.')
          : { items: [...appeals], next: null, open: appeals.length, overdue: 2 };
      },
    });
    await page.getByText('Something broke.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('2 working days late').waitFor();
  });
});

describe('an appeal', () => {
  it('shows the customer’s words in their own language and direction beside why it was decided so', async () => {
    const page = await screens.open(FRESH);
    const words = page.locator('blockquote').first();
    expect(await words.getAttribute('lang')).toBe('he');
    expect(await words.evaluate((each) => getComputedStyle(each).direction)).toBe('rtl');
    await page.getByText('Sent back 62% by value').waitFor();
    await page.getByText('Approved by').waitFor();
    expect(await page.getByText('Disputed', { exact: true }).count()).toBeGreaterThanOrEqual(disputed.length);
  });

  it('works out at once what would be left of it, as facts are marked, and keeps the marks over a reload', async () => {
    const page = await screens.open(LATE);
    await page.getByText('This amounts to rejecting the appeal.').waitFor();
    await factOf(page, 0, 'Void').check();
    await page.getByText('This amounts to upholding a part of it.').waitFor();
    await page.getByText(/Made milder, until/).waitFor();
    await factOf(page, 1, 'Our own fault').check();
    await factOf(page, 2, 'Our own fault').check();
    await page.getByText('This amounts to upholding the appeal.').waitFor();
    await page.getByText('“Sends back most of what is ordered” would no longer apply').waitFor();
    await page.getByText('3 facts marked').waitFor();
    await page.reload();
    await page.getByText('This amounts to upholding the appeal.').waitFor();
    await page.getByRole('button', { name: 'Take all marks back' }).click();
    await page.getByText('This amounts to rejecting the appeal.').waitFor();
  });

  it('holds the place of the answer while it is worked out', async () => {
    const page = await screens.open(LATE, { 'POST /api/shops/:shop/appeals/:id/preview': never });
    await page.getByText('Working out what would be left').waitFor({ state: 'attached' });
    await page.keyboard.press('d');
    expect(await dialogOf(page).count()).toBe(0);
  });

  it('says when it cannot be worked out, and tries again', async () => {
    const page = await screens.open(LATE, {
      'POST /api/shops/:shop/appeals/:id/preview': refused(400, 'The policy cannot be read.'),
    });
    await page.getByText('The policy cannot be read.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('is decided with what the marks amount to, with reasons, saying all that follows', async () => {
    let body: unknown;
    const page = await screens.open(LATE, {
      'POST /api/shops/:shop/appeals/:id/decide': (asked) => {
        body = asked.body;
        return { ok: true };
      },
    });
    for (const nth of [0, 1, 2]) await factOf(page, nth, 'Our own fault').check();
    await page.getByText('This amounts to upholding the appeal.').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/appeals$/);
    await page.goBack();
    await page.getByText('This amounts to upholding the appeal.').waitFor();
    await page.getByRole('button', { name: 'Decide' }).click();
    const dialog = dialogOf(page);
    expect(await dialog.getByRole('radio', { name: 'Uphold', exact: true }).isChecked()).toBe(true);
    await dialog.getByText('Restriction of ⁨Marta Wiśniewska⁩: as if it had never been.').waitFor();
    await dialog.getByText('Block of ⁨Marta Wiśniewska⁩: ends at once.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Uphold the appeal' }).click();
    await dialog.getByText('Please explain your decision in at least a full sentence.').waitFor();
    await dialog.getByLabel(/Your reasons/).fill('Three of the returns were defective: that was our own fault.');
    await dialog.getByRole('button', { name: 'Uphold the appeal' }).click();
    await page
      .getByText(/Upheld\. .* is told\./)
      .first()
      .waitFor();
    expect(body).toEqual({
      outcome: 'upheld',
      corrections: disputed.toSorted().map((event) => ({ event, as: 'shop_fault' })),
      lift: false,
      reason: 'Three of the returns were defective: that was our own fault.',
      seen: 'seen-801',
    });
  });

  it('does not let a decision go against its own marks, and says where a rejected customer can go', async () => {
    const page = await screens.open(LATE);
    await page.getByText('This amounts to rejecting the appeal.').waitFor();
    await page.keyboard.press('d');
    const dialog = dialogOf(page);
    await dialog.getByText(/where they can go next: a body that settles disputes out of court/).waitFor();
    await dialog
      .getByText(/They are pointed to: .*De Geschillencommissie.* and .*Autoriteit Persoonsgegevens/)
      .waitFor();
    await dialog.getByRole('radio', { name: 'Uphold', exact: true }).check();
    await dialog.getByText(/Nothing that you marked changes the measure/).waitFor();
    await dialog.getByLabel(/Your reasons/).fill('They are right about all of it, I think.');
    await dialog.getByRole('button', { name: 'Uphold the appeal' }).click();
    await dialog.waitFor();
  });

  it('ends the measure anyway where that is chosen', async () => {
    const page = await screens.open(LATE);
    await page.getByText('This amounts to rejecting the appeal.').waitFor();
    await page.getByRole('checkbox', { name: 'End the measure anyway' }).check();
    await page.getByText('This amounts to upholding the appeal.').waitFor();
  });

  it('tells the loser of a race who decided', async () => {
    const page = await screens.open(LATE, {
      'POST /api/shops/:shop/appeals/:id/decide': {
        ...refused(409, 'Piet Bakker has rejected this appeal a moment ago.'),
        why: 'already-decided',
      },
    });
    await page.getByText('This amounts to rejecting the appeal.').waitFor();
    await page.getByRole('button', { name: 'Decide' }).click();
    const dialog = dialogOf(page);
    await dialog.getByLabel(/Your reasons/).fill('The facts stand as they were recorded.');
    await dialog.getByRole('button', { name: 'Reject the appeal' }).click();
    await page.getByText('A colleague was faster').first().waitFor();
    await page.getByText('Piet Bakker has rejected this appeal a moment ago.').first().waitFor();
    await dialog.waitFor({ state: 'detached' });
  });

  it('says why one may not decide, and from when on one may', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    tomorrow.setUTCHours(9, 4, 0, 0);
    const page = await screens.open(LATE, {
      'GET /api/shops/:shop/appeals/:id': {
        ...late(),
        may: {
          take: false,
          ask: true,
          decide: false,
          why: 'You approved this measure, and nobody else works here.',
          from: tomorrow.toISOString(),
        },
      },
    });
    await page.getByText(/You approved this measure.* You may decide from tomorrow .*(10|11):04/).waitFor();
    expect(await page.getByRole('button', { name: 'Decide' }).isDisabled()).toBe(true);
    await page.keyboard.press('d');
    expect(await dialogOf(page).count()).toBe(0);
  });

  it('is taken with T and asked about with Q', async () => {
    const asked: unknown[] = [];
    const page = await screens.open(FRESH, {
      'POST /api/shops/:shop/appeals/:id/take': ({ url }) => {
        asked.push(url.pathname.split('/').at(-1));
        return { ok: true };
      },
      'POST /api/shops/:shop/appeals/:id/ask': ({ body }) => {
        asked.push(body);
        return { ok: true };
      },
    });
    await page.getByRole('button', { name: 'Take it' }).waitFor();
    await page.keyboard.press('t');
    await page.getByText('You are hearing this appeal now.').first().waitFor();
    await page.keyboard.press('q');
    const dialog = dialogOf(page);
    await dialog.getByRole('button', { name: 'Send the question' }).click();
    await dialog.getByText('Please write a question of at least ten letters.').waitFor();
    await dialog.getByLabel('What would you like to know?').fill('When did you change the password?');
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send the question' }).click();
    await page
      .getByText(/was asked\./)
      .first()
      .waitFor();
    expect(asked).toEqual(['take', { question: 'When did you change the password?' }]);
  });

  it('opens what the customer sent, without leaving the page', async () => {
    const page = await screens.open(LATE);
    await page.getByRole('button', { name: /^vlek\.png/ }).click();
    const dialog = page.getByRole('dialog', { name: 'vlek.png' });
    await dialog.getByRole('img', { name: 'vlek.png' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await dialog.getByRole('link', { name: 'Save the file' }).getAttribute('href')).toBe(
      `/api/shops/tulip/appeals/${id(801)}/attachments/${id(832)}`,
    );
  });

  it('can be read but not answered by who only reads', async () => {
    const page = await screens.open(LATE, {
      'GET /api/session': asRole('auditor'),
      'GET /api/shops/:shop/appeals/:id': {
        ...late(),
        may: { take: false, ask: false, decide: false, why: null, from: null },
      },
    });
    await page.getByText('You can read this appeal but not decide it.').waitFor();
    expect(await page.getByRole('button', { name: 'Decide' }).count()).toBe(0);
  });

  it('says that it is not there', async () => {
    const page = await screens.open('/shops/tulip/appeals');
    await page.goto(`${APPEALS}/${id(899)}`);
    await page.getByText('This appeal does not exist.').waitFor();
  });
});

describe('Home', () => {
  it('has late appeals at the very top, and leads to them', async () => {
    const page = await screens.open('/shops/tulip');
    expect(await page.locator('h2').first().textContent()).toBe('2 appeals are late');
    await page.getByText('2 appeals are late. 12 proposals wait for your judgement.').waitFor();
    await page.getByRole('heading', { name: 'Appeals waiting for an answer' }).waitFor();
    await page.getByText('1 message to a customer could not be sent.').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('link', { name: /Marta.*2 working days late/ }).click();
    await page.waitForURL(`**/appeals/${id(801)}`);
  });
});

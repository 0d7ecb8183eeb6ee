import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { counts } from './fixtures/hearing/notices.ts';
import { id, refused } from './fixtures/shop.ts';
import { accessibilityFindings } from './support/axe.ts';
import { LOOKS, openScreens, type Screens, sideways } from './support/screens.ts';

const CASE = `/shops/tulip/review/${id(101)}`;
const CUSTOMER = `/shops/tulip/customers/${id(201)}`;
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterEach(() => screens.tidy());
afterAll(() => screens?.close());

const dialogOf = (page: Page) => page.locator('[role=dialog]:not([data-toast])');
const answered = {
  proposal: id(101),
  status: 'approved' as const,
  measure: id(701),
  waitingForSecond: false,
  undoUntil: null,
};

describe('on a case', () => {
  it.each(LOOKS)('is clean to axe at $size in $scheme', async (look) => {
    const page = await screens.open(CASE, {}, look);
    await page.getByText(/Wij waarschuwen u/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });

  it('is shown in the customer’s language first, and in any other one asks for', async () => {
    const page = await screens.open(CASE);
    await page.getByText(/Wij waarschuwen u/).waitFor();
    const picker = page.getByLabel('Language', { exact: true });
    expect(await picker.locator('option').allTextContents()).toEqual(['Nederlands, theirs', 'English', 'עברית']);
    await page.getByText('Easy to read: about 12 years and up').waitFor();
    await page.getByText('They get this by e-mail in ⁨Dutch⁩, and find it in their portal.').waitFor();
    await picker.selectOption('he');
    const lead = page.getByText(/אנחנו מזהירים/);
    await lead.waitFor();
    expect(await lead.evaluate((each) => getComputedStyle(each).direction)).toBe('rtl');
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('lets a long notice be read in full', async () => {
    const page = await screens.open(CASE);
    await page.getByRole('button', { name: 'Read all of it' }).click();
    await page.getByText('Ik ben het er niet mee eens').waitFor();
    await page.getByRole('button', { name: 'Show less' }).waitFor();
  });

  it('refuses a paragraph that insults, says how to say it, and sends one that does not', async () => {
    let body: unknown;
    const page = await screens.open(CASE, {
      'POST /api/shops/:shop/review/:id/approve': (asked) => {
        body = asked.body;
        return answered;
      },
    });
    await page.getByRole('button', { name: 'Add a paragraph of your own' }).click();
    const paragraph = page.getByLabel('A paragraph of your own');
    await paragraph.fill('You are a thief.');
    await page.getByText('“⁨thief⁩” insults. Say what happened instead.').waitFor();
    await page.getByText('Your own paragraph must be changed before you can approve.').waitFor();
    expect(await page.getByRole('button', { name: /Warn until/ }).isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await paragraph.fill('Please answer quickly.');
    await page.getByText(/puts pressure on the reader/).waitFor();
    await page.getByText('Hard to read: about 16 years and up').waitFor();
    await paragraph.fill('Call us, we are glad to help.');
    await page.getByText(/puts pressure on the reader/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Warn until/ }).click();
    await expect.poll(() => body).toEqual({ seen: 'seen-101', personal: 'Call us, we are glad to help.' });
  });

  it('carries no paragraph over to the next case', async () => {
    const page = await screens.open(CASE);
    await page.getByRole('button', { name: 'Add a paragraph of your own' }).click();
    await page.getByLabel('A paragraph of your own').fill('Only for Marta.');
    await page.getByRole('link', { name: /Joost van Dijk/ }).click();
    await page.waitForURL(`**/review/${id(102)}`);
    await page.getByRole('button', { name: 'Add a paragraph of your own' }).waitFor();
    expect(await page.getByText('Only for Marta.').count()).toBe(0);
  });

  it('says where it waits while there is no mail server', async () => {
    const page = await screens.open(CASE, {
      'GET /api/shops/:shop/outbox': { items: [], next: null, counts, mailServer: false },
    });
    await page.getByText('There is no mail server yet. It waits in the outbox; you can print it.').waitFor();
  });

  it('says that the team is told of a block', async () => {
    const page = await screens.open(`/shops/tulip/review/${id(104)}`);
    await page.getByText(/Your team is told as well/).waitFor();
  });

  it('offers to try again when it does not come, and leaves the rest of the case', async () => {
    const page = await screens.open(CASE, {
      'POST /api/shops/:shop/review/:id/notice': refused(400, 'The words cannot be found.'),
    });
    await page.getByText('The words cannot be found.').waitFor();
    await page.getByText('Sent back 62% by value').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('follows what is chosen instead', async () => {
    const asked: unknown[] = [];
    const page = await screens.open(`/shops/tulip/review/${id(102)}`, {
      'POST /api/shops/:shop/review/:id/notice': refused(400, 'Not now.'),
    });
    page.on('request', (request) => request.url().endsWith('/notice') && asked.push(request.postDataJSON()));
    await page.getByRole('button', { name: /Soften/ }).click();
    await dialogOf(page).getByText('Not now.').waitFor();
    expect(asked.at(-1)).toMatchObject({ effect: { type: 'warning', obligations: [], surfaces: [] } });
  });
});

describe('on the customer page', () => {
  it('lists what they were told, each word for word, with what came back standing out', async () => {
    const page = await screens.open(CUSTOMER);
    await page.getByText('came back').first().waitFor();
    await page.getByRole('button', { name: 'Show 2 earlier notices' }).click();
    await page.getByRole('button', { name: /Een waarschuwing over uw retouren/ }).click();
    const dialog = dialogOf(page);
    await dialog.getByText(/Wij waarschuwen u/).waitFor();
    await dialog.getByRole('link', { name: 'Print' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('leads to their open appeal', async () => {
    const page = await screens.open(CUSTOMER);
    await page.getByText('Disagrees with a decision').waitFor();
    await page.getByText('2 working days late').waitFor();
    await page.getByRole('link', { name: 'Look at the appeal' }).click();
    await page.waitForURL(`**/appeals/${id(801)}`);
  });

  it('sends a link to the portal after saying what that does', async () => {
    let asked = 0;
    const page = await screens.open(CUSTOMER, {
      'POST /api/shops/:shop/customers/:id/portal-link': () => {
        asked += 1;
        return { message: id(909) };
      },
    });
    await page.getByRole('button', { name: 'Send a link' }).click();
    const dialog = dialogOf(page);
    await dialog.getByText(/gets an e-mail with a link that works once/).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send the link' }).click();
    await page
      .getByText(/A link is on its way to/)
      .first()
      .waitFor();
    expect(asked).toBe(1);
  });

  it('shows the notice of a measure staff take, once they have said why', async () => {
    let body: unknown;
    const page = await screens.open(CUSTOMER, {
      'POST /api/shops/:shop/customers/:id/measures': (asked) => {
        body = asked.body;
        return { measure: id(709) };
      },
    });
    await page.getByRole('button', { name: 'Warn', exact: true }).click();
    const dialog = dialogOf(page);
    await dialog.getByText('Say why first; then you can read the notice here.').waitFor();
    await dialog.getByLabel('Why?').fill('Shouted at two colleagues on the telephone.');
    await dialog.getByText(/Wij waarschuwen u/).waitFor();
    await dialog.getByRole('button', { name: 'Add a paragraph of your own' }).click();
    await dialog.getByLabel('A paragraph of your own').fill('We would rather talk.');
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Warn', exact: true }).click();
    await expect.poll(() => body).toMatchObject({ type: 'warning', personal: 'We would rather talk.' });
  });
});

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { signWebhook } from '../../sdk/src/index.ts';
import { makeHome, PROJECT, startService, stopService } from '../support/service-process.ts';
import { openMailbox } from '../support/smtp.ts';
import { launchBrowser } from './support/chromium.ts';

/**
 * Takes the pictures of the README from the running program with the sample shop: `node test/browser/tour.ts`, after `npm run build`.
 * Whoever changes a screen takes them anew.
 */
const OWNER = { email: 'olga@linde.example', password: 'correct horse battery' };
const CUSTOMER = { viewport: { width: 560, height: 900 }, locale: 'en-GB', deviceScaleFactor: 1.5 } as const;
const FOLDER = join(PROJECT, 'docs', 'tour');

const home = makeHome();
const mailbox = await openMailbox();
const service = await startService({
  dataFolder: home.dataFolder,
  environment: {
    EVENHAND_DEMO: '1',
    EVENHAND_OWNER_EMAIL: OWNER.email,
    EVENHAND_OWNER_PASSWORD: OWNER.password,
    EVENHAND_SMTP_URL: mailbox.url,
    EVENHAND_MAIL_FROM: 'notices@linde.example',
  },
});
const { browser, close } = await launchBrowser();
try {
  await mkdir(FOLDER, { recursive: true });
  const desk = await signedIn({ width: 1280, height: 800 });
  const shop = new URL(desk.url()).pathname;

  await picture(desk, shop, 'home');
  await openCase(desk, `${shop}/review`, 'Fatima Saidi');
  await picture(desk, null, 'review');
  await openCustomer(desk, shop, 'LL-10556');
  await picture(desk, null, 'customer');
  await picture(desk, `${shop}/policy`, 'policy');
  await connected(desk, shop);
  await likeness(desk, shop);
  await lists(desk, shop);
  const phone = await signedIn({ width: 390, height: 844 }, true);
  await openCase(phone, `${shop}/review`, 'Fatima Saidi');
  await picture(phone, null, 'phone');
  await hearing(desk, shop);
} finally {
  await close();
  await mailbox.close();
  await stopService(service);
  await home.remove();
}

/** A shop system of one's own is connected and tells what happens, so that there is something to see. */
async function connected(desk: Page, shop: string): Promise<void> {
  const { hookUrl, hookSecret } = await desk.evaluate(async (api) => {
    const { csrf } = await (await fetch('/api/session')).json();
    const answer = await fetch(`${api}/connections`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-evenhand-csrf': csrf },
      body: JSON.stringify({ platform: 'generic', address: 'https://linde-loom.example', credentials: {} }),
    });
    return answer.json();
  }, `/api${shop}`);
  for (let order = 1; order <= 12; order += 1) {
    const body = JSON.stringify({
      events: [
        {
          kind: 'order.placed',
          id: `order:${order}:placed`,
          occurredAt: new Date().toISOString(),
          customer: { email: `customer${order}@mail.example` },
          body: { order: String(90_000 + order), total: { amount: 4_995, currency: 'EUR' }, payment: 'card' },
        },
      ],
    });
    const headers = await signWebhook({ id: `msg_${order}`, body, secret: hookSecret });
    // The service of the tour listens on any free port, which its address cannot know.
    const { status } = await fetch(new URL(new URL(hookUrl).pathname, service.url), {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    if (status >= 300) throw new Error(`The webhook was answered ${status}`);
  }
  await desk.waitForTimeout(3_000);
  await picture(desk, `${shop}/shop-system`, 'shop-system');
}

/** Somebody came back under another name: the question to staff leads to the customer's page, with the drawing. */
async function likeness(desk: Page, shop: string): Promise<void> {
  const customer = desk.locator('main a[href*="/customers/"]').first();
  // The sample's customers are compared in the background, a little after they came in.
  for (let tries = 0; tries < 20 && !(await customer.isVisible()); tries += 1) {
    await desk.goto(`${shop}/links`);
    await desk.waitForTimeout(5_000);
  }
  await desk.goto((await customer.getAttribute('href')) ?? '');
  await desk.getByRole('heading', { name: 'Linked accounts' }).scrollIntoViewIfNeeded();
  await picture(desk, null, 'links');
}

/** A few entries, as a shop has them after a while. */
async function lists(desk: Page, shop: string): Promise<void> {
  await desk.evaluate(async (api) => {
    const { csrf } = await (await fetch('/api/session')).json();
    const entries = [
      ['deny', 'email', 'parcel.never.came@mail.example', 'Three chargebacks within a month, all lost by the bank'],
      ['deny', 'ip', '203.0.113.0/24', 'A network that tried 400 cards in one night'],
      ['deny', 'phone', '+31 6 12345678', 'Called the desk with threats; the police report is in the drawer'],
      ['deny', 'email_domain', 'throwaway.example', 'Forty accounts in a week, none of which ever paid'],
      ['allow', 'email', 'school.office@mail.example', 'Buys for a whole school and sends half of it back, as agreed'],
      ['allow', 'ip', '198.51.100.17', 'Our own shop floor'],
    ].map(([list, type, value, reason]) => ({ list, type, value, reason }));
    await fetch(`${api}/lists/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-evenhand-csrf': csrf },
      body: JSON.stringify({ entries }),
    });
  }, `/api${shop}`);
  await picture(desk, `${shop}/lists`, 'lists');
}

/** A warning reaches the customer, who looks at it in the portal and disagrees; staff hear the appeal. */
async function hearing(desk: Page, shop: string): Promise<void> {
  await openCase(desk, `${shop}/review`, 'Fatima Saidi');
  await desk.keyboard.press('a');
  const mail = await mailbox.waitFor(({ to }) => to.some((address) => address.startsWith('fatima')));
  const customer = await browser.newPage({ ...CUSTOMER, baseURL: service.url });
  await customer.setContent(mail.html);
  await picture(customer, null, 'notice');
  const link = mail.links.find((each) => each.includes('/open/'));
  if (link === undefined) throw new Error('The notice has no link to the portal');
  // The service of the tour listens on any free port, which its links cannot know.
  await customer.goto(new URL(link).pathname);
  await customer.getByRole('main').getByRole('button').click();
  await customer.waitForURL('**/decisions/*');
  const decision = customer.url();
  await customer.goto(`${decision.slice(0, decision.indexOf('/decisions/'))}/standing?lang=en`);
  await picture(customer, null, 'portal');
  await customer.goto(`${decision}/appeal?lang=en`);
  await customer.getByText('It was the shop').first().click();
  await customer.getByRole('checkbox').first().check();
  await customer
    .getByRole('textbox')
    .fill('The shoes came with scuffed soles, I sent them back the same day. Here is how they arrived.');
  await customer.getByRole('main').getByRole('button').last().click();
  await customer.waitForURL('**/appeals/**');
  await desk.goto(`${shop}/appeals`);
  await desk.getByText('Fatima Saidi').first().click();
  await desk
    .getByRole('radio', { name: /own fault/i })
    .first()
    .click();
  await picture(desk, null, 'appeal');
  await customer.close();
}

async function signedIn(viewport: { width: number; height: number }, isMobile = false): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    isMobile,
    hasTouch: isMobile,
    baseURL: service.url,
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel(/e-mail/i).fill(OWNER.email);
  await page.getByLabel(/^password/i).fill(OWNER.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/shops/*');
  return page;
}

async function openCase(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page
    .getByRole('link', { name })
    .or(page.getByRole('option', { name }))
    .or(page.getByText(name, { exact: true }))
    .first()
    .click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

async function openCustomer(page: Page, shop: string, number: string): Promise<void> {
  await page.goto(`${shop}/customers`);
  await page.getByRole('searchbox').or(page.getByPlaceholder('Find somebody')).first().fill(number);
  const row = page.getByRole('row').nth(1);
  await page.waitForFunction(() => document.querySelectorAll('[role=row], tr').length <= 3);
  await row.click();
  await page.waitForURL('**/customers/*');
}

async function picture(page: Page, path: string | null, name: string): Promise<void> {
  if (path !== null) await page.goto(path);
  await page.waitForLoadState('networkidle');
  // Charts and sparklines draw once their data is there.
  await page.waitForTimeout(800);
  const file = join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(file);
}

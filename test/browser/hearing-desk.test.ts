import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliveryOf } from '../../src/compose-jobs.ts';
import type { ResponseOf } from '../../src/contracts/routes.ts';
import { type CustomerId, type EventId, id, type MeasureId } from '../../src/core/shared/brand.ts';
import type { Shop } from '../../src/ports.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { deliver } from '../../src/workflows/notices/deliver.ts';
import { PASSWORD, type Visitor } from '../support/api.ts';
import { type Mailbox, openMailbox } from '../support/smtp.ts';
import { accessibilityFindings } from './support/axe.ts';
import { launchBrowser, type TestBrowser } from './support/chromium.ts';
import { startService } from './support/service.ts';
import { complaints, openPage, settled } from './support/site.ts';

/* Explaining and hearing on the real service with the sample shop: a warning is explained, sent, appealed, and taken back by a colleague. */

const PARAGRAPH = 'We are glad to help you choose the right size.';
let service: Awaited<ReturnType<typeof startService>>;
let chromium: TestBrowser;
let mailbox: Mailbox;
let shop: Shop;
let owner: Page;
let colleague: Page;
let customer: string;
const faults: unknown[] = [];

beforeAll(async () => {
  [service, chromium, mailbox] = await Promise.all([startService(), launchBrowser(), openMailbox()]);
  const { api } = service;
  const boss = await api.owner();
  const { import: run } = (await boss.post('/api/shops/tulip/sample')).json<{ import: string }>();
  for (;;) {
    const { status, error } = (await boss.get(`/api/shops/tulip/imports/${run}`)).json();
    if (status === 'failed') throw new Error(`The sample did not load: ${error}`);
    if (status === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const found = await api.deps.shops.bySlug('tulip');
  if (found === null) throw new Error('No shop');
  shop = found;
  await assessAllDue(api.deps, shop);
  const piet = { name: 'Piet Manager', email: 'piet@tulip.example', role: 'manager', password: PASSWORD };
  await boss.post('/api/shops/tulip/staff', piet);
  const other = api.visitor('192.0.2.2');
  await other.signIn(piet.email);
  [owner, colleague] = await Promise.all([pageOf(boss), pageOf(other)]);
}, 300_000);
afterAll(async () => {
  await chromium?.close();
  await mailbox?.close();
  await service?.close();
});

async function pageOf(visitor: Visitor): Promise<Page> {
  const page = await openPage(chromium.browser, service.origin);
  const [name = '', value = ''] = (visitor.cookie ?? '').split('=');
  await page.context().addCookies([{ name, value, url: service.origin }]);
  return page;
}
const go = async (page: Page, path: string) => {
  await page.goto(`/shops/tulip${path}`);
  await settled(page);
};
const dialogOf = (page: Page) => page.locator('[role=dialog]:not([data-toast])');
/** What the job does soon after every message that was written. */
async function deliverAll(): Promise<void> {
  const deps = { ...deliveryOf(service.api.deps), onFault: (fault: unknown) => void faults.push(fault) };
  while (await deliver(deps, shop));
  expect(faults).toEqual([]);
}
async function detailOf(page: Page): Promise<ResponseOf<'GET /api/shops/:shop/customers/:id'>> {
  const answer = await page.request.get(`/api/shops/tulip/customers/${customer}`);
  return answer.json();
}

it('shows what a customer will read before it is approved, and looks through the shop’s own words', async () => {
  await go(owner, '/review?gravity=minor');
  await owner.getByRole('list', { name: 'Proposals' }).getByRole('link').filter({ hasText: 'Warn' }).first().click();
  await owner
    .locator('article')
    .getByText(/^Warn: /)
    .waitFor();
  customer = (await owner.locator('article h2 a').getAttribute('href'))?.split('/').at(-1) ?? '';
  await owner.getByLabel('Language', { exact: true }).waitFor();
  expect(await owner.getByLabel('Language', { exact: true }).locator('option').count()).toBeGreaterThan(0);
  await owner.getByText(/There is no mail server yet/).waitFor();
  await owner.getByRole('button', { name: 'Add a paragraph of your own' }).click();
  const paragraph = owner.getByLabel('A paragraph of your own');
  await paragraph.fill('You are a thief and an idiot.');
  await owner.getByText('Change the marked words before this can be sent.').waitFor();
  expect(await owner.getByRole('button', { name: /^Warn until/ }).isDisabled()).toBe(true);
  await paragraph.fill(PARAGRAPH);
  await owner.locator('article [lang]').getByText(PARAGRAPH).first().waitFor();
  expect(await accessibilityFindings(owner)).toEqual([]);
  await owner.getByRole('button', { name: /^Warn until/ }).click();
  await owner
    .getByText(/is warned until/)
    .first()
    .waitFor();
});

it('keeps the notice in the outbox while there is no mail server, to be read and printed', async () => {
  await deliverAll();
  await go(owner, '/outbox');
  await owner.getByText('There is no mail server yet.').waitFor();
  await owner.getByRole('button', { name: 'A decision was taken' }).first().click();
  const dialog = dialogOf(owner);
  await dialog.getByText(PARAGRAPH).waitFor();
  expect(await accessibilityFindings(owner)).toEqual([]);
  const print = await dialog.getByRole('link', { name: 'Print' }).getAttribute('href');
  const printed = await owner.request.get(print ?? '');
  expect(printed.status()).toBe(200);
  expect(await printed.text()).toContain(PARAGRAPH);
});

it('sends it once a mail server is set, and shows what the server says to a test', async () => {
  await go(owner, '/settings?tab=mail');
  await owner.getByLabel('Server', { exact: true }).fill(mailbox.server.host);
  await owner.getByRole('radio', { name: 'None' }).check();
  await owner.getByLabel('Port').fill(String(mailbox.server.port));
  await owner.getByLabel('Sender’s address').fill('care@tulip.example');
  await owner.getByRole('button', { name: 'Save' }).click();
  await owner.getByText('The mail server is set.').first().waitFor();
  await owner.getByRole('button', { name: 'Send a test to myself' }).click();
  await owner.getByText('The server took the message. Look into your mailbox.').waitFor();
  await deliverAll();
  expect(mailbox.inbox.some((each) => each.mail.text?.includes(PARAGRAPH))).toBe(true);
  await go(owner, '/outbox?tab=sent');
  await owner.getByRole('button', { name: 'A decision was taken' }).first().waitFor();
});

it('is told on the customer’s page, word for word', async () => {
  await go(owner, `/customers/${customer}`);
  const told = owner.getByRole('heading', { name: 'What they were told' }).locator('..').getByRole('button').first();
  expect(await told.innerText()).toMatch(/\nsent/);
  await told.click();
  await dialogOf(owner).getByText(PARAGRAPH).waitFor();
});

it('shows an appeal at once, to everybody but who took the decision as theirs to hear', async () => {
  const { measures } = await detailOf(owner);
  const measure = measures.find((each) => each.state === 'active');
  const timeline = await owner.request.get(`/api/shops/tulip/customers/${customer}/timeline?family=returns&limit=5`);
  const { items } = (await timeline.json()) as ResponseOf<'GET /api/shops/:shop/customers/:id/timeline'>;
  const filed = await fileAppeal(service.api.deps, shop, id<CustomerId>(customer), {
    measure: id<MeasureId>(measure?.id ?? ''),
    type: 'appeal',
    ground: 'shop_fault',
    text: 'De naden lieten los. <b>Vraag het uw collega’s.</b>',
    disputed: items.slice(0, 1).map((each) => id<EventId>(each.id)),
    files: [],
    language: 'nl',
  });
  if (!filed.ok) throw new Error(filed.error.why);
  await go(owner, '');
  await owner.getByRole('heading', { name: 'Appeals waiting for an answer' }).waitFor();
  await go(owner, `/appeals/${filed.value.appeal}`);
  await owner.getByText(/You approved this measure/).waitFor();
  await owner.getByText('De naden lieten los. <b>Vraag het uw collega’s.</b>').waitFor();
  expect(await owner.getByRole('button', { name: 'Decide' }).count()).toBe(0);
});

it('is taken by a colleague, tried out, upheld, and the customer stands well again', async () => {
  await go(colleague, '/appeals');
  await colleague.getByRole('row').nth(1).getByRole('link').click();
  await colleague.getByRole('button', { name: 'Take it' }).waitFor();
  await colleague.keyboard.press('t');
  await colleague.getByText('You are hearing this appeal now.').first().waitFor();
  await colleague.getByText('This amounts to rejecting the appeal.').waitFor();
  const faults = colleague.getByRole('radio', { name: 'Our own fault' });
  for (let nth = 0; nth < (await faults.count()); nth += 1) await faults.nth(nth).check();
  await colleague.getByText('This amounts to upholding the appeal.').waitFor();
  expect(await accessibilityFindings(colleague)).toEqual([]);
  await colleague.getByRole('button', { name: 'Decide' }).click();
  const dialog = dialogOf(colleague);
  await dialog.getByLabel(/Your reasons/).fill('U hebt gelijk: de artikelen hadden een fout van ons.');
  await dialog.getByRole('button', { name: 'Uphold the appeal' }).click();
  await colleague
    .getByText(/^Upheld\./)
    .first()
    .waitFor();
  await colleague.getByText(/^Upheld by/).waitFor();
  expect((await detailOf(colleague)).measures.filter((each) => each.state === 'active')).toEqual([]);
  await deliverAll();
  await go(colleague, '/outbox?tab=sent');
  await colleague.getByRole('button', { name: 'Your appeal was decided' }).waitFor();
});

it('complains about nothing', () => {
  expect([...complaints(owner), ...complaints(colleague)]).toEqual([]);
});

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProposalRow } from '../../src/contracts/review.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { OWNER, PASSWORD } from '../support/api.ts';
import { changed, smallPolicy } from '../support/policy.ts';
import { accessibilityFindings } from './support/axe.ts';
import { launchBrowser, type TestBrowser } from './support/chromium.ts';
import { startService } from './support/service.ts';
import { complaints, openPage, settled, signIn } from './support/site.ts';

/* What Home counts, on the real service: each figure leads to the list of just that, which can be sent on and let go of. */

const S = '/api/shops/tulip';
const PEOPLE = ['Marta Wiśniewska', 'Joost van Dijk', 'Sanne Mulder', 'Tomasz Kowalczyk'];

describe('a figure on Home', () => {
  let service: Awaited<ReturnType<typeof startService>>;
  let chromium: TestBrowser;
  let page: Page;
  let rows: readonly ProposalRow[];

  beforeAll(async () => {
    [service, chromium] = await Promise.all([startService(), launchBrowser()]);
    const { api } = service;
    const owner = await api.owner();
    const colleague = async (name: string, role: string) => {
      const email = `${name.toLowerCase()}@tulip.example`;
      await owner.post(`${S}/staff`, { name, email, role, password: PASSWORD });
      const visitor = api.visitor();
      await visitor.signIn(email);
      return visitor;
    };
    const [adam, mia] = [await colleague('Adam', 'agent'), await colleague('Mia', 'manager')];
    await owner.send('PATCH', `${S}/settings`, { secondApprovalForBlocks: true });
    const { version } = (await owner.get(`${S}/policy`)).json();
    const block = changed(smallPolicy, ['grave_starts_at: {step: 2', 'grave_starts_at: {step: 3']);
    const published = await owner.post(`${S}/policy/publish`, {
      source: block,
      note: 'Blocks.',
      expectedVersion: version,
    });
    expect(published.statusCode, published.payload).toBe(200);
    const shop = await api.deps.shops.bySlug('tulip');
    if (shop === null) throw new Error('No shop');
    const occurredAt = new Date(Date.now() - 5 * 86_400_000).toISOString();
    await recordEvents(
      api.deps,
      shop,
      PEOPLE.map((name, index) => ({
        kind: 'message.received',
        id: `m${index}`,
        occurredAt,
        customer: { externalId: `${index}`, name },
        body: { message: `M${index}`, channel: 'email', labels: ['threat_of_violence'] },
      })),
    );
    await assessAllDue(api.deps, shop);
    rows = (await owner.get(`${S}/review`)).json().items;
    const of = (name: string) => rows.find((row) => row.customer.name === name);
    const { id } = (await owner.get('/api/session')).json().staff;
    await adam.post(`${S}/review/${of(PEOPLE[0] ?? '')?.id}/ask`, { colleague: id, question: 'Do you know her?' });
    const second = `${S}/review/${of(PEOPLE[1] ?? '')?.id}`;
    await mia.post(`${second}/approve`, { seen: (await mia.get(second)).json().seen });
    for (const [name, days] of [
      [PEOPLE[2], 3],
      [PEOPLE[3], 30],
    ] as const)
      await owner.post(`${S}/customers/${of(name ?? '')?.customer.id}/measures`, {
        type: 'warning',
        until: new Date(Date.now() + days * 86_400_000).toISOString(),
        reason: 'Agreed by phone.',
      });
    page = await openPage(chromium.browser, service.origin);
    await signIn(page, OWNER);
    await page.getByRole('heading', { name: 'How your customers stand' }).waitFor();
  });
  afterAll(async () => {
    await chromium?.close();
    await service?.close();
  });

  const tile = (name: string): Locator => page.getByRole('list', { name: 'Also waiting' }).getByRole('link', { name });
  const shown = async (list: Locator) => {
    const text = await list.innerText();
    return PEOPLE.filter((name) => text.includes(name));
  };

  it.each([
    ['Asked of you', 'waitingFor=me', [PEOPLE[0]]],
    ['Second approval', 'waitingFor=second', [PEOPLE[1]]],
  ])('"%s" leads to those proposals, and all that waits is one choice away', async (name, search, people) => {
    await page.getByRole('navigation').getByRole('link', { name: 'Home' }).click();
    expect(await tile(name).innerText()).toMatch(/^1\b/);
    await tile(name).click();
    await page.waitForURL(new RegExp(`/review/.*\\?${search}$`));
    const queue = page.getByRole('list', { name: 'Proposals' });
    await expect.poll(() => shown(queue)).toEqual(people);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.reload();
    await settled(page);
    await expect.poll(() => shown(queue)).toEqual(people);
    await page.getByLabel('Show').selectOption('Waiting');
    await expect.poll(() => shown(queue).then((all) => all.length)).toBe(rows.length);
    expect(new URL(page.url()).search).toBe('');
  });

  it('"Ending within a week" leads to those measures, and all in force are one choice away', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Home' }).click();
    await tile('Ending within a week').click();
    await page.waitForURL(/\/measures\?ending=week$/);
    const table = page.getByRole('main');
    await expect.poll(() => shown(table)).toEqual([PEOPLE[2]]);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('Show').selectOption('In force');
    await expect.poll(() => shown(table)).toEqual([PEOPLE[2], PEOPLE[3]]);
    expect(new URL(page.url()).search).toBe('');
  });

  it('says what would stand there when nothing does, and gives the way out', async () => {
    const [asked] = rows.filter((row) => row.customer.name === PEOPLE[0]);
    const owner = service.api.visitor();
    await owner.signIn(OWNER.email);
    await owner.post(`${S}/review/${asked?.id}/decline`, { reason: 'A misunderstanding.' });
    await page.goto('/shops/tulip/review?waitingFor=me');
    await page.getByText('Nobody asks for your view').waitFor();
    await page.getByRole('button', { name: 'Show all that waits' }).click();
    await page
      .getByText(PEOPLE[1] ?? '')
      .first()
      .waitFor();
    expect(complaints(page)).toEqual([]);
  });
});

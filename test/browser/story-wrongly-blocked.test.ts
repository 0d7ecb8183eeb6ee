import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { photo } from '../support/files.ts';
import { accessibilityFindings } from './support/axe.ts';
import { type Stories, type StoryShop, startStories, type Told } from './support/story.ts';

/* Somebody is blocked for returns that came torn from the shop itself, appeals, and a colleague sees that they are right. */

const policy = readFileSync(join(import.meta.dirname, '..', '..', 'policies', 'fair-play.yaml'), 'utf8');

const eur = (amount: number) => ({ amount, currency: 'EUR' });
let number = 0;

/** An order that came back damaged, as the warehouse had it. */
function torn(days: number): readonly Told[] {
  number += 1;
  const order = `T-${number}`;
  const parcel = { return: `R-${order}`, order, lines: [], value: eur(90_00), reason: 'not_as_expected', by: 'parcel' };
  return [
    { kind: 'order.placed', days: days - 9, body: { order, total: eur(90_00), lines: [] } },
    { kind: 'return.received', days: days - 1, body: parcel },
    { kind: 'return.inspected', days, body: { return: `R-${order}`, grade: 'damaged' } },
  ];
}
const kept = (days: number): Told => ({
  kind: 'order.placed',
  days,
  body: { order: `K-${++number}`, total: eur(20_00), lines: [] },
});

let stories: Stories;
beforeAll(async () => {
  stories = await startStories();
}, 240_000);
afterAll(() => stories?.close());

/** Everything the customer did came from the shop's own sewing; it takes four decisions until somebody hears it. */
async function decided(shop: StoryShop): Promise<void> {
  await shop.tells([...[-120, -100, -80, -70, -60].flatMap(torn), kept(-50)]);
  const mia = await shop.staff('mia');
  await shop.approves(mia, 'warning');
  await shop.mail('notices.subject.started.warning');
  await shop.later('40 days');
  await shop.tells([-36, -35, -34].flatMap(torn));
  const then = await shop.staff('mia');
  await shop.approves(then, 'restriction');
  await shop.mail('notices.subject.started.restriction');
  await shop.later('70 days');
  await shop.tells([-60, -50].flatMap(torn));
  const last = await shop.staff('mia');
  await shop.approves(last, 'block');
  // The same parcels, once more: they are also most of what was bought.
  await shop.approves(last, 'warning');
  await shop.mail('notices.subject.started.warning');
}

describe.each(['he', 'pl'])('in %s: who is blocked for the shop’s own faults', (code) => {
  it('appeals without scripts, is heard by a colleague, and every measure goes', { timeout: 180_000 }, async () => {
    const shop = await stories.shop(code, policy);
    const { say, words, language } = shop;
    await decided(shop);

    const block = await shop.mail('notices.subject.started.block');
    expect(block.html).toContain(`lang="${code}" dir="${language.dir}"`);
    await shop.lookAtMail(block, 'notice-block');

    const customer = await shop.customer({ scripts: false });
    await shop.open(customer, block);
    await customer.getByText(say('notices.title.evidence')).first().waitFor();
    const decision = customer.url();
    await shop.look(customer, 'decision');
    await customer.goto(`/c/${shop.slug}/standing`);
    await shop.look(customer, 'standing-blocked');
    await customer.goto(decision);
    await customer.getByRole('link', { name: say('portal.decision.disagree') }).click();
    await customer.locator('input[value=shop_fault]').check();
    const disputed = customer.locator('input[name=disputed]');
    const count = await disputed.count();
    expect(count).toBeGreaterThanOrEqual(9);
    for (let nth = 0; nth < count; nth += 1) await disputed.nth(nth).check();
    await customer.locator('textarea').fill(shop.written.torn);
    await customer.locator('input[type=file]').setInputFiles({
      name: 'seam.jpg',
      mimeType: 'image/jpeg',
      buffer: await photo('jpeg', { width: 640, height: 480 }),
    });
    await shop.look(customer, 'appeal');
    await customer.locator('main form button').click();
    await customer.getByRole('heading', { name: say('portal.filed.title') }).waitFor();
    await customer.getByText(shop.written.torn).waitFor();
    await shop.look(customer, 'acknowledged');
    const appeal = new URL(customer.url()).pathname;
    const acknowledged = await shop.mail('notices.subject.acknowledged');
    expect(acknowledged.text).not.toMatch(/Olga|Noor/);

    const mia = await shop.staff('mia');
    await openAppeal(mia, shop);
    await mia
      .getByText(words.like('appeals:act.from'))
      .or(mia.getByText(say('appeals.may.approved')))
      .first()
      .waitFor();
    expect(await mia.getByRole('button', { name: words.t('appeals:act.decide'), exact: true }).count()).toBe(0);

    const noor = await shop.staff('noor');
    await openAppeal(noor, shop);
    await noor.getByText(shop.written.torn).waitFor();
    await noor.getByRole('button', { name: words.t('appeals:act.take'), exact: true }).click();
    await noor.getByText(words.t('appeals:then.suggests.rejected')).waitFor();
    // What was just done is said above the answers, not over them.
    const said = await noor
      .locator('[data-toast]')
      .filter({ hasText: words.t('appeals:taken') })
      .boundingBox();
    const decide = await noor.getByRole('button', { name: words.t('appeals:act.decide'), exact: true }).boundingBox();
    expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThanOrEqual(decide?.y ?? 0);
    const ownFault = noor.getByRole('radio', { name: words.t('appeals:facts.shop_fault') });
    for (let nth = 0; nth < (await ownFault.count()); nth += 1) await ownFault.nth(nth).check();
    await noor.getByText(words.t('appeals:then.suggests.upheld')).waitFor();
    expect(await accessibilityFindings(noor)).toEqual([]);
    await shop.look(noor, 'review-marked');
    await noor.getByRole('button', { name: words.t('appeals:act.decide'), exact: true }).click();
    const dialog = noor.locator('[role=dialog]:not([data-toast])');
    await dialog.locator('textarea').fill(shop.written.upheld);
    await shop.look(noor, 'review-deciding');
    await dialog.getByRole('button', { name: words.t('appeals:decide.confirm.upheld') }).click();
    await noor.getByText(words.like('appeals:decide.done.upheld')).first().waitFor();
    await shop.look(noor, 'review-upheld');
    // The warning and the restriction before the block go too, and so does the warning that came after it.
    expect(await states(noor, shop)).toEqual(['voided', 'voided', 'voided', 'voided']);

    const answer = await shop.mail('notices.subject.decided.upheld');
    expect(answer.text).toContain(shop.written.upheld);
    expect(answer.text).not.toMatch(/Olga|Noor/);
    await noor.reload();
    // What they were told, the newest first: the answer, that the appeal was there, and the decision itself.
    for (const kind of ['appeal_decided', 'appeal_acknowledged', 'measure_started'])
      await noor.getByRole('button', { name: words.t(`events:notice.kind.${kind}`) }).waitFor();
    await customer.goto(appeal);
    await customer.getByRole('heading', { name: say('portal.follow.state.upheld') }).waitFor();
    await customer.getByText(shop.written.upheld).first().waitFor();
    await shop.look(customer, 'answer-upheld');
    await customer.goto(`/c/${shop.slug}/standing`);
    await customer.getByRole('heading', { name: say('portal.standing.good') }).waitFor();
    expect(await customer.getByText(say('portal.standing.ended.voided')).count()).toBe(4);
    await shop.look(customer, 'standing-good');
    // Whoever opens a decision that was undone reads first that it was wrong.
    await customer.locator('main a[href*="/decisions/"]').first().click();
    await customer.getByText(say('portal.standing.ended.voided')).waitFor();
    // Nothing is proposed again on what was the shop's own fault.
    const waiting = await noor.request.get(`/api/shops/${shop.slug}/review`);
    expect(await waiting.json()).toMatchObject({ items: [] });
  });
});

async function openAppeal(page: Page, shop: StoryShop): Promise<void> {
  await page.goto(`/shops/${shop.slug}/appeals`);
  await page.locator('main a[href*="/appeals/"]').first().click();
  await page.getByText(shop.words.t('appeals:was.title')).first().waitFor();
}

async function states(page: Page, shop: StoryShop): Promise<readonly string[]> {
  const answer = await page.request.get(`/api/shops/${shop.slug}/measures`);
  return ((await answer.json()) as { items: { state: string }[] }).items.map(({ state }) => state);
}

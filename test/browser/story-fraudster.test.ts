import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultShopSettings } from '../../src/ports.ts';
import { photo } from '../support/files.ts';
import { laws } from '../support/laws.ts';
import { changed } from '../support/policy.ts';
import { accessibilityFindings } from './support/axe.ts';
import { type Stories, startStories, type Told } from './support/story.ts';

/* Somebody takes back money they owe, is blocked without a warning, appeals in vain, and tries again with nothing new. */

const policy = changed(
  readFileSync(join(import.meta.dirname, '..', '..', 'policies', 'fair-play.yaml'), 'utf8'),
  [
    `payments taken back by your bank although we had delivered.
    advice: Write to us first when something is wrong; we answer, and pay back what we owe.
    gravity: serious`,
    `payments taken back by your bank although we had delivered.
    advice: Write to us first when something is wrong; we answer, and pay back what we owe.
    gravity: grave`,
  ],
  [
    `reason: fraudulent, ends: won, times: 2, every: 14 days}
        at: 2025-09-01
        expect: {fires: true, step: 1,`,
    `reason: fraudulent, ends: won, times: 2, every: 14 days}
        at: 2025-09-01
        expect: {fires: true, step: 3,`,
  ],
  [
    `      - {do: block, surfaces: [purchase], for: 1 year, after_previous: 60 days}
`,
    `      - {do: block, surfaces: [purchase], for: 1 year, after_previous: 60 days}
    grave_starts_at: {step: 3, because: fraud}
`,
  ],
);

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const disputed = (order: string, days: number): readonly Told[] => [
  { kind: 'order.placed', days, body: { order, total: eur(300_00), lines: [] } },
  { kind: 'order.delivered', days: days + 3, body: { order } },
  {
    kind: 'payment.disputed',
    days: days + 10,
    body: { dispute: `D-${order}`, order, amount: eur(300_00), reason: 'fraudulent' },
  },
  { kind: 'payment.dispute_won', days: days + 25, body: { dispute: `D-${order}` } },
];

let stories: Stories;
beforeAll(async () => {
  stories = await startStories();
}, 240_000);
afterAll(() => stories?.close());

describe.each(['he', 'zh'])('in %s: who is blocked for fraud', (code) => {
  it('hears why no warning came, appeals in vain, and needs something new', { timeout: 180_000 }, async () => {
    const shop = await stories.shop(code, policy);
    const { say, words } = shop;
    await shop.tells([...disputed('F-1', -130), ...disputed('F-2', -120)]);
    const mia = await shop.staff('mia');
    await shop.approves(mia, 'block');
    const block = await shop.mail('notices.subject.started.block');
    expect(block.text).toContain(say('notices.started.skipped.fraud'));
    await shop.lookAtMail(block, 'notice-fraud');

    const customer = await shop.customer();
    await shop.open(customer, block);
    const decision = new URL(customer.url()).pathname;
    await customer.getByText(say('notices.started.skipped.fraud')).waitFor();
    await shop.look(customer, 'decision-fraud');
    const proof = { name: 'card.png', mimeType: 'image/png', buffer: await photo('png') };
    await file(customer, decision, { ground: 'not_me', text: shop.written.notMe, files: [proof] });
    await customer.getByRole('heading', { name: say('portal.filed.title') }).waitFor();
    const appeal = new URL(customer.url()).pathname;
    await shop.mail('notices.subject.acknowledged');

    const noor = await shop.staff('noor');
    await noor.getByRole('link', { name: shop.written.customer }).first().click();
    await noor.getByText(shop.written.notMe).waitFor();
    await noor.getByRole('button', { name: words.t('appeals:act.take'), exact: true }).click();
    await noor.getByText(words.t('appeals:taken')).first().waitFor();
    await noor.getByText(words.t('appeals:then.suggests.rejected')).waitFor();
    await noor.getByRole('button', { name: /card\.png/ }).click();
    const picture = noor.getByRole('dialog', { name: 'card.png' });
    await picture.getByRole('img', { name: 'card.png' }).waitFor();
    await noor.keyboard.press('Escape');
    await picture.waitFor({ state: 'detached' });
    expect(await accessibilityFindings(noor)).toEqual([]);
    await shop.look(noor, 'review-fraud');
    await noor.getByRole('button', { name: words.t('appeals:act.decide'), exact: true }).click();
    const dialog = noor.locator('[role=dialog]:not([data-toast])');
    await dialog.locator('textarea').fill(shop.written.rejected);
    await dialog.getByRole('button', { name: words.t('appeals:decide.confirm.rejected') }).click();
    await noor.getByText(words.like('appeals:decide.done.rejected')).first().waitFor();

    const answer = await shop.mail('notices.subject.decided.rejected');
    expect(answer.text).toContain(shop.written.rejected);
    expect(answer.text).not.toMatch(/Olga|Noor/);
    // Where to go next: out of court, and for personal data.
    const { bodies } = laws.of({ jurisdictions: ['NL'], settings: defaultShopSettings });
    expect(bodies.length).toBeGreaterThan(0);
    for (const { url } of bodies) expect(answer.text).toContain(new URL(url).host);
    await shop.lookAtMail(answer, 'notice-rejected');
    await customer.goto(appeal);
    await customer.getByRole('heading', { name: say('portal.follow.state.rejected') }).waitFor();
    await customer.getByText(shop.written.rejected).first().waitFor();
    await shop.look(customer, 'answer-rejected');
    expect(await accessibilityFindings(customer)).toEqual([]);

    // Other words, another ground and the same picture under another name are nothing new.
    await file(customer, decision, {
      ground: 'wrong_facts',
      text: shop.written.again,
      files: [{ ...proof, name: 'new.png' }],
    });
    await customer.getByText(say('appeals.refused.nothing-new')).first().waitFor();
    // What was written is still there, to be sent with something new.
    expect(await customer.locator('textarea').inputValue()).toBe(shop.written.again);
    expect(await customer.locator('input[value=wrong_facts]').isChecked()).toBe(true);
    expect(await accessibilityFindings(customer)).toEqual([]);
    await shop.look(customer, 'refused-again');
    await customer.goto(`/c/${shop.slug}/standing`);
    expect(await customer.locator(`a[href*="/appeals/"]`).count()).toBe(1);
    await noor.goto(`/shops/${shop.slug}/appeals`);
    await noor.getByText(words.t('appeals:empty.open')).waitFor();
    await shop.look(noor, 'appeals-none');
  });
});

interface Filing {
  readonly ground: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }[];
}

async function file(page: Page, decision: string, { ground, text, files }: Filing): Promise<void> {
  await page.goto(`${decision}/appeal`);
  await page.locator(`input[value=${ground}]`).check();
  await page.locator('textarea').fill(text);
  await page.locator('input[type=file]').setInputFiles([...files]);
  await page.locator('main form button').click();
}

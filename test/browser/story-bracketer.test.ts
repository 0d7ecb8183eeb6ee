import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changed } from '../support/policy.ts';
import { accessibilityFindings } from './support/axe.ts';
import { type Stories, startStories, type Told } from './support/story.ts';

/* Somebody orders every size and sends most of it back, is warned, changes, and the warning ends early by itself. */

const policy = changed(readFileSync(join(import.meta.dirname, '..', '..', 'policies', 'fair-play.yaml'), 'utf8'), [
  '{do: warning, for: 180 days, lift: {clean_for: 90 days}}',
  '{do: warning, for: 180 days, lift: {clean_for: 90 days, orders_kept: 2}}',
]);

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const dress = (variant: string) => ({ article: 'dress', variant, quantity: 1 });

const buys = (order: string, days: number, sizes: readonly string[]): Told => ({
  kind: 'order.placed',
  days,
  body: { order, total: eur(sizes.length * 60_00), lines: sizes.map(dress) },
});
const sendsBack = (order: string, days: number, sizes: readonly string[]): Told => ({
  kind: 'return.received',
  days,
  body: {
    return: `R-${order}`,
    order,
    lines: sizes.map(dress),
    value: eur(sizes.length * 60_00),
    reason: 'ordered_several',
    by: 'parcel',
  },
});
/** Seven orders of three sizes in seven months, of each of which one stayed. */
const habit = Array.from({ length: 7 }, (_, index) => [
  buys(`B-${index + 1}`, -240 + index * 25, ['S', 'M', 'L']),
  sendsBack(`B-${index + 1}`, -230 + index * 25, ['S', 'L']),
]).flat();

let stories: Stories;
beforeAll(async () => {
  stories = await startStories();
}, 240_000);
afterAll(() => stories?.close());

describe.each(['he', 'nl', 'en'])('in %s: who orders every size', (code) => {
  it('is warned, changes, and reads that the warning has ended early', { timeout: 120_000 }, async () => {
    const shop = await stories.shop(code, policy);
    const { say, words } = shop;
    await shop.tells(habit);
    const mia = await shop.staff('mia');
    await shop.approves(mia, 'warning');
    const warning = await shop.mail('notices.subject.started.warning');
    expect(warning.html).toContain(`lang="${code}" dir="${shop.language.dir}"`);
    expect(warning.text).toContain('B-7');
    expect(warning.text).not.toContain('Olga');

    const customer = await shop.customer();
    await shop.open(customer, warning);
    await customer.getByText(say('notices.started.lead.warning')).waitFor();
    await customer.getByText(say('notices.solutions.sizes')).waitFor();
    await shop.look(customer, 'warning');
    expect(await accessibilityFindings(customer)).toEqual([]);

    // One size at a time, and what comes stays.
    await shop.later('5 days');
    await shop.tells([buys('B-8', 0, ['M'])]);
    await shop.later('10 days');
    await shop.tells([buys('B-9', 0, ['M'])]);
    await shop.later('45 days');
    await customer.goto(warning.links.find((link) => link.includes('/open/')) ?? '');
    await customer.getByText(say('portal.link.usedTitle')).first().waitFor();
    await customer.locator('main form button').click();
    const [number = ''] = (await shop.mail('portal.mail.codeSubject')).codes;
    await customer.locator('input[name=code]').fill(number);
    await customer.locator('main form button').first().click();
    await customer.waitForURL('**/standing');
    await customer.getByText(say('portal.standing.liftOrders', { done: 2, needed: 2 })).waitFor();
    await customer.getByText(say('portal.standing.liftDays', { done: 60, needed: 90 })).waitFor();
    await shop.look(customer, 'standing-warned');

    // Nobody does anything: it is another customer's order by which a new day is noticed.
    await shop.later('31 days');
    await shop.tells([buys('X-1', 0, ['S'])], 'another');
    const lifted = await shop.mail('notices.subject.lifted');
    expect(lifted.text).toContain(say('notices.lifted.because.earned'));
    await shop.open(customer, lifted);
    await customer.goto(`/c/${shop.slug}/standing`);
    await customer.getByText(say('portal.standing.ended.earned')).waitFor();
    await shop.look(customer, 'standing-lifted');

    const desk = await shop.staff('mia');
    await desk.goto(`/shops/${shop.slug}/measures`);
    await desk.getByText(words.t('measures:empty.title')).waitFor();
    await desk.goto(`/shops/${shop.slug}/customers`);
    await desk.getByRole('link', { name: shop.written.customer }).click();
    await desk.getByText(words.t('events:measure.lifted.earned')).first().waitFor();
    await shop.look(desk, 'customer-lifted');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HearingDesk, hearingDesk } from '../support/hearing-desk.ts';
import { changed, smallPolicy } from '../support/policy.ts';
import { expectMail, type StoryMail, storyLanguages, storyMail } from '../support/story-mail.ts';

/* Somebody orders every size and sends most back, is warned, changes, and the warning ends early by itself. */

const policy = changed(
  smallPolicy,
  [
    `        - {metric: return_rate_by_value, over: 12 months, at_least: 50 %}
        - {metric: returns, over: 12 months, at_least: 3}`,
    `        - {metric: bracketing_rate, over: 12 months, at_least: 50 %}
        - {metric: bracketing_orders, over: 12 months, at_least: 3}`,
  ],
  ['title: Sends most of it back', 'title: Orders every size'],
  ['{clean_for: 90 days, orders_kept: 1}', '{clean_for: 60 days, orders_kept: 3}'],
);

let database: TestDatabase;
let desk: HearingDesk;
let mail: StoryMail;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = await hearingDesk(database);
  mail = await storyMail(desk.deps);
});
afterAll(async () => {
  await mail.close();
  await desk.close();
  await database.drop();
});

const dress = (variant: string) => ({ article: 'dress', variant, quantity: 1 });
const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe.each(storyLanguages)('in %s: who orders every size', (language) => {
  it('is warned, changes, and has the warning lifted early', async () => {
    const scene = await desk.scene({ policy, languages: [language] });
    const { shop } = scene;
    const orders = async (number: number, sizes: readonly string[]) => {
      await scene.tells('order.placed', {
        order: `B${number}`,
        total: eur(sizes.length * 60_00),
        lines: sizes.map(dress),
      });
    };
    for (const number of [1, 2, 3]) {
      await orders(number, ['S', 'M', 'L']);
      desk.clock.later('7 days');
      await scene.tells('return.received', {
        return: `B${number}`,
        order: `B${number}`,
        value: eur(120_00),
        reason: 'ordered_several',
        lines: ['S', 'L'].map(dress),
        by: 'parcel',
      });
    }
    desk.clock.later('35 days');
    const warning = await scene.approves(scene.mia);
    expect(await scene.standing()).toBe('warned');
    const [warned, ...others] = await mail.delivered(shop);
    expect(others).toEqual([]);
    expectMail(warned, language, shop, 'started.warning');
    // What helps comes with it, and the facts it rests on: the orders, without anybody else's.
    expect(warned?.text).toContain('B1');
    expect(warned?.links.length).toBeGreaterThan(0);

    for (const number of [4, 5, 6]) {
      desk.clock.later('5 days');
      await orders(number, ['M']);
    }
    desk.clock.later('30 days');
    expect(await scene.standing()).toBe('warned');
    expect(await mail.delivered(shop)).toEqual([]);

    desk.clock.later('25 days');
    await scene.standing();
    expect(await scene.measures()).toMatchObject([{ id: warning, state: 'lifted', endedBecause: 'earned' }]);
    expect(await scene.standing()).not.toBe('warned');
    expect(await scene.kinds()).toContain('measure.lifted');
    const [lifted, ...more] = await mail.delivered(shop);
    expect(more).toEqual([]);
    expectMail(lifted, language, shop, 'lifted');
  });
});

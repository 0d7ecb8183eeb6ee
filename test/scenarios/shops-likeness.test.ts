import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { story as medusaStory } from '../../src/adapters/shops/medusa/fixtures/story.ts';
import { medusa } from '../../src/adapters/shops/medusa/platform.ts';
import { createPlatforms } from '../../src/adapters/shops/platforms.ts';
import { story as shopifyStory } from '../../src/adapters/shops/shopify/fixtures/story.ts';
import { shopify } from '../../src/adapters/shops/shopify/platform.ts';
import { story as vendureStory } from '../../src/adapters/shops/vendure/fixtures/story.ts';
import { vendure } from '../../src/adapters/shops/vendure/platform.ts';
import { story as wooStory } from '../../src/adapters/shops/woocommerce/fixtures/story.ts';
import { woocommerce } from '../../src/adapters/shops/woocommerce/platform.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import { PolicyShelf } from '../../src/workflows/console/policy-shelf.ts';
import { Decisions } from '../../src/workflows/decide/decisions.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import { connectedShop } from '../support/connected.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, testClock, testJudgingDeps } from '../support/shop.ts';
import { hire, testStaff } from '../support/staff.ts';
import { testShopSystem } from '../support/test-shop-system.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/*
 * Ada's story comes in by the webhooks of a shop system, and she is blocked. Somebody of her name who lives where her bills went gives another
 * e-mail address and phone: a person looks. Where her hat was sent, and for whoever else lives with her, nothing happens.
 */
it.each([
  { platform: shopify, story: shopifyStory },
  { platform: woocommerce, story: wooStory },
  { platform: medusa, story: medusaStory },
  { platform: vendure, story: vendureStory },
])('knows a blocked customer of $platform.name who comes back by name and home', async ({ platform, story }) => {
  const clock = testClock('2026-04-10T12:00:00Z');
  const base = testJudgingDeps(database, clock);
  const deps = { ...base, policies: new PolicyShelf(base.store.policies) };
  const shop = await makeTestShop(database, clock);
  const system = { ...testShopSystem(), platforms: createPlatforms([platform]) };
  const own = await connectedShop(deps, shop, { platform: platform.name, source: platform.name }, system);
  await own.send(story.told.flatMap((step) => step.records));
  await own.readAll();
  const hash = deps.vault.identifierHash(shop.id, 'email', 'ada.story@example.com').toString('hex');
  const [ada] = (await deps.store.enforcement.customersOf(shop.id, [`email:${hash}`])).values();
  if (ada === undefined || story.home === null) throw new Error('The shop does not tell of Ada, or where she lives');

  const mia = await hire(testStaff(database, base.vault), clock, shop, 'Mia', 'manager');
  const taken = await takeMeasure(deps, shop, mia, ada, {
    ...{ type: 'block', obligations: [], surfaces: ['purchase'], evidence: [] },
    ...{ until: addPeriod(clock.now(), months(3)), reason: 'Parcels were emptied and sent back.' },
  });
  expect(taken.ok).toBe(true);
  const faults: unknown[] = [...own.broke];
  const wait = { pollMs: 3_600_000, flushMs: 3_600_000 };
  const decisions = new Decisions(deps, { ...wait, onFault: (error) => faults.push(error) });
  const asked = async (customer: object) => {
    const made = await decisions.decide(shop, { surface: 'purchase', customer });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return [made.value.outcome, ...made.value.reasons.map(({ kind }) => kind)];
  };
  const back = { email: 'quite.another@mail.example', phone: '+31687654321', name: 'Ada Story', address: story.home };
  await vi.waitFor(async () => expect(await asked(back)).toEqual(['review', 'likeness']), { timeout: 20_000 });
  const { street, ...area } = story.home;
  expect(await asked({ ...back, address: { ...area, street: street.toUpperCase() } })).toEqual(['review', 'likeness']);
  expect(await asked({ email: back.email, phone: back.phone, name: back.name })).toEqual(['allow']);
  expect(await asked({ ...back, name: 'Ben Story' })).toEqual(['allow']);
  const friend = { street: 'Domplein 2', postcode: '3512 JC', city: 'Utrecht', country: 'NL' };
  expect(await asked({ ...back, name: 'Bea Bakker', address: friend })).toEqual(['allow']);
  await decisions.close();
  expect(faults).toEqual([]);
});

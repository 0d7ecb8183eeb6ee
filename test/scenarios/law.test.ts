import { afterAll, beforeAll, expect, it } from 'vitest';
import { createShopStore } from '../../src/adapters/postgres/shops/shops.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { Shop } from '../../src/ports.ts';
import { changeShop } from '../../src/workflows/desk/shops.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import { publishPolicy } from '../../src/workflows/policy/publish.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { seenOf } from '../../src/workflows/review/seen.ts';
import { soften } from '../../src/workflows/review/soften.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { changed } from '../support/policy.ts';
import { blockingPolicy, type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

/** Whoever threatens is proposed to be kept from signing in. */
const lockingPolicy = changed(blockingPolicy, [
  '- {do: block, surfaces: [purchase], for: 1 year, after_previous: 7 days}',
  '- {do: block, surfaces: [purchase, login], for: 1 year, after_previous: 7 days}',
]);

describeOnEveryDatabase('the law of the shop', (makeDatabase) => {
  let database: TestDatabase;
  let desk: ReviewDesk;

  beforeAll(async () => {
    database = await makeDatabase();
    desk = reviewDesk(database);
    desk.clock.set('2026-11-22T12:00:00Z');
  });
  afterAll(() => database.drop());

  /** A shop with somebody who threatened, in another place than the shops of other tests. */
  async function shopIn(jurisdictions: readonly string[], policy?: string) {
    const scene = await desk.scene(policy);
    const shop = unwrap(await changeShop({ shops: createShopStore(database.db) }, scene.shop, { jurisdictions }));
    return { ...scene, shop };
  }

  const blockOf = (surfaces: readonly string[]) => ({
    type: 'block' as const,
    obligations: [],
    surfaces,
    until: addPeriod(desk.clock.now(), months(1)),
    reason: 'Threatened the courier.',
  });
  const take = async ({ shop, mia, proposal }: Awaited<ReturnType<typeof shopIn>>, surfaces: readonly string[]) =>
    takeMeasure(desk.deps, shop, mia, proposal.customer, { ...blockOf(surfaces), evidence: [] });

  it('refuses a block of returns in the Netherlands, and names the directive', async () => {
    const scene = await shopIn(['NL']);
    expect(await take(scene, ['return'])).toMatchObject({
      ok: false,
      error: { kind: 'invalid', field: 'surfaces', message: expect.stringContaining('Directive 2011/83/EU, art. 9') },
    });
    expect(await take(scene, ['login'])).toMatchObject({
      error: { message: expect.stringContaining('Directive (EU) 2023/2673, art. 11a') },
    });
    expect(await scene.since()).toEqual([]);
    expect(await take(scene, ['purchase'])).toMatchObject({ ok: true });
  });

  it('refuses it in the United States by the rules of the house', async () => {
    const scene = await shopIn(['US']);
    expect(await take(scene, ['return'])).toMatchObject({
      error: { field: 'surfaces', message: expect.stringContaining('(fairness rule 6)') },
    });
    expect(await take(scene, ['login'])).toMatchObject({ ok: true });
  });

  it('refuses it by the rules of the house where nothing is known of the law', async () => {
    expect(await take(await shopIn(['BR']), ['return'])).toMatchObject({
      error: { message: expect.stringContaining('(fairness rule 6)') },
    });
  });

  it('refuses to approve what a policy older than the law proposes, and lets something milder be done', async () => {
    const { shop, mia, proposal, since } = await shopIn(['NL'], lockingPolicy);
    expect(await approve(desk.deps, shop, mia, proposal.id, seenOf(proposal))).toMatchObject({
      error: {
        why: 'takes-a-right',
        kind: 'conflict',
        message: expect.stringContaining('Directive (EU) 2023/2673, art. 11a'),
      },
    });
    expect(await soften(desk.deps, shop, mia, proposal.id, seenOf(proposal), blockOf(['login']))).toMatchObject({
      error: { why: 'takes-a-right', kind: 'invalid' },
    });
    expect(await since()).toEqual([]);
    unwrap(await soften(desk.deps, shop, mia, proposal.id, seenOf(proposal), blockOf(['purchase'])));
  });

  it('lets it be approved where the shop says that withdrawal works without signing in', async () => {
    const scene = await shopIn(['NL'], lockingPolicy);
    const open: Shop = unwrap(
      await changeShop({ shops: createShopStore(database.db) }, scene.shop, { withdrawalWithoutSignIn: true }),
    );
    unwrap(await approve(desk.deps, open, scene.mia, scene.proposal.id, seenOf(scene.proposal)));
  });

  it('publishes no policy that takes a right, and names the source', async () => {
    const { shop } = await shopIn(['PL']);
    const publish = (where: Shop) =>
      publishPolicy(
        desk.deps,
        where,
        { id: null, name: 'Noor' },
        { source: lockingPolicy, note: 'Lock', expectedVersion: 1 },
      );
    expect(await publish(shop)).toMatchObject({
      ok: false,
      error: { kind: 'invalid', message: expect.stringContaining('art. 11a') },
    });
    expect(await publish((await shopIn(['US'])).shop)).toMatchObject({ ok: true });
  });
});

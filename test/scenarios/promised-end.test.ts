import { afterAll, beforeAll, expect, it } from 'vitest';
import { unwrap } from '../../src/core/shared/result.ts';
import { publishPolicy } from '../../src/workflows/policy/publish.ts';
import { standingPage } from '../../src/workflows/portal/standing-page.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HearingDesk, hearingDesk } from '../support/hearing-desk.ts';
import { changed, smallPolicy } from '../support/policy.ts';

let database: TestDatabase;
let desk: HearingDesk;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = await hearingDesk(database);
});
afterAll(async () => {
  await desk.close();
  await database.drop();
});

it('ends a warning as its notice promised, although a later policy promises nothing', async () => {
  const scene = await desk.scene();
  const { shop } = scene;
  for (let parcels = 0; parcels < 3; parcels += 1) await scene.sendsBack();
  desk.clock.later('40 days');
  const warning = await scene.approves(scene.mia);
  const source = changed(smallPolicy, [', lift: {clean_for: 90 days, orders_kept: 1}', '']);
  unwrap(
    await publishPolicy(
      desk.deps,
      shop,
      { id: null, name: 'Mia' },
      { source, note: 'No early ends.', expectedVersion: 1 },
    ),
  );
  desk.clock.later('10 days');
  await scene.buys();
  desk.clock.later('40 days');
  expect(await scene.standing()).toBe('warned');
  const page = await standingPage(desk.deps, shop, await scene.customer());
  expect(page.measures[0]?.progress).toMatchObject({ orders: { done: 1, needed: 1 }, days: { needed: 90 } });
  desk.clock.later('41 days');
  await scene.standing();
  expect(await scene.measures()).toMatchObject([{ id: warning, state: 'lifted', endedBecause: 'earned' }]);
});

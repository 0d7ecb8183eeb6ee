/**
 * A process of its own that fetches a shop's past in a test database until it is there, so that a test can kill one. Says each page that it
 * asks for.
 *
 *     node fetching-process.ts SERVICE_URL SLUG ORDERS
 */
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../src/adapters/clock.ts';
import { connect } from '../../src/adapters/postgres/connect.ts';
import { createShopStore } from '../../src/adapters/postgres/shops/shops.ts';
import { fetchHistory } from '../../src/workflows/shops/history.ts';
import { longPast } from './long-past.ts';
import { testJudgingDeps } from './shop.ts';
import { testShopSystem } from './test-shop-system.ts';

const [url = '', slug = '', orders = ''] = process.argv.slice(2);
const { db, close } = connect(url, 3);
const shop = await createShopStore(db).bySlug(slug);
if (shop === null) throw new Error(`No shop ${slug}`);
const system = testShopSystem();
system.past = longPast(Number(orders));
system.pageSize = 20;
system.onPage = (cursor) => process.stdout.write(`page ${JSON.stringify(cursor)}\n`);
const deps = {
  ...testJudgingDeps({ db }, systemClock),
  platforms: system.platforms,
  fetch,
  onFault: (error: unknown) => console.error(error),
};
while (await fetchHistory(deps, shop)) await setTimeout(1);
await close();

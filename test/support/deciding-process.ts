/**
 * A process of its own that decides for a shop of a test database, and answers its parent.
 *
 *     node deciding-process.ts SERVICE_URL SLUG NAME [told|polls]
 *
 * told: hears of changes and never asks; polls: asks and never hears; without either it does both.
 */
import { systemClock } from '../../src/adapters/clock.ts';
import { createChangeFeed } from '../../src/adapters/postgres/change-feed.ts';
import { connect } from '../../src/adapters/postgres/connect.ts';
import { createShopStore } from '../../src/adapters/postgres/shops/shops.ts';
import { PolicyShelf } from '../../src/workflows/console/policy-shelf.ts';
import { Decisions } from '../../src/workflows/decide/decisions.ts';
import { testDeps } from './shop.ts';

export type Asked = { readonly stop: true } | { readonly number: number; readonly externalId: string };
export interface Told {
  readonly number: number;
  readonly outcome: string;
}

const [url = '', slug = '', , only] = process.argv.slice(2);
const { db, close } = connect(url, 3);
const deps = testDeps({ db }, systemClock);
const shop = await createShopStore(db).bySlug(slug);
if (shop === null) throw new Error(`No shop ${slug}`);
const decisions = new Decisions(
  { ...deps, policies: new PolicyShelf(deps.store.policies) },
  {
    changes: only === 'polls' ? null : createChangeFeed(url),
    ...(only === 'told' ? { pollMs: 3_600_000 } : {}),
    onFault: (error) => console.error(error),
  },
);
await decisions.warm(shop);

process.on('message', async (asked: Asked) => {
  if ('stop' in asked) {
    await decisions.close();
    await close();
    process.disconnect();
    return;
  }
  const made = await decisions.decide(shop, { surface: 'purchase', customer: { externalId: asked.externalId } });
  process.send?.({ number: asked.number, outcome: made.ok ? made.value.outcome : 'refused' } satisfies Told);
});
process.send?.({ number: 0, outcome: 'ready' } satisfies Told);

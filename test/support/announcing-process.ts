/**
 * A process of its own that tells other systems what a shop of a test database has to say, so that a test can kill one.
 *
 *     node announcing-process.ts SERVICE_URL SLUG
 */
import { systemClock } from '../../src/adapters/clock.ts';
import { createHookWire } from '../../src/adapters/net/hook-wire.ts';
import { connect } from '../../src/adapters/postgres/connect.ts';
import { createShopStore } from '../../src/adapters/postgres/shops/shops.ts';
import { announceDue } from '../../src/workflows/announce/announce-due.ts';
import { testDeps } from './shop.ts';

const [url = '', slug = ''] = process.argv.slice(2);
const { db, close } = connect(url, 3);
const shop = await createShopStore(db).bySlug(slug);
if (shop === null) throw new Error(`No shop ${slug}`);
const deps = testDeps({ db }, systemClock);
await announceDue(
  {
    ...deps,
    hookWire: createHookWire(deps.vault, { allowPrivate: true }),
    onFault: (error) => console.error(error),
  },
  shop,
);
await close();

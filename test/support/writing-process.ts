/**
 * A process of its own that writes to a shop of a test database, so that tests can have two at once or kill one.
 *
 *     node writing-process.ts append SERVICE_URL SLUG NAME COUNT
 *     node writing-process.ts import SERVICE_URL SLUG FORMAT FILE
 */
import { systemClock } from '../../src/adapters/clock.ts';
import { connect } from '../../src/adapters/postgres/connect.ts';
import { createShopStore } from '../../src/adapters/postgres/shops/shops.ts';
import type { FormatName } from '../../src/workflows/import/format.ts';
import { importFile } from '../../src/workflows/import/import-file.ts';
import { fileSource } from '../../src/workflows/import/source.ts';
import { append, known, order } from './offers.ts';
import { testDeps } from './shop.ts';

const [task, url = '', slug = '', what = '', more = ''] = process.argv.slice(2);
const { db, close } = connect(url, 3);
const deps = testDeps({ db }, systemClock);
const shop = await createShopStore(db).bySlug(slug);
if (shop === null) throw new Error(`No shop ${slug}`);
if (task === 'append')
  for (let number = 0; number < Number(more); number += 1) {
    const own = known({ externalId: `${what}-${number % 7}` });
    const shared = known({ externalId: `shared-${number % 5}` });
    await append(deps, shop, [
      { ...order(number, own), sourceId: `${what}:${number}:own` },
      { ...order(number, shared), sourceId: `${what}:${number}:shared` },
      { ...order(number, shared), sourceId: `both:${number}` },
    ]);
  }
else {
  await importFile(deps, {
    shop,
    format: what as FormatName,
    source: await fileSource(more),
    onProgress: ({ added }) => process.stdout.write(`${added}\n`),
  });
}
await close();

/**
 * A process of its own that sends what waits in a shop of a test database, so that a test can kill one.
 *
 *     node sending-process.ts SERVICE_URL SLUG SMTP_PORT
 */
import { systemClock } from '../../src/adapters/clock.ts';
import { connect } from '../../src/adapters/postgres/connect.ts';
import { createShopStore } from '../../src/adapters/postgres/shops/shops.ts';
import { mailServerFrom } from '../../src/config-mail.ts';
import { deliver } from '../../src/workflows/notices/deliver.ts';
import { deliveryDeps } from './outbox.ts';
import { testDeps } from './shop.ts';

const [url = '', slug = '', port = ''] = process.argv.slice(2);
const { db, close } = connect(url, 3);
const shop = await createShopStore(db).bySlug(slug);
if (shop === null) throw new Error(`No shop ${slug}`);
const server = mailServerFrom(`smtp://127.0.0.1:${port}?security=none`, 'care@shop.example') ?? null;
await deliver(deliveryDeps(testDeps({ db }, systemClock), server), shop);
await close();

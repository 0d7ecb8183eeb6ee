import { createRequire } from 'node:module';
import type { EvenhandOptions } from '../../src/options.ts';

/* A real Vendure server with a database in memory, as a process of its own. Told by its environment what to be; says when it is ready. */

const require = createRequire(import.meta.url);
const vendure = require('@vendure/core') as typeof import('@vendure/core');
const { EvenhandPlugin } = require('../../dist/index.js') as typeof import('../../src/index.ts');

const {
  bootstrap,
  DefaultJobQueuePlugin,
  DefaultLogger,
  JobQueueService,
  LanguageCode,
  LogLevel,
  PaymentMethodHandler,
} = vendure;
const given = process.env.TEST_EVENHAND;
const options: EvenhandOptions | null = given === undefined ? null : JSON.parse(given);
const port = Number(process.env.PORT);
const say = (value: string) => [{ languageCode: LanguageCode.en, value }];

/** Takes the money at once, and gives it back at once. */
const card = new PaymentMethodHandler({
  code: 'test-card',
  description: say('Card'),
  args: {},
  createPayment: (_ctx, _order, amount, _args, metadata) => ({
    amount,
    state: metadata.declined === true ? 'Declined' : 'Settled',
    transactionId: 'test',
    metadata: {},
  }),
  settlePayment: () => ({ success: true }),
  createRefund: () => ({ state: 'Settled', transactionId: 'test' }),
});

const app = await bootstrap({
  apiOptions: {
    port,
    hostname: '127.0.0.1',
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
    shopListQueryLimit: 100,
    trustProxy: 'loopback',
    cors: { origin: true, credentials: true, exposedHeaders: ['vendure-auth-token'] },
  },
  authOptions: {
    tokenMethod: ['bearer'],
    requireVerification: false,
    superadminCredentials: { identifier: 'tulip', password: 'and thread' },
  },
  defaultLanguageCode: LanguageCode.en,
  dbConnectionOptions: { type: 'sqljs', synchronize: true, logging: false },
  paymentOptions: { paymentMethodHandlers: [card] },
  logger: new DefaultLogger({ level: process.env.TEST_LOUD === undefined ? LogLevel.Error : LogLevel.Verbose }),
  plugins: [
    DefaultJobQueuePlugin.init({ pollInterval: 50 }),
    ...(options === null ? [] : [EvenhandPlugin.init(options)]),
  ],
});
await app.get(JobQueueService).start();
// Whoever started it is gone.
process.stdin.resume().once('end', () => process.exit(0));
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
console.log(`Vendure is ready at http://127.0.0.1:${port}`);

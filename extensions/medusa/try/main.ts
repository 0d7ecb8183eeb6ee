import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openEmbeddedServer } from '../../../src/adapters/postgres/server/server.ts';
import { type Evenhand, startEvenhand } from './evenhand.ts';
import { type Answer, at, must, send } from './http.ts';
import {
  checkPublishedTypes,
  freePort,
  installMedusa,
  MEDUSA,
  medusa,
  type PluginOptions,
  type RunningMedusa,
  startMedusa,
} from './medusa.ts';
import { type Buyer, completeCart, fillCart, openAccount, openShop, type Shop } from './shop.ts';

/*
 * A real Medusa from npm on the embedded PostgreSQL, and a real Evenhand beside it: a customer is blocked, the checkout refuses with
 * Evenhand's sentence, and passes after the block is lifted. Needs npm's registry and about 700 MB for some minutes; leaves nothing behind. With MEDUSA_TRY_FOLDER the
 * installation is made there and kept for the next time.
 */

const EMAIL = 'owner@shop.example';
const PASSWORD = 'only-a-try-password';
const ROUNDS = 7;
const closing: (() => Promise<void> | void)[] = [];

try {
  await story();
  console.log('\nAll of it was seen.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const close of closing.toReversed()) await close();
}
process.exit();

async function story(): Promise<void> {
  const folder = process.env.MEDUSA_TRY_FOLDER ?? mkdtempSync(join(tmpdir(), 'evenhand-medusa-'));
  mkdirSync(folder, { recursive: true });
  if (process.env.MEDUSA_TRY_FOLDER === undefined) closing.push(() => rmSync(folder, { recursive: true, force: true }));
  await step(`Medusa ${MEDUSA} and the plug-in are installed`, () => installMedusa(folder));
  await step('The plug-in fits the types that Medusa publishes', () => checkPublishedTypes(folder));
  const databaseUrl = await step('PostgreSQL runs', () =>
    openDatabase(join(tmpdir(), `evenhand-medusa-db-${process.pid}`)),
  );
  await step('Medusa and the plug-in make their tables', () => medusa(folder, databaseUrl, 'db:migrate'));
  await medusa(folder, databaseUrl, 'user', '-e', EMAIL, '-p', PASSWORD);
  const port = await freePort();
  let server: RunningMedusa = await step('Medusa starts, with the plug-in not set up yet', () =>
    startMedusa(folder, databaseUrl, port, null),
  );
  closing.push(() => server.stop());
  const shop = await step('A shop opens in it', () => openShop(server.url, EMAIL, PASSWORD));
  const buyer = await openAccount(shop, 'bea@buyer.example', PASSWORD);
  const without = await step(`${ROUNDS} orders without Evenhand`, () => timeOrders(shop, buyer));
  const evenhand = await step('Evenhand starts', startEvenhand);
  closing.push(evenhand.close);
  const { connection, ...options } = await step('Evenhand connects', () => evenhand.connect(shop.url, shop.adminKey));
  await server.stop();
  server = await step('Medusa starts with the three values', () => startMedusa(folder, databaseUrl, port, options));
  const checked = await evenhand.ask<{ ok: boolean; notes: string[] }>('POST', `/connections/${connection}/check`, {});
  if (!checked.ok || checked.notes.length > 0)
    throw new Error(`The test of the connection says: ${JSON.stringify(checked)}`);
  const having = await step(`${ROUNDS} orders with Evenhand asked each time`, () => timeOrders(shop, buyer));
  const asking = await timeDecisions(options, buyer);
  console.log(`       the last button: ${without} ms without, ${having} ms with; one decision: ${asking} ms (medians)`);
  await blockAndLift(evenhand, shop, buyer);
  await downAndUp(evenhand, shop, buyer, connection);
}

async function blockAndLift(evenhand: Evenhand, shop: Shop, buyer: Buyer): Promise<void> {
  const cart = await fillCart(shop, buyer);
  const customer = await step('Evenhand knows the customer by webhooks', () => customerIn(evenhand));
  const { measure } = await evenhand.ask<{ measure: string }>('POST', `/customers/${customer}/measures`, {
    type: 'block',
    surfaces: ['purchase'],
    until: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    reason: 'Kept the goods and the money three times.',
  });
  await step('The checkout refuses with Evenhand’s sentence', async () =>
    shown(
      await until(
        () => completeCart(shop, buyer, cart),
        ({ status }) => status === 400,
      ),
    ),
  );
  const stranger = { email: 'gus@guest.example', headers: { 'x-publishable-api-key': shop.publishableKey } };
  await step('A guest who is somebody else buys meanwhile', async () =>
    expectOrder(await completeCart(shop, stranger, await fillCart(shop, stranger))),
  );
  const same = { ...stranger, email: buyer.email };
  await step('As a guest the customer is refused as well, at the cart', async () => {
    const refused = await fillCart(shop, same).catch((error: Error) => error.message);
    if (!refused.includes('not_allowed')) throw new Error(`The guest was not refused: ${refused}`);
  });
  await step('The customer is in the group of the blocked', () =>
    until(
      () => groupsOf(shop, buyer),
      (groups) => groups.includes('Evenhand: blocked'),
    ),
  );
  await evenhand.ask('POST', `/measures/${measure}/lift`, { reason: 'It was the carrier, not the customer.' });
  await step('After the lift the same checkout passes', async () =>
    expectOrder(
      await until(
        () => completeCart(shop, buyer, cart),
        ({ status }) => status === 200,
      ),
    ),
  );
  await step('The customer is in no group of ours any more', () =>
    until(
      () => groupsOf(shop, buyer),
      (groups) => !groups.includes('Evenhand'),
    ),
  );
}

async function downAndUp(evenhand: Evenhand, shop: Shop, buyer: Buyer, connection: string): Promise<void> {
  const cart = await fillCart(shop, buyer);
  await evenhand.down();
  await step('While Evenhand is down the checkout passes', async () =>
    expectOrder(await completeCart(shop, buyer, cart)),
  );
  const waiting = await until(
    () => waitingIn(shop),
    (count) => count > 0,
  );
  await evenhand.up();
  await step(`What was kept meanwhile (${waiting}) is told once it is up`, () =>
    until(
      () => waitingIn(shop),
      (count) => count === 0,
      150_000,
    ),
  );
  const { items } = await evenhand.ask<{ items: { state: string }[] }>('GET', `/connections/${connection}/received`);
  const refused = items.filter(({ state }) => state === 'refused').length;
  if (refused > 0) throw new Error(`${refused} webhooks were refused`);
}

async function openDatabase(folder: string): Promise<string> {
  const server = await openEmbeddedServer({ folder, durable: false });
  closing.push(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const client = new pg.Client({ connectionString: server.adminUrl('postgres') });
  await client.connect();
  await client.query('create database medusa');
  await client.end();
  return server.adminUrl('medusa');
}

/** The median of the time that the last button takes, in milliseconds. */
async function timeOrders(shop: Shop, buyer: Buyer): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const cart = await fillCart(shop, buyer);
    const begin = performance.now();
    expectOrder(await completeCart(shop, buyer, cart));
    times.push(performance.now() - begin);
  }
  return Math.round(median(times));
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** The median of the time that one decision takes, which is what the last button takes longer. */
async function timeDecisions({ EVENHAND_HOOK_URL, EVENHAND_API_KEY }: PluginOptions, buyer: Buyer): Promise<number> {
  const url = EVENHAND_HOOK_URL.replace(/\/hooks\/.*$/, '/v1/decisions');
  const headers = { authorization: `Bearer ${EVENHAND_API_KEY}` };
  const question = { surface: 'purchase', customer: { externalId: buyer.customer, email: buyer.email } };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now();
    await must('POST', url, headers, question);
    times.push(performance.now() - begin);
  }
  return Math.round(median(times) * 10) / 10;
}

async function customerIn(evenhand: Evenhand): Promise<string> {
  const found = await until(
    () => evenhand.ask<{ items: { id: string }[] }>('POST', '/customers/search', { q: 'bea@buyer.example' }),
    ({ items }) => items.length > 0,
  );
  return at(found, 'items', 0, 'id');
}

function asAdmin({ adminKey }: Shop): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${adminKey}:`).toString('base64')}` };
}

async function groupsOf(shop: Shop, buyer: Buyer): Promise<string> {
  const path = `${shop.url}/admin/customers/${buyer.customer}?fields=id,groups.name`;
  return JSON.stringify((await send('GET', path, asAdmin(shop))).body);
}

async function waitingIn(shop: Shop): Promise<number> {
  const { body } = await send('GET', `${shop.url}/admin/evenhand/state`, asAdmin(shop));
  return (body as { waiting: number }).waiting;
}

function expectOrder(answer: Answer): void {
  if (at(answer.body, 'type') !== 'order') throw new Error(`No order was made: ${JSON.stringify(answer.body)}`);
}

function shown(answer: Answer): void {
  console.log(`       ${answer.status} “${at(answer.body, 'message')}”`);
}

/** Asks again until it is as it should be. Throws with the last answer when it does not become so. */
async function until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean, patienceMs = 20_000): Promise<T> {
  for (const begin = performance.now(); ; await pause(250)) {
    const value = await ask();
    if (isSo(value)) return value;
    if (performance.now() - begin > patienceMs)
      throw new Error(`It did not come to that: ${JSON.stringify(value).slice(0, 500)}`);
  }
}

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  try {
    const value = await run();
    console.log(`${((performance.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${name}`);
    return value;
  } catch (error) {
    console.log(`FAILED    ${name}`);
    throw error;
  }
}

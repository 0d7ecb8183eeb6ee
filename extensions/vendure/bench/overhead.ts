import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { median } from '../../../bench/harness.ts';
import { ADA, fillIn, goToPayment, pay, putIn, register, signIn } from '../test/support/buying.ts';
import { fixture, startEvenhand } from '../test/support/evenhand.ts';
import { type Client, freePort, startVendure, type VendureServer } from '../test/support/vendure.ts';

/*
 * What the plug-in costs a checkout: the same checkout on two real Vendures on this machine, one without the plug-in and one with it, which asks
 * a real Evenhand, in turns. A checkout is the step to payment and the payment: what the customer waits for.
 */

const GOAL_MS = 10;
const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
const rounds = Number(options.rounds);

const port = await freePort();
const evenhand = await startEvenhand(readFileSync(fixture('policy.yaml'), 'utf8'));
const bare = await startVendure(null);
const first = await startVendure({}, { port });
const { hookUrl, hookSecret, apiKey } = await evenhand.connect(first.url);
await first.stop();
const ours = await startVendure({ hookUrl, hookSecret, apiKey }, { port });

interface Timed {
  readonly step: number;
  readonly whole: number;
}

async function signedIn(shop: VendureServer): Promise<Client> {
  const client = shop.visitor();
  await register(client, ADA);
  await signIn(client, ADA);
  return client;
}

async function checkout(client: Client, shop: VendureServer): Promise<Timed> {
  await putIn(client, shop.goods.hat);
  await fillIn(client, shop.goods);
  const begin = performance.now();
  const refused = await goToPayment(client);
  const step = performance.now() - begin;
  if (refused !== null) throw new Error(`Refused: ${refused}`);
  await pay(client);
  return { step, whole: performance.now() - begin };
}

const sides = [
  { name: 'without the plug-in', shop: bare, client: await signedIn(bare), times: [] as Timed[] },
  { name: 'with the plug-in', shop: ours, client: await signedIn(ours), times: [] as Timed[] },
];
for (let round = -5; round < rounds; round += 1)
  for (const { name, client, shop, times } of round % 2 === 0 ? sides : sides.toReversed()) {
    const timed = await checkout(client, shop);
    if (round >= 0) times.push(timed);
    if (round >= 0 && round % 20 === 0) console.error(`  ${name}, ${round}: ${timed.step.toFixed(1)} ms`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }

const of = (which: keyof Timed, side: number): readonly number[] =>
  sides[side]?.times.map((timed) => timed[which]) ?? [];
const show = (name: string, value: number): void =>
  console.log(`  ${name.padEnd(44)}${value.toFixed(2).padStart(9)} ms`);
console.log(`\nVendure 3.7.3, ${rounds} checkouts each, in turns`);
let missed = false;
for (const [which, title] of [
  ['step', 'the step to payment'],
  ['whole', 'the step and the payment'],
] as const) {
  const [without, with_] = [median(of(which, 0)), median(of(which, 1))];
  show(`${title}, without the plug-in (median)`, without);
  show(`${title}, with the plug-in (median)`, with_);
  show('  the plug-in costs (asked for: under 10)', with_ - without);
  missed ||= with_ - without >= GOAL_MS;
}
await Promise.all([bare.stop(), ours.stop()]);
await evenhand.close();
process.exitCode = missed ? 1 : 0;

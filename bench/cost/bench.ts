import { setTimeout as pause } from 'node:timers/promises';
import autocannon from 'autocannon';
import { onDatabase } from '../../test/support/database.ts';
import { embeddedUrl, makeHome, postmasterOf, startService, stopService } from '../../test/support/service-process.ts';
import type { Figure } from '../harness.ts';
import { type BenchShop, openShop } from '../service/shop.ts';
import { processorSeconds } from './processes.ts';

const EVENTS = 40_000;
const BATCH = 500;
const PEOPLE = 8_000;
const SECONDS = 12;
const MILLION = 1_000_000;
const GROUP = 'What a million costs, the database included';

/**
 * Processor time and storage a million events and a million decisions take, of the service and its PostgreSQL together: events over HTTP in batches,
 * until everybody is judged by the policy; decisions about strangers from 32 connections. Linux only; gives nothing elsewhere.
 */
export async function benchCost(): Promise<readonly Figure[]> {
  if (process.platform !== 'linux') return [];
  const home = makeHome();
  const service = await startService({ dataFolder: home.dataFolder });
  try {
    const shop = await openShop(service.url);
    const roots = [service.process.pid ?? 0, postmasterOf(home.dataFolder)?.pid ?? 0];
    const used = (): number => roots.reduce((sum, pid) => sum + processorSeconds(pid), 0);
    const url = embeddedUrl(home.dataFolder);
    const events = await measured(used, url, async () => {
      for (let from = 0; from < EVENTS; from += BATCH) await shop.send(batch(from));
      await settled(url);
      return EVENTS;
    });
    const decisions = await measured(used, url, () => decide(shop));
    return [...figures('events, taken in and judged', events), ...figures('decisions, allowed', decisions)];
  } finally {
    await stopService(service);
    await home.remove();
  }
}

interface Cost {
  readonly seconds: number;
  readonly bytes: number;
  readonly done: number;
}

async function measured(used: () => number, url: string, work: () => Promise<number>): Promise<Cost> {
  const before = { seconds: used(), bytes: await bytesOf(url) };
  const done = await work();
  // What is written behind the answer belongs to it.
  await pause(3_000);
  const after = { seconds: used(), bytes: await bytesOf(url) };
  return { seconds: after.seconds - before.seconds, bytes: after.bytes - before.bytes, done };
}

function figures(what: string, { seconds, bytes, done }: Cost): Figure[] {
  return [
    { group: GROUP, name: `a million ${what}`, value: (seconds * MILLION) / done, unit: 'seconds of a core' },
    { group: GROUP, name: `a million ${what}: kept`, value: (bytes * MILLION) / done / 1e9, unit: 'GB' },
  ];
}

function bytesOf(url: string): Promise<number> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
    return Number(rows[0]?.bytes ?? 0);
  });
}

async function settled(url: string): Promise<void> {
  for (;;) {
    const due = await onDatabase(url, async (client) => {
      const { rows } = await client.query<{ due: string }>(
        'select count(*) as due from customer where next_at <= now()',
      );
      return Number(rows[0]?.due ?? 0);
    });
    if (due === 0) return;
    await pause(500);
  }
}

/** Four orders and a return for everybody, a few weeks apart. */
function batch(from: number): readonly unknown[] {
  return Array.from({ length: BATCH }, (_, offset) => {
    const at = from + offset;
    const [person, turn] = [at % PEOPLE, Math.floor(at / PEOPLE)];
    const returned = turn === 4;
    const order = `order ${person}-${returned ? 0 : turn}`;
    const common = {
      id: `event ${at}`,
      occurredAt: new Date(Date.UTC(2026, 0, 1 + 21 * turn, 10)).toISOString(),
      customer: {
        externalId: `C-${person}`,
        email: `customer-${person}@mail.example.org`,
        name: `Person Number ${person}`,
      },
    };
    return returned
      ? {
          ...common,
          kind: 'return.requested',
          body: {
            return: `return ${person}`,
            order,
            value: { amount: 4_995, currency: 'EUR' },
            reason: 'changed_mind',
          },
        }
      : { ...common, kind: 'order.placed', body: { order, total: { amount: 4_995, currency: 'EUR' } } };
  });
}

async function decide(shop: BenchShop): Promise<number> {
  const result = await autocannon({
    url: `${shop.url}/v1/decisions`,
    method: 'POST',
    connections: 32,
    duration: SECONDS,
    headers: { authorization: `Bearer ${shop.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      surface: 'purchase',
      customer: { externalId: 'somebody-new', email: 'somebody.new@mail.example.org', phone: '+31201234567' },
      order: { reference: 'order 1', total: 12_995, currency: 'EUR', items: 3 },
      ip: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
    }),
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.total;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { masterKey } from '../../src/adapters/secrets.ts';
import { createVault } from '../../src/adapters/vault/vault.ts';
import { openInstallation } from '../../src/compose.ts';
import { serverDeps } from '../../src/compose-server.ts';
import { readConfig } from '../../src/config.ts';
import { embeddedUrl, makeHome, type Service, startService, stopService } from '../../test/support/service-process.ts';
import { type Figure, median } from '../harness.ts';
import { type BenchShop, openShop } from '../service/shop.ts';
import { fill, type Sizes } from './fill.ts';
import { inProcess } from './in-process.ts';
import type { Load, Loaded } from './load.ts';
import { benchNews } from './news.ts';
import { untilQuiet } from './quiet.ts';
import { type Requests, requestsFor } from './requests.ts';

const SIZES: Sizes = { customers: 1_000_000, measured: 100_000, networks: 100_000 };
const CONNECTIONS = 32;
const ROUNDS = 5;
const SECONDS = 3;
const STEADY = { rate: 500, seconds: 8 };

/**
 * Decisions of a shop with a million customers: over HTTP beside a bare server that does the least there is to do, at a steady pace, and
 * in process; how long the snapshot takes and how large it is; and how soon a change is heard of in two processes.
 */
export async function benchDecisions(sizes: Sizes = sizesAsked()): Promise<readonly Figure[]> {
  const home = makeHome();
  const { dataFolder } = home;
  let service = await startService({ dataFolder });
  try {
    const shop = await openShop(service.url);
    const installation = await openInstallation(readConfig({ EVENHAND_DATA: dataFolder }, process.cwd()));
    try {
      const deps = await serverDeps(installation, { log: false });
      const known = await deps.shops.bySlug('bench');
      if (known === null) throw new Error('The shop is not there');
      const vault = createVault(masterKey(dataFolder, undefined));
      const measured = await fill(embeddedUrl(dataFolder), vault, known.id, sizes);
      // The service reads what is there when it starts.
      await stopService(service);
      service = await startService({ dataFolder, environment: { PORT: new URL(service.url).port } });
      const here = await inProcess(deps, known, measured);
      const requests = requestsFor(here.decisions, known, measured);
      await answersAlike(service, shop, requests);
      if (service.process.pid !== undefined) await untilQuiet(service.process.pid);
      const figures = [...(await overHttp(service, shop, requests)), ...here.figures(requests)];
      figures.push(...(await benchNews(shop, here.decisions, known)));
      await here.close();
      return figures;
    } finally {
      await installation.close();
    }
  } catch (error) {
    console.error(service.out(), service.err());
    throw error;
  } finally {
    await stopService(service);
    await home.remove();
  }
}

/** Smaller for a first look: DECISIONS_SCALE=0.1. */
function sizesAsked(): Sizes {
  const scale = Number(process.env.DECISIONS_SCALE ?? 1);
  const { customers, measured, networks } = SIZES;
  return { customers: customers * scale, measured: measured * scale, networks: networks * scale };
}

/** What the service answers is what it is to answer, of everybody who will be asked about and some more. */
async function answersAlike({ url }: Service, { key }: BenchShop, { checked }: Requests): Promise<void> {
  for (const { body, outcome } of checked) {
    const response = await fetch(`${url}/v1/decisions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as { readonly outcome?: string };
    if (answer.outcome !== outcome)
      throw new Error(`A decision is ${answer.outcome ?? response.status}, and ${outcome} was expected: ${body}`);
  }
}

async function overHttp(service: Service, { key }: BenchShop, requests: Requests): Promise<readonly Figure[]> {
  const bare = spawn(process.execPath, [join(import.meta.dirname, 'bare.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [printed] = (await once(bare.stdout, 'data')) as [Buffer];
    const port = { ours: Number(new URL(service.url).port), bare: Number(printed.toString()) };
    const file = (name: string, bodies: readonly string[]): string => {
      const path = join(import.meta.dirname, '..', '..', 'node_modules', `.bench-${name}.jsonl`);
      writeFileSync(path, bodies.join('\n'));
      return path;
    };
    const bodies = file('strangers', requests.strangers);
    const common = { key, bodies, connections: CONNECTIONS, seconds: SECONDS, rate: null };
    const seen = { ours: [] as Loaded[], bare: [] as Loaded[] };
    for (let round = 0; round <= ROUNDS; round += 1)
      for (const name of ['ours', 'bare'] as const) {
        const loaded = await run({ ...common, port: port[name], seconds: round === 0 ? 2 : SECONDS });
        // The first round warms both up.
        if (round > 0) seen[name].push(loaded);
      }
    const named = await run({ ...common, port: port.ours, bodies: file('named', requests.named) });
    const steady = await run({ ...common, port: port.ours, ...STEADY });
    const of = (name: 'ours' | 'bare', what: keyof Loaded): number => median(seen[name].map((each) => each[what]));
    const group = 'Decisions over HTTP, 32 connections';
    const [ours, limit] = [of('ours', 'perSecond'), of('bare', 'perSecond')];
    const [slow, limitSlow] = [of('ours', 'p99'), of('bare', 'p99')];
    return [
      { group, name: 'Evenhand', value: ours, unit: 'requests/s', ratio: ours / limit, goal: { atLeast: 0.9 } },
      { group, name: 'bare node:http, body parsed, four Maps', value: limit, unit: 'requests/s' },
      { group, name: 'Evenhand, p99', value: slow, unit: 'ms', ratio: slow / limitSlow, goal: { atMost: 1.5 } },
      { group, name: 'bare node:http, p99', value: limitSlow, unit: 'ms' },
      { group, name: 'with name and address, compared', value: named.perSecond, unit: 'requests/s' },
      { group, name: 'p99 at a steady 500/s', value: steady.p99, unit: 'ms', goal: { atMost: 10 } },
    ];
  } finally {
    bare.kill();
  }
}

/** Numbers that no other run uses. */
let from = 0;

async function run(wish: Omit<Load, 'from'>): Promise<Loaded> {
  const load: Load = { ...wish, from };
  from += 400_000;
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'load.ts'), JSON.stringify(load)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error('The load could not be carried');
  return JSON.parse(text) as Loaded;
}

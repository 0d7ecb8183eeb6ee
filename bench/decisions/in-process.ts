import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { NO_FINDINGS } from '../../src/core/policy/live/evaluate.ts';
import { readWish, type Wish } from '../../src/http/lane/wish.ts';
import type { ServerDeps } from '../../src/http/server.ts';
import type { Shop } from '../../src/ports.ts';
import { Decisions } from '../../src/workflows/decide/decisions.ts';
import { type Figure, median } from '../harness.ts';
import type { Person } from './fill.ts';
import { untilQuietHere } from './quiet.ts';
import { numbered, type Requests } from './requests.ts';

const ROUNDS = 40;
const MEGABYTE = 1_048_576;

/** Decisions in this process: the snapshot is built, timed and weighed here. */
export async function inProcess(
  deps: ServerDeps,
  shop: Shop,
  measured: readonly Person[],
): Promise<{
  readonly decisions: Decisions;
  readonly figures: (requests: Requests) => readonly Figure[];
  readonly close: () => Promise<void>;
}> {
  const collect = collector();
  const before = memory(collect);
  const faults: unknown[] = [];
  let counts = false;
  const decisions = new Decisions(deps, {
    changes: deps.changes,
    // Only while decisions are timed here: this process would take in all that the service counts while that one is measured.
    live: { judge: (...asked) => (counts ? deps.live.judge(...asked) : NO_FINDINGS) },
    patienceMs: 60_000,
    onFault: (error) => faults.push(error),
  });
  const began = performance.now();
  await decisions.warm(shop);
  const seconds = (performance.now() - began) / 1_000;
  // Whom customers are compared with is read behind the snapshot, while decisions are made.
  await untilQuietHere();
  const megabytes = (memory(collect) - before) / MEGABYTE;
  const [somebody] = measured;
  const made = await decisions.decideNow(shop, {
    surface: 'purchase',
    customer: { email: somebody?.email },
  });
  if (!made.ok || made.value.outcome !== 'challenge')
    throw new Error(`The snapshot is not what was put into it: ${String(faults[0] ?? JSON.stringify(made))}`);
  const group = 'Decisions in process, 100,000 measured customers and 100,000 networks';
  return {
    decisions,
    figures: ({ strangers, named }) => {
      counts = true;
      return [
        { group, name: 'median', value: timed(decisions, shop, strangers), unit: 'µs', goal: { atMost: 10 } },
        { group, name: 'median, with linkage', value: timed(decisions, shop, named), unit: 'µs', goal: { atMost: 50 } },
        { group, name: 'snapshot built', value: seconds, unit: 's', goal: { atMost: 5 } },
        { group, name: 'snapshot in memory', value: megabytes, unit: 'MB', goal: { atMost: 400 } },
      ];
    },
    close: () => decisions.close(),
  };
}

let nextNumber = 6_000_000;

/** Median in microseconds, each decision timed by itself. */
function timed(decisions: Decisions, shop: Shop, bodies: readonly string[]): number {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = nextNumber;
    nextNumber += bodies.length;
    const wishes = bodies.map((body, index) => readWish(JSON.parse(numbered(body, first + index))) as Wish);
    for (const wish of wishes) {
      const began = performance.now();
      const made = decisions.decideNow(shop, wish);
      const over = performance.now();
      if (made instanceof Promise || !made.ok || made.value.outcome !== 'allow')
        throw new Error('A stranger was stopped');
      // The first rounds are for the compiler.
      if (round >= 5) took.push((over - began) * 1_000);
    }
  }
  return median(took);
}

function memory(collect: () => void): number {
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  return () => {
    gc();
    gc();
  };
}

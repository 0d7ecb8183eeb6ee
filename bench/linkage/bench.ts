import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, median } from '../harness.ts';
import { checkSameResults } from './check.ts';
import { febrlFigures } from './febrl.ts';
import { writeAccounts } from './generate.ts';
import { runSide, type Took } from './side.ts';

const ACCOUNTS = 1_000_000;
const SAMPLE = 50_000;
/** Of so small a share of the pairs one comparison may differ by a level: see `checkSameResults`. */
const TOLERATED = 0.001;
const ROUNDS = 3;

/**
 * Linking a million accounts, from the file to the clusters, against the same method as DuckDB SQL on as many threads, from the file to
 * the links; alternating, each run in a process of its own. Five blocking rules, six comparisons; DuckDB is given the weights that
 * Evenhand has to learn, and neither adjusts them by frequencies nor looks for households.
 */
export async function benchLinkage(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evenhand-bench-'));
  try {
    const sample = join(folder, 'sample.csv');
    await writeAccounts(sample, SAMPLE);
    const { plan, model } = await checkSameResults(sample, TOLERATED);
    const weights = join(folder, 'weights.json');
    await writeFile(weights, JSON.stringify({ comparisons: plan.comparisons, model }));
    const file = join(folder, 'accounts.csv');
    await writeAccounts(file, ACCOUNTS);
    const ours: Took[] = [];
    const theirs: Took[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await runSide('run-link.ts', file, join(folder, 'clusters.csv')));
      theirs.push(await runSide('run-duck.ts', file, weights));
    }
    return [...figures(ours, theirs), ...(await febrlFigures(folder))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function figures(ours: readonly Took[], theirs: readonly Took[]): readonly Figure[] {
  const [here, there] = [median(ours.map(({ seconds }) => seconds)), median(theirs.map(({ seconds }) => seconds))];
  const pairs = ((ours[0]?.pairs ?? 0) / 1e6).toFixed(1);
  const group = `Linkage: ${ACCOUNTS / 1e6} M accounts, ${pairs} M pairs, two threads`;
  return [
    { group, name: 'Evenhand, with weights learnt and clusters', value: here, unit: 's' },
    { group, name: 'DuckDB SQL, links only', value: there, unit: 's', ratio: there / here, goal: { atLeast: 1 } },
    {
      group,
      name: 'processor time, DuckDB ÷ Evenhand',
      value: median(ours.map((took) => took.processorSeconds)),
      unit: 's',
      ratio: median(theirs.map((took) => took.processorSeconds)) / median(ours.map((took) => took.processorSeconds)),
    },
    {
      group,
      name: 'most memory held',
      value: Math.max(...ours.map(({ megabytes }) => megabytes)),
      unit: 'MB',
      goal: { atMost: 2_000 },
    },
  ];
}

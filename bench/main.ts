import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Figure, meets } from './harness.ts';

/**
 * `npm run bench [-- --json] [-- --only rules,import]`: figures against peers and against the limit, in alternating runs, results checked
 * identical first. Exits 1 when a goal is missed, so that a slow change is noticed by whoever asks.
 */
const groups: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  rules: async () => (await import('./rules/bench.ts')).benchRules(),
  service: async () => (await import('./service/bench.ts')).benchService(),
  decisions: async () => (await import('./decisions/bench.ts')).benchDecisions(),
  appeals: async () => (await import('./appeals/bench.ts')).benchAppeals(),
  shops: async () => [
    ...(await (await import('./shops/bench.ts')).benchShops()),
    ...(await (await import('./shops/backfill.ts')).benchBackfill()),
  ],
  cost: async () => (await import('./cost/bench.ts')).benchCost(),
  network: async () => (await import('./network/bench.ts')).benchNetwork(),
  import: async () => (await import('./import/bench.ts')).benchImport(),
  linkage: async () => (await import('./linkage/bench.ts')).benchLinkage(),
};

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const wanted = options.only?.split(',') ?? Object.keys(groups);
const figures: Figure[] = [];
for (const name of wanted) {
  const run = groups[name];
  if (run === undefined) {
    console.error(`No bench called "${name}"; there are: ${Object.keys(groups).join(', ')}`);
    process.exit(2);
  }
  if (!options.json) console.error(`Measuring ${name} …`);
  figures.push(...(await run()));
}

if (options.json) {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  console.log(JSON.stringify({ machine, figures: figures.map((f) => ({ ...f, meets: meets(f) })) }, null, 2));
} else {
  for (const group of new Set(figures.map((figure) => figure.group))) {
    console.log(`\n${group}`);
    for (const figure of figures.filter((f) => f.group === group)) console.log(`  ${line(figure)}`);
  }
}
process.exitCode = figures.some((figure) => meets(figure) === false) ? 1 : 0;

function line(figure: Figure): string {
  const value = `${figure.value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${figure.unit}`;
  const ratio = figure.ratio === undefined ? '' : `ratio ${figure.ratio.toPrecision(3)}`;
  const { atLeast, atMost } = figure.goal ?? {};
  const goal = atLeast !== undefined ? `asked for ≥ ${atLeast}` : atMost !== undefined ? `asked for ≤ ${atMost}` : '';
  const verdict = meets(figure) === null ? '' : meets(figure) ? 'met' : 'MISSED';
  return [figure.name.padEnd(44), value.padStart(26), ratio.padStart(14), goal.padStart(22), verdict.padStart(8)]
    .join(' ')
    .trimEnd();
}

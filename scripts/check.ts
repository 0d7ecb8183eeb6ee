import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { checkDocuments } from './lint/documents.ts';
import { checkPurity } from './lint/purity.ts';
import { readSources, type Violation } from './lint/source.ts';
import { checkZones } from './lint/zones.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** A check prints what is wrong and says whether all is well. */
interface Check {
  readonly name: string;
  readonly run: () => boolean;
}

const CHECKS: readonly Check[] = [
  { name: 'Types', run: () => program('node_modules/typescript/bin/tsc', '--noEmit') },
  {
    name: 'Types of the plug-in for Medusa',
    run: () => program('node_modules/typescript/bin/tsc', '-p', 'extensions/medusa/tsconfig.check.json'),
  },
  {
    name: 'Types of the tests of the WooCommerce plug-in',
    run: () => program('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'extensions/woocommerce'),
  },
  {
    name: 'Format and lint',
    run: () => program('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  },
  { name: 'Arrows between the parts', run: () => report(checkZones(readSources(ROOT, 'src'))) },
  { name: 'Purity of the core', run: () => report(checkPurity(readSources(ROOT, 'src'))) },
  { name: 'Paths in the documents', run: () => report(checkDocuments(ROOT)) },
];

const failed = CHECKS.filter(({ name, run }) => {
  const begin = performance.now();
  const isWell = run();
  console.log(`${isWell ? 'ok    ' : 'FAILED'}  ${name}  (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
  return !isWell;
});
console.log(
  failed.length === 0
    ? 'All checks pass.'
    : `${failed.length} of ${CHECKS.length} checks failed: ${failed.map(({ name }) => name).join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

function program(script: string, ...args: readonly string[]): boolean {
  return spawnSync(process.execPath, [resolve(ROOT, script), ...args], { cwd: ROOT, stdio: 'inherit' }).status === 0;
}

function report(violations: readonly Violation[]): boolean {
  for (const { path, line, message } of violations) console.error(`${path}:${line}  ${message}`);
  return violations.length === 0;
}

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tally } from './closing-reporter.ts';
import { buildOrExplain, ROOT } from './web-build.ts';

// Runs every test there is: units, properties, scenarios, the API and the browser, on the oldest and the newest PostgreSQL. Words
// after "npm test --" go to vitest, for example a folder to look in.
if (!(await buildOrExplain())) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'evenhand-tally-'));
const tallyFile = join(folder, 'tally.json');
const code = await runVitest(process.argv.slice(2));
const tally = readTally();
rmSync(folder, { recursive: true, force: true });
if (tally === null) {
  console.error('The tests did not run to their end.');
  process.exit(code === 0 ? 1 : code);
}
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exit(tally.failed > 0 && code === 0 ? 1 : code);

function runVitest(words: readonly string[]): Promise<number> {
  const vitest = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      `--reporter=${join(ROOT, 'scripts', 'closing-reporter.ts')}`,
      ...words,
    ],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, EVENHAND_TALLY: tallyFile } },
  );
  // Ctrl-C reaches vitest by itself; we stay to remove the folder and to give its exit code.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => signal === 'SIGTERM' && vitest.kill(signal));
  return new Promise((resolve) => vitest.on('exit', (exitCode) => resolve(exitCode ?? 130)));
}

function readTally(): Tally | null {
  try {
    return JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally;
  } catch {
    return null;
  }
}

import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What the closing line of a test run says. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Counts the run and leaves the figures in the file that EVENHAND_TALLY names. */
export default class ClosingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const file = process.env.EVENHAND_TALLY;
    if (file !== undefined) writeFileSync(file, JSON.stringify(tally(modules, unhandledErrors.length)));
  }
}

/** A file that does not load and an error outside any test count as one failure each: nothing that failed may go uncounted. */
function tally(modules: readonly TestModule[], unhandled: number): Tally {
  const count = { passed: 0, failed: unhandled, skipped: 0 };
  for (const module of modules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') count.passed += 1;
      else if (state === 'failed') failedHere += 1;
      else count.skipped += 1;
    }
    count.failed += module.state() === 'failed' ? Math.max(1, failedHere) : failedHere;
  }
  return count;
}

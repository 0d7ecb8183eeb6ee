import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(context: Document, options: object): Promise<AxeResults>;
}

/** What axe finds wrong on the page by WCAG 2.2 A and AA and its own best practices: one line a finding, empty when it is clean. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script: the page's content security policy allows no inline script.
  await page.evaluate(source);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: Axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    }),
  );
  return results.violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id}: ${node.target.join(' ')} (${violation.help}) ${node.html.slice(0, 160)}`,
    ),
  );
}

/**
 * Fetches Shopify's published schema of its Admin API, against which tests validate every query: from the npm package @shopify/dev-mcp (ISC),
 * by npm itself. The package alone, without what it depends on. Done once; the file stays in node_modules/.cache.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PACKAGE = '@shopify/dev-mcp@1.16.0';
const FILE = 'admin_2026-10.json.gz';

const folder = resolve('node_modules/.cache/shopify-schema');
if (existsSync(join(folder, FILE))) console.log(`Shopify's schema is there already: ${join(folder, FILE)}`);
else {
  const work = mkdtempSync(join(tmpdir(), 'shopify-schema-'));
  try {
    execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', work], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const inside = `package/dist/data/${FILE}`;
    execFileSync('tar', ['-xzf', join(work, 'shopify-dev-mcp-1.16.0.tgz'), '-C', work, inside]);
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(work, inside), join(folder, FILE));
    console.log(`Fetched Shopify's schema: ${join(folder, FILE)}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

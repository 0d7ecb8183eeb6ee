import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtConsole } from './support/built.ts';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const KB = 1_000;
let folder: string;
const size = (file: string) => gzipSync(readFileSync(join(folder, file))).length;

describe('what a browser must fetch', () => {
  let manifest: Record<string, Chunk>;
  beforeAll(async () => {
    folder = await builtConsole();
    manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'));
  });

  /** A chunk and all it imports, without what it fetches later. */
  function closure(entry: string, seen = new Set<string>()): Set<string> {
    if (seen.has(entry)) return seen;
    seen.add(entry);
    for (const next of manifest[entry]?.imports ?? []) closure(next, seen);
    return seen;
  }
  const bytes = (...entries: string[]) => {
    const all = new Set(entries.flatMap((entry) => [...closure(entry)]));
    return [...all].reduce((sum, each) => sum + size(manifest[each]?.file ?? ''), 0);
  };

  it('is at most 200 kB of JavaScript (gzip) before the console can be used', () => {
    expect(bytes('console/index.html')).toBeLessThanOrEqual(200 * KB);
  });

  it('is at most 200 kB of JavaScript (gzip) to show Home, its words included', () => {
    const words = Object.keys(manifest).filter((each) =>
      /languages\/en\/console\/(common|ui|home|welcome)\.json$/.test(each),
    );
    expect(words).toHaveLength(4);
    expect(bytes('console/index.html', 'console/pages/home/page.tsx', ...words)).toBeLessThanOrEqual(200 * KB);
  });

  it('is at most 30 kB of styles (gzip) at first', () => {
    const styles = [...closure('console/index.html')].flatMap((each) => manifest[each]?.css ?? []);
    expect(styles.length).toBeGreaterThan(0);
    expect(styles.reduce((sum, each) => sum + size(each), 0)).toBeLessThanOrEqual(30 * KB);
  });

  it('leaves schemas, charts, the table’s machinery and the editor to the pages that use them', () => {
    const initial = [...closure('console/index.html')].map((each) =>
      readFileSync(join(folder, manifest[each]?.file ?? ''), 'utf8'),
    );
    const code = initial.join('');
    expect(code).not.toMatch(/ZodError|uPlot|cm-editor|measureElement/);
  });
});

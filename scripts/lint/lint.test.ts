import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDocuments, checkPage } from './documents.ts';
import { checkPurity } from './purity.ts';
import { parseSource, readSources } from './source.ts';
import { checkZones } from './zones.ts';

const root = resolve(import.meta.dirname, '..', '..');
const zones = (path: string, text: string) =>
  checkZones([parseSource(path, text)]).map(({ line, message }) => `${line}: ${message}`);
const purity = (text: string) =>
  checkPurity([parseSource('src/core/metrics/planted.ts', text)]).map(({ line, message }) => `${line}: ${message}`);

describe('the arrows', () => {
  test.each([
    [
      'src/core/metrics/a.ts',
      "import { x } from '../standing/x.ts';",
      'core/metrics may not import core/standing, which comes after it',
    ],
    [
      'src/core/metrics/a.ts',
      "import type { X } from '../../adapters/x.ts';",
      'core may not import src/adapters/x.ts: the core knows only itself',
    ],
    ['src/core/feelings/a.ts', "import { x } from '../shared/x.ts';", 'src/core/feelings is no stage of the core'],
    [
      'src/workflows/a.ts',
      "export { x } from '../adapters/x.ts';",
      'workflows may not import src/adapters/x.ts: name what the workflow needs as a port',
    ],
    [
      'src/adapters/postgres/a.ts',
      "const x = await import('../../workflows/x.ts');",
      'adapters may not import src/workflows/x.ts',
    ],
    [
      'src/http/a.ts',
      "export * from '../adapters/postgres/x.ts';",
      'http may not import src/adapters/postgres/x.ts: call a workflow',
    ],
    [
      'src/web/console/a.tsx',
      "let x: import('../../core/shared/money.ts').Money;",
      'web may not import src/core/shared/money.ts: the browser knows the API only',
    ],
    ['src/web/a.ts', "import x from '../../package.json';", 'imports package.json, which is outside src'],
    ['src/things/a.ts', "import { x } from '../core/shared/x.ts';", 'src/things is no zone of the house'],
  ])('%s: %s is refused', (path, text, message) => {
    expect(zones(path, text)).toEqual([expect.stringContaining(`1: ${message}`)]);
  });

  test.each([
    [
      'src/core/standing/a.ts',
      "import { x } from '../metrics/x.ts'; import { y } from './y.ts'; import { z } from '../shared/z.ts';",
    ],
    [
      'src/workflows/a.ts',
      "import { x } from '../core/shared/x.ts'; import type { P } from '../ports.ts'; import type { Q } from '../ports/q.ts';",
    ],
    [
      'src/http/a.ts',
      "import { x } from '../workflows/x.ts'; import { y } from '../contracts/y.ts'; import Fastify from 'fastify';",
    ],
    ['src/workflows/a.ts', "import { makeShop } from '../sample/x.ts';"],
    ['src/web/a.tsx', "import { y } from '../contracts/y.ts'; export const a = <b>{y}</b>;"],
    ['src/compose.ts', "import { x } from './adapters/x.ts'; import { y } from './workflows/y.ts';"],
    ['src/cli/commands/a.ts', "import { x } from '../../adapters/x.ts';"],
  ])('%s may: %s', (path, text) => {
    expect(zones(path, text)).toEqual([]);
  });
});

describe('the purity of the core', () => {
  test.each([
    ['const t = Date.now();', 'Date.now: the core has no clock'],
    ['const t = new Date();', 'new Date(): the core has no clock'],
    ['const t = Date();', 'Date(): the core has no clock'],
    ['const r = Math.random();', 'Math.random: the core has no randomness'],
    ["const r = Math['random']();", 'Math.random: the core has no randomness'],
    ['const id = crypto.randomUUID();', 'crypto: the core has no randomness'],
    ['if (process.env.X) run();', 'process: the core has no world'],
    ["const x = await fetch('https://example.com');", 'fetch: the core has no world'],
    ['const f = globalThis.fetch;', 'globalThis: the core has no world'],
    ["import { readFileSync } from 'node:fs';", 'node:fs: the core has no world'],
    ['const b = { key: Buffer };', "Buffer: Buffer is Node's"],
  ])('%s is refused', (text, message) => {
    expect(purity(`// first line\n${text}`)).toEqual([expect.stringContaining(`2: ${message}`)]);
  });

  test.each([
    'const t = new Date(0).toISOString();',
    'const t = Date.UTC(2026, 0, 1) + Math.floor(2.5);',
    'const order = { process: 1, fetch: 2 }; const n = order.process;',
    'function run(process: () => void) { process(); }',
    'interface Step { readonly process: string }',
    '// Date.now() in a comment',
    "const text = 'Math.random()';",
  ])('%s is fine', (text) => {
    expect(purity(text)).toEqual([]);
  });

  test('other zones may look at the clock', () => {
    expect(checkPurity([parseSource('src/adapters/clock.ts', 'export const now = () => Date.now();')])).toEqual([]);
  });
});

describe('the documents', () => {
  test('a path that is not there is found, with its line', () => {
    const text =
      'See `src/config.ts`.\nAnd `src/nowhere/{a,config}.ts`, [this](docs/gone.md), `src/adapters/nowhere/<platform>/`, `dist/web`.';
    expect(checkPage(root, 'README.md', text).map(({ line, message }) => `${line}: ${message}`)).toEqual([
      expect.stringContaining('2: names src/nowhere/a.ts'),
      expect.stringContaining('2: names src/nowhere/config.ts'),
      expect.stringContaining('2: names src/adapters/nowhere/<platform>/'),
      expect.stringContaining('2: names docs/gone.md'),
    ]);
  });
});

describe('this project', () => {
  const sources = readSources(root, 'src');

  test('is looked at whole', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(existsSync(resolve(root, sources[0]?.path ?? ''))).toBe(true);
  });

  test('follows the arrows', () => {
    expect(checkZones(sources)).toEqual([]);
  });

  test('keeps its core pure', () => {
    expect(checkPurity(sources)).toEqual([]);
  });

  test('names only paths that are there', () => {
    expect(checkDocuments(root)).toEqual([]);
  });
});

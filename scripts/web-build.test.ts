import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashSources, hasWeb } from './web-build.ts';

test('the pages are built anew exactly when what they are made from changes', () => {
  const root = mkdtempSync(join(tmpdir(), 'evenhand web '));
  expect(hasWeb(root)).toBe(false);
  mkdirSync(join(root, 'src', 'web', 'console'), { recursive: true });
  mkdirSync(join(root, 'src', 'core'), { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  write('src/web/console/index.html', '<html>');
  expect(hasWeb(root)).toBe(true);

  const hashes = [hashSources(root)];
  const changed = (): boolean => {
    hashes.push(hashSources(root));
    return hashes.at(-1) !== hashes.at(-2);
  };
  write('src/web/console/main.tsx', 'a');
  expect(changed()).toBe(true);
  write('src/web/console/main.tsx', 'b');
  expect(changed()).toBe(true);
  write('src/web/console/main.test.tsx', 'a test');
  expect(changed()).toBe(false);
  write('src/core/money.ts', 'not of the pages');
  expect(changed()).toBe(false);
  write('vite.config.ts', 'export default {}');
  expect(changed()).toBe(true);
  write('package-lock.json', '{}');
  expect(changed()).toBe(true);
  rmSync(root, { recursive: true });
});

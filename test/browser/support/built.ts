import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hashSources, ROOT } from '../../../scripts/web-build.ts';

const SHELF = join(ROOT, 'node_modules/.cache/evenhand');
const DAY = 86_400_000;

/**
 * The console as it stands in the sources, built into a folder named after them: tests that run together share it, and a build that
 * is made meanwhile changes nothing under them. Gives the folder.
 */
export async function builtConsole(): Promise<string> {
  const folder = join(SHELF, `web-${hashSources().slice(0, 16)}`);
  if (!existsSync(folder)) {
    await mkdir(SHELF, { recursive: true });
    await forgetOld();
    const building = await mkdtemp(join(SHELF, 'building-'));
    await build(building);
    // Whoever was first has put down the same.
    await rename(building, folder).catch(() => rm(building, { recursive: true, force: true }));
  }
  await utimes(folder, new Date(), new Date());
  return folder;
}

/** In a process of its own: under NODE_ENV=test, which the test runner sets, React would be built for development. */
async function build(into: string): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--logLevel', 'error', '--outDir', into, '--emptyOutDir'],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
}

async function forgetOld(): Promise<void> {
  for (const name of readdirSync(SHELF)) {
    const path = join(SHELF, name);
    if (Date.now() - statSync(path).mtimeMs > DAY) await rm(path, { recursive: true, force: true });
  }
}

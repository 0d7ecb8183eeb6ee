import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../src/adapters/refusal.ts';
import { duration, startProgress } from '../src/cli/progress.ts';
import { processTerminal } from '../src/cli/terminal.ts';

export const ROOT = resolve(import.meta.dirname, '..');

/** What the pages in the browser are made from. */
const SOURCES = ['src/web', 'src/contracts', 'languages', 'vite.config.ts', 'package-lock.json'];
const OUTPUT = join(ROOT, 'dist', 'web');
const STAMP = join(ROOT, 'dist', 'web.json');

const Stamp = z.object({ sources: z.string(), modules: z.number() });

/** True when there are pages to build. */
export function hasWeb(root: string = ROOT): boolean {
  return existsSync(join(root, 'src', 'web', 'console', 'index.html'));
}

/** A hash of everything the pages are made from, tests left out. Changes exactly when a build would make something else. */
export function hashSources(root: string = ROOT): string {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((source) => filesOf(root, source))) {
    const content = readFileSync(join(root, path));
    hash.update(`${path.split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Builds the pages if they need it. False, with the reason printed and the exit code set, when they cannot be built. */
export async function buildOrExplain({ always = false } = {}): Promise<boolean> {
  try {
    await buildWeb({ always });
    return true;
  } catch (error) {
    processTerminal.err(
      error instanceof Refusal
        ? error.message
        : `The pages cannot be built: ${error instanceof Error ? error.message : String(error)}`,
    );
    process.exitCode = 1;
    return false;
  }
}

/** Builds the pages, unless what stands in dist is made from these very sources. Gives false when nothing had to be done. */
async function buildWeb({ always = false } = {}): Promise<boolean> {
  if (!hasWeb()) return false;
  const sources = hashSources();
  const before = readStamp();
  if (!always && before?.sources === sources && existsSync(OUTPUT)) return false;
  checkWritable();
  // What is built here is what customers' staff run, whatever the caller's environment says.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  const begin = performance.now();
  const progress = startProgress(processTerminal, {
    label: 'Building the pages',
    unit: 'modules',
    total: before?.modules,
  });
  let modules = 0;
  const counter = {
    name: 'evenhand-progress',
    moduleParsed() {
      modules += 1;
      progress.update(modules);
    },
  };
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    configLoader: 'native',
    logLevel: 'warn',
    plugins: [counter],
  });
  progress.finish();
  writeFileSync(STAMP, `${JSON.stringify({ sources, modules })}\n`);
  processTerminal.out(`Built the pages in ${duration(performance.now() - begin)}`);
  return true;
}

function checkWritable(): void {
  try {
    mkdirSync(join(ROOT, 'dist'), { recursive: true });
    accessSync(existsSync(OUTPUT) ? OUTPUT : join(ROOT, 'dist'), constants.W_OK);
  } catch {
    throw new Refusal(
      `The pages must be built anew, and this user may not write to ${join(ROOT, 'dist')}: run "npm run build" there as its owner.`,
    );
  }
}

function readStamp(): z.infer<typeof Stamp> | null {
  try {
    return Stamp.parse(JSON.parse(readFileSync(STAMP, 'utf8')));
  } catch {
    return null;
  }
}

function filesOf(root: string, path: string): string[] {
  if (!existsSync(join(root, path))) return [];
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The Medusa this was tried with. */
export const MEDUSA = '2.21.2';
const PLUGIN = resolve(import.meta.dirname, '..');
const TSC = resolve(PLUGIN, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc');
const run = promisify(execFile);

/** What the plug-in is told, by the names that a shop's medusa-config reads from its environment. */
export interface PluginOptions {
  readonly EVENHAND_HOOK_URL: string;
  readonly EVENHAND_HOOK_SECRET: string;
  readonly EVENHAND_API_KEY: string;
}

/** Waits longer than a shop would: a machine that is busy with installing must not make it look as if nobody was refused. */
const CONFIG = `const { defineConfig } = require('@medusajs/framework/utils');
const { DATABASE_URL, EVENHAND_HOOK_URL, EVENHAND_HOOK_SECRET, EVENHAND_API_KEY } = process.env;
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: DATABASE_URL,
    http: { storeCors: '*', adminCors: '*', authCors: '*', jwtSecret: 'only-a-try', cookieSecret: 'only-a-try' },
  },
  admin: { disable: true },
  plugins: [
    {
      resolve: '@evenhand/medusa',
      options: { hookUrl: EVENHAND_HOOK_URL, hookSecret: EVENHAND_HOOK_SECRET, apiKey: EVENHAND_API_KEY, timeoutMs: 3000 },
    },
  ],
});
`;

/** Installs Medusa from npm, and the plug-in as its packed file, as a shop does. A Medusa that is there already only gets the plug-in as it is now. */
export async function installMedusa(folder: string): Promise<void> {
  const packed = await run('npm', ['pack', '--pack-destination', folder, '--json'], { cwd: PLUGIN });
  const file = /evenhand-medusa-[\w.-]+\.tgz/.exec(packed.stdout)?.[0];
  if (file === undefined) throw new Error(`npm pack named no file:\n${packed.stdout}`);
  writeFileSync(join(folder, 'medusa-config.js'), CONFIG);
  const there = join(folder, 'node_modules', '@evenhand', 'medusa');
  if (existsSync(there)) {
    await run('tar', ['-xzf', join(folder, file), '-C', there, '--strip-components', '1']);
    return;
  }
  const dependencies = {
    '@evenhand/medusa': `file:${file}`,
    ...Object.fromEntries(['medusa', 'framework', 'cli'].map((name) => [`@medusajs/${name}`, MEDUSA])),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', private: true, dependencies }));
  await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, maxBuffer: 1 << 26 });
}

/** Checks the plug-in's source against the types that Medusa publishes. Throws with what does not fit. */
export async function checkPublishedTypes(folder: string): Promise<void> {
  cpSync(join(PLUGIN, 'src'), join(folder, 'plugin-src'), { recursive: true });
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(PLUGIN, 'tsconfig.base.json'),
      compilerOptions: { noEmit: true, typeRoots: [join(folder, 'node_modules', '@types')] },
      include: ['plugin-src'],
      exclude: ['plugin-src/**/*.test.ts'],
    }),
  );
  await run(process.execPath, [TSC, '-p', join(folder, 'tsconfig.json')]).catch((error: { stdout?: string }) => {
    throw new Error(`The plug-in does not fit the types of Medusa ${MEDUSA}:\n${error.stdout}`);
  });
}

/** Runs one command of Medusa in the shop's folder, such as `db:migrate`. */
export async function medusa(folder: string, databaseUrl: string, ...words: readonly string[]): Promise<void> {
  await run(process.execPath, [cliOf(folder), ...words], {
    cwd: folder,
    env: environment(databaseUrl),
    maxBuffer: 1 << 26,
  });
}

/** A Medusa that answers. */
export interface RunningMedusa {
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly log: () => string;
}

/** Starts the shop's server and waits until it answers. */
export async function startMedusa(
  folder: string,
  databaseUrl: string,
  port: number,
  options: PluginOptions | null,
): Promise<RunningMedusa> {
  const child: ChildProcess = spawn(process.execPath, [cliOf(folder), 'start', '-p', String(port)], {
    cwd: folder,
    env: { ...environment(databaseUrl), ...options },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  for (const begin = performance.now(); performance.now() - begin < 120_000; await pause(200)) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok === true)
      return {
        url,
        log: () => log,
        stop: async () => {
          child.kill('SIGTERM');
          await ended;
        },
      };
  }
  child.kill('SIGKILL');
  throw new Error(`Medusa did not start:\n${log.slice(-3_000)}`);
}

/** A port nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('No port is free');
  return address.port;
}

function cliOf(folder: string): string {
  const cli = join(folder, 'node_modules', '@medusajs', 'cli');
  const { bin } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  const file = join(cli, bin.medusa ?? 'cli.js');
  if (!existsSync(file)) throw new Error(`Medusa's command is not at ${file}`);
  return file;
}

function environment(databaseUrl: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(EVENHAND_|DATABASE_URL|PORT$|NODE_OPTIONS)/.test(name),
  );
  return { ...Object.fromEntries(inherited), DATABASE_URL: databaseUrl, MEDUSA_DISABLE_TELEMETRY: 'true' };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Postmaster, runningPostmaster, stopPostmaster } from '../../src/adapters/postgres/server/postmaster.ts';

export const PROJECT = resolve(import.meta.dirname, '..', '..');

/** A program of the project that runs as a process of its own. */
export interface Program {
  readonly process: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Settles when it ended: the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** The service, answering. */
export interface Service extends Program {
  readonly url: string;
}

/** Another user to run as; only root can. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** What a program is started with. The port is any free one unless the environment says otherwise. */
export interface Start {
  readonly dataFolder: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly user?: User | undefined;
}

const PATIENCE_MS = 60_000;

/** A home that only its owner may enter, with a space in its path, and the place of a data folder in it. */
export function makeHome(owner?: User): { readonly dataFolder: string; readonly remove: () => Promise<void> } {
  const home = mkdtempSync(join(tmpdir(), 'evenhand home '));
  if (owner !== undefined) chownSync(home, owner.uid, owner.gid);
  const dataFolder = join(home, 'my data');
  const remove = async (): Promise<void> => {
    const running = postmasterOf(dataFolder);
    if (running !== null) await stopPostmaster(clusterOf(dataFolder), running.pid);
    rmSync(home, { recursive: true, force: true });
  };
  return { dataFolder, remove };
}

const SERVICE = 'src/main.ts';

/** What `npm start` tells Node. */
function startFlags(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const flags = /^node (.*)scripts\/start\.ts$/.exec(scripts.start)?.[1];
  if (flags === undefined) throw new Error(`"npm start" is not as it was: ${scripts.start}`);
  return flags.split(' ').filter((flag) => flag !== '');
}

/** Runs a script of the project with words after it. */
export function runProgram(
  script: string,
  words: readonly string[],
  { dataFolder, environment, user }: Start,
): Program {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(EVENHAND_|DATABASE_URL|PORT$|HOST$|VITEST|NODE_OPTIONS)/.test(name),
  );
  const flags = script === SERVICE ? startFlags() : [];
  const child = spawn(process.execPath, [...flags, join(PROJECT, script), ...words], {
    ...user,
    cwd: tmpdir(),
    env: { ...Object.fromEntries(inherited), PORT: '0', EVENHAND_DATA: dataFolder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<number | NodeJS.Signals>((resolveEnd) =>
    child.on('close', (code, signal) => resolveEnd(code ?? signal ?? 1)),
  );
  return { process: child, out: () => out, err: () => err, ended };
}

/** Starts the service and waits until it says that it is ready. Throws with its words when it ends instead. */
export async function startService(start: Start, script = SERVICE): Promise<Service> {
  const program = runProgram(script, [], start);
  let ended = false;
  void program.ended.then(() => {
    ended = true;
  });
  for (const begin = performance.now(); performance.now() - begin < PATIENCE_MS && !ended; await pause(20)) {
    const url = /Evenhand is ready at (http:\S+) .*\n.*Ctrl-C stops it\.\n/.exec(program.out())?.[1];
    if (url !== undefined) return { ...program, url };
  }
  program.process.kill('SIGKILL');
  throw new Error(`The service did not become ready:\n${program.out()}${program.err()}`);
}

/** Stops the service as Ctrl-C does, and gives its exit code. */
export async function stopService(service: Service): Promise<number | NodeJS.Signals> {
  service.process.kill('SIGINT');
  return service.ended;
}

/** The embedded server that runs in the data folder now. */
export function postmasterOf(dataFolder: string): Postmaster | null {
  return runningPostmaster(clusterOf(dataFolder));
}

/** The administering role's connection string for the embedded server of a data folder. */
export function embeddedUrl(dataFolder: string): string {
  const password = readFileSync(join(dataFolder, 'secrets', 'postgres.password'), 'utf8').trim();
  const { port } = JSON.parse(readFileSync(join(dataFolder, 'server.json'), 'utf8')) as { port: number };
  return `postgres://postgres:${password}@127.0.0.1:${port}/evenhand`;
}

function clusterOf(dataFolder: string): string {
  return join(dataFolder, 'postgres', '18');
}

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../adapters/refusal.ts';
import { type Installation, openInstallation } from '../compose.ts';
import { type Config, readConfig } from '../config.ts';
import { describeBug, type Terminal } from './frame.ts';
import { duration } from './progress.ts';

/** What `runService` works with. */
export interface Service {
  readonly environment: NodeJS.ProcessEnv;
  readonly workingFolder: string;
  readonly terminal: Terminal;
  /** Aborts when the service is to stop. */
  readonly signal: AbortSignal;
  /** Makes the HTTP service; closing the app ends everything that was begun with it. */
  readonly build: (installation: Installation, terminal: Terminal) => Promise<FastifyInstance>;
}

/** How long requests that are under way may take to finish when the service stops. */
const FAREWELL_MS = 10_000;

/**
 * Opens the installation, serves it until told to stop, and closes it: no more connections, running requests finished, database
 * stopped. Gives the exit code. Every expected refusal is one line.
 */
export async function runService({ environment, workingFolder, terminal, signal, build }: Service): Promise<number> {
  const begin = performance.now();
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort());
  if (signal.aborted) return 0;
  let lost = false;
  let installation: Installation | undefined;
  let app: FastifyInstance | undefined;
  let busy = (): boolean => false;
  try {
    const config = readConfig(environment, workingFolder);
    terminal.out(`Evenhand ${release()} starts, with its data in ${config.dataFolder}`);
    installation = await openInstallation(config, {
      onProgress: terminal.out,
      serveAs: `evenhand ${process.pid}`,
      onLost: () => {
        lost = true;
        stop.abort();
      },
    });
    if (stop.signal.aborted) return 0;
    app = await build(installation, terminal);
    busy = countRequests(app);
    const address = await listen(app, config);
    await installation.server.relabel(`evenhand ${process.pid} ${address}`);
    const next = await whatNext(installation);
    terminal.out(`Evenhand is ready at ${address} after ${duration(performance.now() - begin)}\n${next}`);
    await aborted(stop.signal);
    terminal.out(lost ? 'The database went away: stopping' : 'Stopping: finishing what is under way');
    return lost ? 1 : 0;
  } catch (error) {
    terminal.err(error instanceof Refusal ? error.message : describeBug(error, environment.EVENHAND_DEBUG === '1'));
    return 1;
  } finally {
    if (app !== undefined) await bidFarewell(app, busy);
    await installation?.close();
    if (app !== undefined) terminal.out('Stopped');
  }
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE')
      throw new Refusal(
        `Port ${port} on ${host} is in use by another program: stop that one, or choose another port, for example PORT=${port === 65_535 ? port - 1 : port + 1}.`,
      );
    if (code === 'EACCES')
      throw new Refusal(`Port ${port} needs more rights than this user has: choose one above 1023 with PORT.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new Refusal(`HOST "${host}" is not an address of this machine.`);
    throw error;
  }
  const { port: actual } = app.server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${actual}`;
}

async function whatNext({ pool }: Installation): Promise<string> {
  const found = await pool.query<{ staffed: boolean }>('select exists (select 1 from staff) as staffed');
  const visit =
    found.rows[0]?.staffed === true
      ? 'Open it in a browser and sign in.'
      : 'Open it in a browser: the first visit makes you its owner.';
  return `${visit} Ctrl-C stops it.`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}

/** Tells whether a request is being answered right now. */
function countRequests(app: FastifyInstance): () => boolean {
  let open = 0;
  app.server.on('request', (_request, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
  });
  return () => open > 0;
}

/**
 * Takes no more requests and lets those under way finish. Connections on which nothing is being answered are then cut: browsers
 * keep some open in advance, and would hold the service until they lose interest.
 */
async function bidFarewell(app: FastifyInstance, busy: () => boolean): Promise<void> {
  const closing = app.close();
  for (const begin = performance.now(); busy() && performance.now() - begin < FAREWELL_MS; ) await pause(20);
  app.server.closeAllConnections();
  await closing;
}

function release(): string {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

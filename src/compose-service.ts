import type { FastifyInstance } from 'fastify';
import { createConsoleReads } from './adapters/postgres/console/reads.ts';
import { openReplica, type Replica } from './adapters/postgres/replica/replica.ts';
import type { Installation } from './compose.ts';
import { deliveryOf, JobBell, runJobs } from './compose-jobs.ts';
import { ensureDemo } from './compose-sample.ts';
import { ensureFirstOwner, serverDeps } from './compose-server.ts';
import { buildServer } from './http/server.ts';
import type { Clock } from './ports.ts';

/** Where a service differs from the one that everybody runs. */
export interface ServiceChanges {
  readonly clock?: Clock;
  /** The built pages, where they lie elsewhere. */
  readonly webFolder?: string;
}

/** Everything the service does once its installation is open: pages, API and jobs. Ends with the app. */
export async function buildService(
  installation: Installation,
  say: (line: string) => void,
  { clock, webFolder }: ServiceChanges = {},
): Promise<FastifyInstance> {
  const bell = new JobBell();
  const onPrimary = await serverDeps(installation, { ...bell, ...(clock === undefined ? {} : { clock }) });
  const replica = replicaOf(installation, say);
  const reads =
    replica?.over(onPrimary.reads, (db) => createConsoleReads(db, onPrimary.vault, onPrimary.clock)) ?? onPrimary.reads;
  const deps = { ...onPrimary, reads };
  await ensureFirstOwner(deps, installation.config);
  if (installation.config.demo) await ensureDemo(installation, say);
  const app = await buildServer(webFolder === undefined ? deps : { ...deps, webFolder });
  const onError = (error: unknown): void => app.log.error({ err: error }, 'A job failed');
  const stop = await runJobs(installation, deps, bell, onError, deliveryOf(deps));
  app.addHook('onClose', stop);
  if (replica !== null) {
    // Before the answer leaves, so that whoever gets it and looks again finds what they did.
    app.addHook('onSend', async ({ method, url }) => {
      if (method !== 'GET' && url.startsWith('/api/')) replica.wrote();
    });
    app.addHook('onClose', replica.close);
  }
  return app;
}

function replicaOf({ config, pool, serviceUrl }: Installation, say: (line: string) => void): Replica | null {
  const url = config.readDatabaseUrl;
  return url === undefined ? null : openReplica({ url, serviceUrl, primary: pool, onTrouble: say });
}

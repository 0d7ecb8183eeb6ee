import type { FastifyInstance } from 'fastify';
import type { Terminal } from './cli/frame.ts';
import { runService } from './cli/service.ts';
import { stopSignal } from './cli/signals.ts';
import { processTerminal } from './cli/terminal.ts';
import type { Installation } from './compose.ts';
import { deliveryOf, JobBell, runJobs } from './compose-jobs.ts';
import { ensureDemo } from './compose-sample.ts';
import { ensureFirstOwner, serverDeps } from './compose-server.ts';
import { buildServer } from './http/server.ts';

/** Everything the service does once its installation is open; ends with the app. */
async function build(installation: Installation, terminal: Terminal): Promise<FastifyInstance> {
  const bell = new JobBell();
  const deps = await serverDeps(installation, bell);
  await ensureFirstOwner(deps, installation.config);
  if (installation.config.demo) await ensureDemo(installation, terminal.out);
  const app = await buildServer(deps);
  const onError = (error: unknown): void => app.log.error({ err: error }, 'A job failed');
  const stop = await runJobs(installation, deps, bell, onError, deliveryOf(deps));
  app.addHook('onClose', stop);
  return app;
}

process.exitCode = await runService({
  environment: process.env,
  workingFolder: process.cwd(),
  terminal: processTerminal,
  signal: stopSignal(),
  build,
});
// Whatever might still hold the process (a client that does not hang up) gets a moment, then it ends.
setTimeout(() => process.exit(), 2_000).unref();

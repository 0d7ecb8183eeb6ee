import { runService } from './cli/service.ts';
import { stopSignal } from './cli/signals.ts';
import { processTerminal } from './cli/terminal.ts';
import { buildService } from './compose-service.ts';

process.exitCode = await runService({
  environment: process.env,
  workingFolder: process.cwd(),
  terminal: processTerminal,
  signal: stopSignal(),
  build: (installation, terminal) => buildService(installation, terminal.out),
});
// Whatever might still hold the process (a client that does not hang up) gets a moment, then it ends.
setTimeout(() => process.exit(), 2_000).unref();

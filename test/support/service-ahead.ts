/**
 * The service as a process of its own whose clock a test can put ahead: by the milliseconds that stand in the file
 * TEST_AHEAD_FILE. TEST_WEB_FOLDER holds the built pages.
 */
import { readFileSync } from 'node:fs';
import { runService } from '../../src/cli/service.ts';
import { stopSignal } from '../../src/cli/signals.ts';
import { processTerminal } from '../../src/cli/terminal.ts';
import { buildService } from '../../src/compose-service.ts';
import { instant } from '../../src/core/shared/time.ts';

const { TEST_AHEAD_FILE: file = '', TEST_WEB_FOLDER: webFolder = '' } = process.env;

process.exitCode = await runService({
  environment: process.env,
  workingFolder: process.cwd(),
  terminal: processTerminal,
  signal: stopSignal(),
  build: (installation, terminal) =>
    buildService(installation, terminal.out, {
      clock: { now: () => instant(Date.now() + Number(readFileSync(file, 'utf8'))) },
      webFolder,
    }),
});
setTimeout(() => process.exit(), 2_000).unref();

import { COMMANDS } from './cli/commands/index.ts';
import { runCommandLine } from './cli/frame.ts';
import { stopSignal } from './cli/signals.ts';
import { processTerminal } from './cli/terminal.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), {
  registry: COMMANDS,
  terminal: processTerminal,
  environment: process.env,
  workingFolder: process.cwd(),
  signal: stopSignal(),
});

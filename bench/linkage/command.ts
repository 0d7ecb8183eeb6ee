import { COMMANDS } from '../../src/cli/commands/index.ts';
import { runCommandLine } from '../../src/cli/frame.ts';

/** Runs `evenhand link` in this process and gives what it printed. Throws what it said when it failed. */
export async function link(...words: string[]): Promise<string> {
  const printed: string[] = [];
  const told: string[] = [];
  const code = await runCommandLine(['link', ...words], {
    registry: COMMANDS,
    terminal: {
      out: (line) => void printed.push(line),
      err: (line) => void told.push(line),
      raw: () => undefined,
      isScreen: false,
      columns: 80,
    },
    environment: process.env,
    workingFolder: process.cwd(),
    signal: new AbortController().signal,
  });
  if (code !== 0) throw new Error(told.join('\n'));
  return printed.join('\n');
}

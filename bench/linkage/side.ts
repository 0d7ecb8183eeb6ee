import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a side of the bench did, in a process of its own. */
export interface Done {
  readonly seconds: number;
  readonly pairs: number | null;
  readonly links: number;
}

/** Processor seconds of all threads, and the most memory the process held. */
export interface Took extends Done {
  readonly processorSeconds: number;
  readonly megabytes: number;
}

/** Says, at the end of a side's process, what it did. */
export function say(done: Done): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const took: Took = { ...done, processorSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1e3 };
  console.log(JSON.stringify(took));
}

/** Runs a side and gives what it said. Throws with what it wrote when it failed. */
export async function runSide(script: string, ...words: string[]): Promise<Took> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, script), ...words]);
  return JSON.parse(stdout) as Took;
}

import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const WINDOW_MS = 3_000;
const QUIET = 0.08;
const PATIENCE_MS = 900_000;

/** Waits until a process of this machine has done next to nothing for some seconds: what it does after its start is done then. */
export async function untilQuiet(pid: number): Promise<void> {
  await until(() => processorMs(pid));
}

/** The same of this process, the part that is not waited for. */
export async function untilQuietHere(): Promise<void> {
  await until(() => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  });
}

async function until(used: () => number): Promise<void> {
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS; ) {
    const before = used();
    await pause(WINDOW_MS);
    if (used() - before < QUIET * WINDOW_MS) return;
  }
  throw new Error('Work after the start does not end');
}

/** Processor time from Linux; hundredths of a second there. */
function processorMs(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second (sysconf(_SC_CLK_TCK)). */
const TICKS = 100;

/**
 * Seconds of processor time that a process and all below it have used, those that have ended included. Unlike time on the clock it hardly changes
 * when a machine is busy with other things. Linux only.
 */
export function processorSeconds(root: number): number {
  const all = new Map<number, Stat>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat !== null) all.set(stat.pid, stat);
  }
  const within = (stat: Stat): boolean => {
    if (stat.pid === root) return true;
    const parent = all.get(stat.parent);
    return parent !== undefined && within(parent);
  };
  const ticks = [...all.values()].filter(within).reduce((sum, { own, ended }) => sum + own + ended, 0);
  return ticks / TICKS;
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly own: number;
  /** Of its children that have ended and were waited for. */
  readonly ended: number;
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent, user, system, childUser, childSystem] = [1, 11, 12, 13, 14].map((at) => fields[at] ?? 0);
    return {
      pid,
      parent: parent ?? 0,
      own: (user ?? 0) + (system ?? 0),
      ended: (childUser ?? 0) + (childSystem ?? 0),
    };
  } catch {
    return null;
  }
}

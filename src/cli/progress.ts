import type { Terminal } from './frame.ts';

/** Shows how far a long step is. */
export interface Progress {
  /** How much is done by now, in the unit. */
  readonly update: (done: number) => void;
  /** Ends the line with the final figures; nothing may follow. */
  readonly finish: () => void;
}

/** What a progress is about. */
export interface Task {
  /** "Importing online-retail.csv.gz" */
  readonly label: string;
  /** "rows"; or "bytes", which are shown as kB and MB. */
  readonly unit: string;
  /** Without it there is a rate, but no bar and no time left. */
  readonly total?: number | undefined;
}

const REDRAW_MS = 100;
const LINE_MS = 5_000;
const BAR = 24;

/**
 * On a screen: one line, redrawn, with bar, rate and time left. Elsewhere (a log, a pipe): a line every few seconds, so that
 * nothing unreadable lands in a file. `now` gives milliseconds that never run backwards.
 */
export function startProgress(terminal: Terminal, task: Task, now: () => number = () => performance.now()): Progress {
  const begin = now();
  let done = 0;
  let drawnAt = terminal.isScreen ? Number.NEGATIVE_INFINITY : begin;
  let finished = false;
  const draw = (line: string, isLast: boolean): void => {
    if (!terminal.isScreen) terminal.err(line);
    else terminal.raw(`\r\u001b[2K${line.slice(0, Math.max(20, terminal.columns - 1))}${isLast ? '\n' : ''}`);
    drawnAt = now();
  };
  return {
    update: (next) => {
      done = next;
      if (!finished && now() - drawnAt >= (terminal.isScreen ? REDRAW_MS : LINE_MS))
        draw(describe(task, done, now() - begin, terminal.isScreen), false);
    },
    finish: () => {
      if (finished) return;
      finished = true;
      draw(summarise(task, done, now() - begin), true);
    },
  };
}

function describe({ label, unit, total }: Task, done: number, elapsed: number, withBar: boolean): string {
  const rate = elapsed > 0 ? (done * 1000) / elapsed : 0;
  const speed = `${amount(rate, unit)}/s`;
  if (total === undefined || total <= 0) return `${label}  ${amount(done, unit)}  ${speed}`;
  const share = Math.min(1, done / total);
  const bar = withBar ? `  ${'█'.repeat(Math.round(share * BAR))}${'░'.repeat(BAR - Math.round(share * BAR))}` : '';
  const left = rate > 0 && share < 1 ? `  ${duration(((total - done) * 1000) / rate)} left` : '';
  return `${label}${bar}  ${Math.floor(share * 100)} %  ${speed}${left}`;
}

function summarise({ label, unit }: Task, done: number, elapsed: number): string {
  const rate = elapsed > 0 ? `, ${amount((done * 1000) / elapsed, unit)}/s` : '';
  return `${label}: ${amount(done, unit)} in ${duration(elapsed)}${rate}`;
}

function amount(value: number, unit: string): string {
  if (unit !== 'bytes') return `${Math.round(value).toLocaleString('en')} ${unit}`;
  if (value < 1_000_000) return `${Math.round(value / 1_000)} kB`;
  return `${(value / 1_000_000).toFixed(1)} MB`;
}

/** "0.4 s", "12 s", "3 min 5 s", "2 h 10 min". */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

import type { Terminal } from './frame.ts';

// Whoever reads our output may stop reading ("evenhand … | head"); that ends us quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** The terminal of this process. */
export const processTerminal: Terminal = {
  out: (line) => {
    process.stdout.write(`${line}\n`);
  },
  err: (line) => {
    process.stderr.write(`${line}\n`);
  },
  raw: (text) => {
    process.stderr.write(text);
  },
  isScreen: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
  columns: process.stderr.columns ?? 80,
};

import type { Registry } from '../frame.ts';

/** Every command by the words that call it. Each is loaded only when it is called, or for the list in the help. */
export const COMMANDS: Registry = {
  sample: () => import('./sample.ts'),
  status: () => import('./status.ts'),
};

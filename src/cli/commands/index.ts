import type { Registry } from '../frame.ts';

/** Every command by the words that call it. Each is loaded only when it is called, or for the list in the help. */
export const COMMANDS: Registry = {
  'db distribute': () => import('./db-distribute.ts'),
  evaluate: () => import('./evaluate.ts'),
  import: () => import('./import.ts'),
  'ledger rebuild': () => import('./ledger-rebuild.ts'),
  'ledger verify': () => import('./ledger-verify.ts'),
  link: () => import('./link.ts'),
  decide: () => import('./decide.ts'),
  'policy check': () => import('./policy-check.ts'),
  'policy diff': () => import('./policy-diff.ts'),
  'policy publish': () => import('./policy-publish.ts'),
  'policy render': () => import('./policy-render.ts'),
  sample: () => import('./sample.ts'),
  'shop check': () => import('./shop-check.ts'),
  'shop history': () => import('./shop-history.ts'),
  'shop list': () => import('./shop-list.ts'),
  'shop reconcile': () => import('./shop-reconcile.ts'),
  status: () => import('./status.ts'),
};

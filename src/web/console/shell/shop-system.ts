import type { Home } from '../../../contracts/review.ts';

/** How many things about the shop system need a person: that it is to be connected again counts as one. */
export function needsOf(system: Home['shopSystem']): number {
  if (system === null) return 0;
  return (system.state === 'reconnect' ? 1 : 0) + system.refused + system.actsFailed;
}

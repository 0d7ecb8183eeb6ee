import type { Obligation, Surface } from '../events/measures.ts';

/**
 * What of a customer's rights a block would take away (fairness rule 6): returns, which are a right where they are withdrawal
 * or faulty goods, or contact without a channel that stays open. Nobody may block so, neither a policy nor a person.
 */
export function rightsTaken(
  surfaces: readonly Surface[],
  obligations: readonly Obligation[],
): readonly ('return' | 'contact')[] {
  const taken: ('return' | 'contact')[] = [];
  if (surfaces.includes('return')) taken.push('return');
  if (surfaces.includes('contact') && !obligations.includes('official_channels_only')) taken.push('contact');
  return taken;
}

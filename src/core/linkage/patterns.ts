import type { Comparison } from './types.ts';

/** The level of a comparison in a pattern. */
export function levelIn(pattern: number, { stride, levels }: Pick<Comparison, 'stride' | 'levels'>): number {
  return Math.floor(pattern / stride) % levels.length;
}

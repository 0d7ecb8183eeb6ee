import type { Obligation, Surface } from '../events/measures.ts';
import { obligations } from '../events/obligations.ts';

export { obligations };

/** Whether an obligation of a measure is asked for at a surface. Only manual review follows the surfaces its measure names. */
export function asksAt(obligation: Obligation, measureSurfaces: readonly Surface[], surface: Surface): boolean {
  if (obligation === 'manual_review' && measureSurfaces.length > 0) return measureSurfaces.includes(surface);
  return obligations[obligation].surfaces.includes(surface);
}

import { featureOf } from './table.ts';
import type { Comparison, Feature, Table } from './types.ts';

/** Whose frequency tells how much an agreement says. */
export function frequencyFeature(table: Table, name: Comparison['name']): Feature | null {
  return featureOf(table, name === 'place' ? 'address' : name);
}

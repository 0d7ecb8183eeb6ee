import type { ComparisonKind, LevelName } from './types.ts';

/** The levels of each kind of comparison, from nothing to compare upwards. A pattern holds their places here. */
const LEVELS = {
  given: ['missing', 'different', 'similar', 'close', 'swapped', 'equal'],
  surname: ['missing', 'different', 'similar', 'close', 'equal'],
  birth: ['missing', 'different', 'same year', 'one edit', 'equal'],
  email: ['missing', 'different', 'same mailbox name', 'one edit', 'equal'],
  code: ['missing', 'different', 'one edit', 'equal'],
  place: ['missing', 'different', 'same area', 'same area twice', 'same street', 'address close', 'address equal'],
  exact: ['missing', 'different', 'equal'],
  text: ['missing', 'different', 'similar', 'close', 'equal'],
} as const satisfies Record<ComparisonKind, readonly LevelName[]>;

export function levelsOf(kind: ComparisonKind): readonly LevelName[] {
  return LEVELS[kind];
}

/** The place of a level of a kind, for code that sets one; throws for a level the kind does not have. */
export function levelAt(kind: ComparisonKind, level: LevelName): number {
  const place = levelsOf(kind).indexOf(level);
  if (place < 0) throw new Error(`The comparison ${kind} has no level "${level}".`);
  return place;
}

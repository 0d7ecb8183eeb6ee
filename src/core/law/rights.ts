import type { Surface } from '../events/measures.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Instant } from '../shared/time.ts';
import { inForce } from './answers.ts';
import { sourceInWords } from './law.ts';
import type { Law, LawEntry, MeasureReach, Right, RightTaken } from './types.ts';

/**
 * What of a customer's rights a measure would take away, with the law that gives each at that instant. Where no law known here
 * gives it, the house's own fairness rule 6 does (`entry` null): nobody may block returns, or all contact. Neither a policy nor
 * a person may take a measure for which this is not empty.
 */
export function rightsTaken(law: Law, reach: MeasureReach, at: Instant): readonly RightTaken[] {
  if (reach.type !== 'block') return [];
  return reach.surfaces.flatMap((surface) => {
    const stopped = stoppedBy(surface, reach, law);
    const taken = stopped.flatMap((what) =>
      law.entries
        .filter((entry) => entry.keeps.includes(what) && inForce(entry, at))
        .map((entry): RightTaken => ({ what, by: surface, entry })),
    );
    const floor = taken.length > 0 || stopped.length === 0 ? undefined : floors[surface];
    return floor === undefined ? taken : [{ what: floor, by: surface, entry: null }];
  });
}

/** Which rights nobody can use any more once a surface is closed. */
function stoppedBy(surface: Surface, { obligations }: MeasureReach, { facts }: Law): readonly Right[] {
  switch (surface) {
    case 'return':
      return ['withdrawal', 'withdrawal_function', 'faulty_goods'];
    case 'contact':
      return obligations.includes('official_channels_only') ? [] : ['hearing', 'data'];
    case 'login':
      return facts.withdrawalWithoutSignIn ? [] : ['withdrawal_function'];
    case 'purchase':
    case 'review':
      return [];
    default:
      return assertNever(surface);
  }
}

/** Fairness rule 6 of the house, where no law says it. */
const floors: Readonly<Partial<Record<Surface, Right>>> = { return: 'faulty_goods', contact: 'hearing' };

/**
 * What a refusal names: the sources of the rights that are taken, each once and one a right, the nearest law first; "fairness
 * rule 6" where no law gives them.
 */
export function sourcesInWords(taken: readonly RightTaken[]): string {
  const nearest = new Map<Right, LawEntry>();
  for (const { what, entry } of taken) if (entry !== null && !nearest.has(what)) nearest.set(what, entry);
  const sources = new Set([...nearest.values()].map((entry) => sourceInWords(entry.source)));
  return sources.size === 0 ? 'fairness rule 6' : [...sources].join('; ');
}

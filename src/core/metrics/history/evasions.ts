import type { Fact } from '../facts.ts';
import type { Past } from './past.ts';

/** Measures that were got round by this account, each once. */
export const evasionFacts = (past: Past): Fact[] =>
  [...past.grouped('evasion.found', ({ of, measure }) => `${of} ${measure}`).values()].map((group) => {
    const chief = past.chief(group);
    return { at: chief.occurredAt, evidence: [chief.id], exclusion: past.corrected(chief) };
  });

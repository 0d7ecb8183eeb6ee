import type { Language } from '../core/shared/words.ts';

/** The languages the service speaks. */
export interface Languages {
  /** English first, then the others by their code. */
  readonly all: readonly Language[];
  readonly english: Language;
  /** The language a tag asks for, whole or by its first part ("nl-BE" is served by "nl"); English when there is none. */
  of(tag: string): Language;
  /** The first language that one of the tags asks for; English when none does. */
  firstOf(tags: Iterable<string>): Language;
  /** The keys a language has no words for yet, which are said in English until it does. */
  missing(code: string): readonly string[];
}

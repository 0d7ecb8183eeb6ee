import type { Problem } from '../contracts/common.ts';
import { type Language, say } from '../core/shared/words.ts';
import type { Languages } from '../ports/languages.ts';

interface Known {
  readonly key: string;
  /** Matches the English sentence; the groups are what was filled in. */
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

const PREFIXES = ['problems.', 'imports.skipped.', 'imports.row.', 'imports.place.', 'imports.fault.'];

/**
 * Says refusals to staff in their language. A refusal is written in English where it arises, and so is what an import leaves out;
 * `words/problems.json` and `words/imports.json` hold the same sentences by key, and the one that matches is said from there. One
 * that is in neither stays English, as it does for programs.
 */
export class ProblemWords {
  readonly #english: Language;
  readonly #known: readonly Known[];

  constructor({ english }: Pick<Languages, 'english'>) {
    this.#english = english;
    this.#known = Object.entries(english.words)
      .filter(([key]) => PREFIXES.some((prefix) => key.startsWith(prefix)))
      .map(([key, template]) => knownOf(key, template))
      // The more of a sentence is fixed, the more exactly it is meant.
      .sort((a, b) => a.names.length - b.names.length || b.pattern.source.length - a.pattern.source.length);
  }

  /** The sentence in a language; as it is where the language has no words for it. */
  say(language: Language, text: string): string {
    if (language.code === this.#english.code) return text;
    for (const { key, pattern, names } of this.#known) {
      const match = pattern.exec(text);
      if (match === null) continue;
      // What is filled in may be such a sentence itself: the reason inside a fault.
      const values = names.map((name, at) => [name, this.say(language, match[at + 1] ?? '')]);
      return say(language, key, Object.fromEntries(values));
    }
    return text;
  }

  /** A whole problem: its title, what it says, and what it says about each field. */
  problem(language: Language, problem: Problem): Problem {
    if (language.code === this.#english.code) return problem;
    const errors = problem.errors?.map((each) => ({ ...each, message: this.say(language, each.message) }));
    const [first] = errors ?? [];
    return {
      ...problem,
      title: this.say(language, problem.title),
      // What is wrong with a field is said of it: its name, which no reader has seen, stays out.
      ...(problem.detail !== undefined && {
        detail: first === undefined ? this.say(language, problem.detail) : first.message,
      }),
      ...(errors !== undefined && { errors }),
    };
  }
}

const HOLE = /\{\{\s*(\w+)\s*\}\}/g;

function knownOf(key: string, template: string): Known {
  const names = [...template.matchAll(HOLE)].map(([, name]) => name ?? '');
  const parts = template.split(HOLE).filter((_, at) => at % 2 === 0);
  const pattern = new RegExp(
    `^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+?)')}$`,
    's',
  );
  return { key, pattern, names };
}

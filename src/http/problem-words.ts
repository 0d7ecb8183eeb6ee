import type { Problem } from '../contracts/common.ts';
import { parsePeriod } from '../core/shared/period.ts';
import { type Language, say, sayPeriod } from '../core/shared/words.ts';
import type { Languages } from '../ports/languages.ts';

interface Known {
  readonly key: string;
  /** Matches the English sentence; the groups are what was filled in. */
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** How many characters of it are fixed. */
  readonly fixed: number;
}

/** Refusals, and what imports leave out. */
const PROBLEMS = ['problems.', 'imports.skipped.', 'imports.row.', 'imports.place.', 'imports.fault.', 'wording.why.'];

/** What the service itself wrote beside an event. */
export const REMARKS = ['remarks.'];

/**
 * Says to staff in their language what was written in English before anybody knew who would read it: refusals, what an import
 * leaves out, remarks in the ledger. The words files hold the same sentences by key, and the one that matches is said from there.
 * One that is in no file stays English, as it does for programs.
 */
export class ProblemWords {
  readonly #english: Language;
  readonly #known: readonly Known[];

  constructor({ english }: Pick<Languages, 'english'>, prefixes: readonly string[] = PROBLEMS) {
    this.#english = english;
    this.#known = Object.entries(english.words)
      .filter(([key]) => prefixes.some((prefix) => key.startsWith(prefix)))
      .map(([key, template]) => knownOf(key, template))
      // The more of a sentence is fixed, the more exactly it is meant.
      .sort((a, b) => b.fixed - a.fixed);
  }

  /** The sentence in a language; as it is where the language has no words for it. */
  say(language: Language, text: string): string {
    if (language.code === this.#english.code) return text;
    for (const { key, pattern, names } of this.#known) {
      const match = pattern.exec(text);
      if (match === null) continue;
      const values = names.map((name, at) => [name, this.#filledIn(language, name, match[at + 1] ?? '')]);
      return say(language, key.replace(PLURAL, ''), Object.fromEntries(values));
    }
    return text;
  }

  /** What is filled in may be a sentence itself (the reason inside a fault), a number that words bend with, or a length of time. */
  #filledIn(language: Language, name: string, text: string): string | number {
    if (name === 'count') return Number(text);
    const period = parsePeriod(text);
    return period.ok ? sayPeriod(language, period.value) : this.say(language, text);
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

const PLURAL = /_(one|other)$/;
const HOLE = /\{\{\s*(\w+)\s*\}\}/g;

function knownOf(key: string, template: string): Known {
  const names = [...template.matchAll(HOLE)].map(([, name]) => name ?? '');
  const parts = template.split(HOLE).filter((_, at) => at % 2 === 0);
  const holes = names.map((name) => (name === 'count' ? '(\\d+)' : '(.+?)'));
  const pattern = parts.map((part, at) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + (holes[at] ?? '')).join('');
  return { key, pattern: new RegExp(`^${pattern}$`, 's'), names, fixed: parts.join('').length };
}

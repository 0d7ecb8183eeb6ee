import type { Period } from '../shared/period.ts';

/**
 * A sentence as data: the key of a template in a language's words for policies and the values that go into it. Nothing is
 * glued together outside the templates.
 */
export interface Sentence {
  readonly key: string;
  readonly values: Readonly<Record<string, Value>>;
}

export type Value =
  /** Text as it is, or a number in the reader's figures. */
  | string
  | number
  | Period
  | Sentence
  | { readonly list: readonly Sentence[]; readonly join: 'and' | 'or' }
  /** 0–1. */
  | { readonly share: number }
  /** Minor units of a currency. */
  | { readonly money: number; readonly currency: string };

export const sentence = (key: string, values: Sentence['values'] = {}): Sentence => ({ key, values });

/** Words of the shop itself, and the language they are in. */
export interface OwnText {
  readonly text: string;
  readonly language: string;
}

/** The shop's own words as a sentence: said as they are in every language. */
export const verbatim = ({ text, language }: OwnText): Sentence => sentence('verbatim', { text, language });

/** The language a sentence is in where it is the shop's own words; null where it is said in the reader's. */
export function ownLanguage({ key, values }: Sentence): string | null {
  return key === 'verbatim' && typeof values.language === 'string' ? values.language : null;
}

export type SectionKind = 'rule' | 'ladder' | 'live' | 'procedure' | 'rights';

export interface Section {
  readonly id: string;
  readonly kind: SectionKind;
  readonly title: Sentence;
  readonly sentences: readonly Sentence[];
  /** Whose data it is judged by, where their licence asks to be named. */
  readonly source?: DataSource;
}

/** Where data comes from: what is said before it, and its name, which links to its makers and is the same in every language. */
export interface DataSource {
  readonly said: Sentence;
  readonly name: string;
  readonly href: string;
}

/** A policy in plain words. */
export interface Prose {
  readonly title: Sentence;
  readonly introduction: Sentence;
  readonly sections: readonly Section[];
}

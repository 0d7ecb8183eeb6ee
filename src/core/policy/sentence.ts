import type { Period } from '../shared/period.ts';

/**
 * A sentence as data: the key of a template and the values that go into it. A translation gives other templates for the
 * same keys; nothing is glued together outside them.
 */
export interface Sentence {
  readonly key: string;
  readonly values: Readonly<Record<string, Value>>;
}

export type Value =
  /** Text of the shop's own, or a number: shown as it is. */
  string | number | Period | Sentence | { readonly list: readonly Sentence[]; readonly join: 'and' | 'or' };

export const sentence = (key: string, values: Sentence['values'] = {}): Sentence => ({ key, values });

/** Words of the shop itself: the same in every language until the shop translates them. */
export const verbatim = (text: string): Sentence => sentence('verbatim', { text });

export type SectionKind = 'rule' | 'ladder' | 'procedure' | 'rights';

export interface Section {
  readonly id: string;
  readonly kind: SectionKind;
  readonly title: Sentence;
  readonly sentences: readonly Sentence[];
}

/** A policy in plain words. */
export interface Prose {
  readonly title: string;
  readonly introduction: string;
  readonly sections: readonly Section[];
}

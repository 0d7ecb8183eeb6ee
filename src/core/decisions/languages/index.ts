import { english } from './en.ts';
import { hebrew } from './he.ts';
import { dutch } from './nl.ts';
import { polish } from './pl.ts';
import type { DecisionWords } from './words.ts';
import { chinese } from './zh.ts';

/** Languages a decision can speak, by BCP 47 primary tag. A language is a file beside this one and a line here. */
export const decisionLanguages = {
  en: english,
  nl: dutch,
  pl: polish,
  zh: chinese,
  he: hebrew,
} as const satisfies Record<string, DecisionWords>;

export type DecisionLanguage = keyof typeof decisionLanguages;

export function isDecisionLanguage(tag: string): tag is DecisionLanguage {
  return Object.hasOwn(decisionLanguages, tag);
}

import type { Language } from '../people/origins.ts';
import type { Random } from '../random.ts';
import { everyday } from './everyday.ts';
import { reviews } from './reviews.ts';
import { trouble } from './trouble.ts';

export type Phrases = Readonly<Record<Language, readonly string[]>>;

const topics = { ...everyday, ...reviews, ...trouble };

export type Topic = keyof typeof topics;

/** Something people write about a topic, in their language. */
export function say(random: Random, topic: Topic, language: Language): string {
  return random.pick(topics[topic][language]);
}

/** Every phrase of every topic, for the tests that look at them all. */
export const allPhrases: Readonly<Record<Topic, Phrases>> = topics;

import type { ReturnReason } from '../../core/events/values.ts';
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

/** What somebody writes who sends something back for a reason that is the shop's own. */
export function sayFault(random: Random, reason: ReturnReason, language: Language): string {
  const topic: Topic =
    reason === 'arrived_too_late'
      ? 'late'
      : reason === 'defect' || reason === 'damaged_in_transit'
        ? 'defect'
        : 'not-as-ordered';
  return say(random, topic, language);
}

/** Every phrase of every topic, for the tests that look at them all. */
export const allPhrases: Readonly<Record<Topic, Phrases>> = topics;

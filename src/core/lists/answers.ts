import { type EntryAnswer, type EntryType, entryAnswers } from './types.ts';

/**
 * What a deny entry answers unless somebody chooses otherwise: as much as its type can carry. An address, a customer number or a device is
 * one person's; a phone and a front door are a home's, so a person looks; a domain or a network is a crowd's, so whoever asks may show
 * that they are somebody else.
 */
const USUAL: Readonly<Record<EntryType, EntryAnswer>> = {
  email: 'deny',
  external: 'deny',
  device: 'deny',
  phone: 'review',
  name_address: 'review',
  email_domain: 'challenge',
  ip: 'challenge',
};

export const usualAnswer = (type: EntryType): EntryAnswer => USUAL[type];

/** Whether an answer is harder than what the type carries by itself: it hits people who did nothing, and must be chosen on purpose. */
export const isStronger = (type: EntryType, answer: EntryAnswer): boolean =>
  entryAnswers.indexOf(answer) > entryAnswers.indexOf(USUAL[type]);

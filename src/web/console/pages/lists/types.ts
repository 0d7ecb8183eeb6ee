import type { ResponseOf } from '../../../../contracts/routes.ts';
import type { Meaning } from '../../../ui/index.ts';

export type Entry = ResponseOf<'POST /api/shops/:shop/lists/search'>['items'][number];
export type EntryType = Entry['type'];
export type Answer = NonNullable<Entry['answer']>;
export type Change = ResponseOf<'GET /api/shops/:shop/lists/changes'>['items'][number];

export const TYPES = ['email', 'external', 'phone', 'email_domain', 'name_address', 'ip', 'device'] as const;
export const LISTS = ['deny', 'allow'] as const;
export const SHOWS = ['valid', 'ending', 'unused', 'ended'] as const;
export const ANSWERS = ['challenge', 'review', 'deny'] as const;

/** What reads of the lists are no longer true after something was done to them. */
export const TOUCHES = [
  'POST /api/shops/:shop/lists/search',
  'GET /api/shops/:shop/lists/changes',
  'GET /api/shops/:shop/home',
] as const;

/** What an entry does, in one word of the page's own. */
export const doesOf = (entry: Pick<Entry, 'answer'>): Answer | 'allow' => entry.answer ?? 'allow';

export const MEANING: Readonly<Record<Answer | 'allow', Meaning>> = {
  allow: 'good',
  challenge: 'watch',
  review: 'restrict',
  deny: 'block',
};

/** The end of a day as the date field gives it, as an instant. */
export const endOf = (day: string): string => new Date(`${day}T23:59:59Z`).toISOString();

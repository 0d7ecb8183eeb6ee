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

/** Kinds by which the shop knows no customer for certain: whom such an entry concerns is not counted. */
export const UNCOUNTED: readonly EntryType[] = ['email_domain', 'name_address', 'ip', 'device'];

/** What an entry does, in a sentence: an allow entry on what is not one person's does less. */
export function doesLongOf(entry: Pick<Entry, 'answer' | 'type'>): Answer | 'allow' | 'allowShared' | 'allowName' {
  const does = doesOf(entry);
  if (does !== 'allow') return does;
  if (entry.type === 'name_address') return 'allowName';
  return UNCOUNTED.includes(entry.type) ? 'allowShared' : 'allow';
}

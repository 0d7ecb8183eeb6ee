import type { BodyOf } from '../../../../contracts/routes.ts';
import { minorDigits } from '../../../ui/index.ts';

export type AskedAct = BodyOf<'POST /api/shops/:shop/customers/:id/acts'>;
export type AskedKind = AskedAct['kind'];

/** The acts staff may ask for: of orders first, then of returns, then gifts. */
export const ASKED_KINDS: readonly AskedKind[] = [
  'hold_order',
  'release_order',
  'cancel_order',
  'approve_return',
  'decline_return',
  'give_store_credit',
  'give_gift_card',
  'give_discount',
];

/** What the form of an act holds; each kind uses some of it. */
export interface ActDraft {
  readonly about: string;
  readonly refund: boolean;
  readonly restock: boolean;
  readonly words: string;
  readonly amount: string;
  readonly percent: string;
  readonly off: 'percent' | 'amount';
  /** The last second it is good, as an instant; null: no end. */
  readonly until: string | null;
}

export const emptyDraft: ActDraft = {
  about: '',
  refund: true,
  restock: true,
  words: '',
  amount: '',
  percent: '10',
  off: 'percent',
  until: null,
};

export type Missing = 'about' | 'words' | 'amount' | 'percent';

const LEAST_WORDS = 3;

/** "12.50" or "12,5" to minor units of a currency; null: it is no amount above nothing that the currency can express. */
export function readAmount(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const found = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim());
  if (!found) return null;
  const [, whole = '', part = ''] = found;
  if (part.length > digits) return null;
  const units = Number(whole) * 10 ** digits + Number(part.padEnd(digits, '0') || '0');
  return units > 0 ? units : null;
}

function readPercent(text: string): number | null {
  const value = Number(text.trim());
  return /^\d{1,3}$/.test(text.trim()) && value >= 1 && value <= 100 ? value : null;
}

/** The request for an act, or what is still missing for it. */
export function bodyOf(kind: AskedKind, draft: ActDraft, currency: string): { body: AskedAct } | { missing: Missing } {
  const words = draft.words.trim();
  const wordsOrNone = words.length < LEAST_WORDS ? null : words;
  const units = readAmount(draft.amount, currency);
  const about = draft.about === '' ? null : draft.about;
  switch (kind) {
    case 'hold_order':
    case 'release_order':
      return about === null ? { missing: 'about' } : { body: { kind, order: about } };
    case 'cancel_order':
      return about === null
        ? { missing: 'about' }
        : { body: { kind, order: about, refund: draft.refund, restock: draft.restock, words: wordsOrNone } };
    case 'approve_return':
      return about === null ? { missing: 'about' } : { body: { kind, return: about } };
    case 'decline_return':
      if (about === null) return { missing: 'about' };
      return wordsOrNone === null ? { missing: 'words' } : { body: { kind, return: about, words: wordsOrNone } };
    case 'give_store_credit':
      return units === null
        ? { missing: 'amount' }
        : { body: { kind, amount: { amount: units, currency }, until: draft.until } };
    case 'give_gift_card':
      return units === null
        ? { missing: 'amount' }
        : { body: { kind, amount: { amount: units, currency }, words: wordsOrNone } };
    case 'give_discount': {
      if (draft.off === 'amount') {
        return units === null
          ? { missing: 'amount' }
          : { body: { kind, off: { amount: { amount: units, currency } }, until: draft.until } };
      }
      const percent = readPercent(draft.percent);
      return percent === null ? { missing: 'percent' } : { body: { kind, off: { percent }, until: draft.until } };
    }
  }
}

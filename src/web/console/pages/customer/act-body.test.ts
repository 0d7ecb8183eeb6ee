import { describe, expect, it } from 'vitest';
import { ASKED_KINDS, bodyOf, emptyDraft, readAmount } from './act-body.ts';

describe('an amount as people type it', () => {
  it.each([
    ['12.50', 'EUR', 1_250],
    ['12,5', 'EUR', 1_250],
    [' 12 ', 'EUR', 1_200],
    ['0.01', 'EUR', 1],
    ['1200', 'JPY', 1_200],
    ['1.234', 'KWD', 1_234],
  ])('%s in %s is %i minor units', (text, currency, units) => {
    expect(readAmount(text, currency)).toBe(units);
  });
  it.each([
    ['', 'EUR'],
    ['0', 'EUR'],
    ['-5', 'EUR'],
    ['1.234', 'EUR'],
    ['12.5', 'JPY'],
    ['12.50 €', 'EUR'],
    ['1e3', 'EUR'],
  ])('%s is no amount in %s', (text, currency) => {
    expect(readAmount(text, currency)).toBeNull();
  });
});

describe('the request for an act', () => {
  it('needs what it is about, an amount, or words, and says which', () => {
    const missing = Object.fromEntries(ASKED_KINDS.map((kind) => [kind, bodyOf(kind, emptyDraft, 'EUR')]));
    expect(missing).toEqual({
      hold_order: { missing: 'about' },
      release_order: { missing: 'about' },
      cancel_order: { missing: 'about' },
      approve_return: { missing: 'about' },
      decline_return: { missing: 'about' },
      give_store_credit: { missing: 'amount' },
      give_gift_card: { missing: 'amount' },
      give_discount: { body: { kind: 'give_discount', off: { percent: 10 }, until: null } },
    });
    expect(bodyOf('decline_return', { ...emptyDraft, about: 'r1' }, 'EUR')).toEqual({ missing: 'words' });
    expect(bodyOf('give_discount', { ...emptyDraft, percent: '101' }, 'EUR')).toEqual({ missing: 'percent' });
    expect(bodyOf('give_discount', { ...emptyDraft, off: 'amount' }, 'EUR')).toEqual({ missing: 'amount' });
  });

  it('carries what was chosen, and no words where there are none', () => {
    expect(bodyOf('cancel_order', { ...emptyDraft, about: 'o1', restock: false }, 'EUR')).toEqual({
      body: { kind: 'cancel_order', order: 'o1', refund: true, restock: false, words: null },
    });
    expect(bodyOf('give_gift_card', { ...emptyDraft, amount: '5', words: 'Sorry for the wait.' }, 'EUR')).toEqual({
      body: { kind: 'give_gift_card', amount: { amount: 500, currency: 'EUR' }, words: 'Sorry for the wait.' },
    });
  });
});

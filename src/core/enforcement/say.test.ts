import { describe, expect, it } from 'vitest';
import { english, languages } from '../../../test/support/languages.ts';
import { obligation } from '../events/measures.ts';
import { instant } from '../shared/time.ts';
import { sayAbility, sayAct, sayShopFault } from './say.ts';
import { enforcementPoints, type ShopAct, shopActKinds, shopActStates } from './types.ts';

const euros = { amount: 12_50, currency: 'EUR' };
const acts: Readonly<Record<ShopAct['kind'], ShopAct>> = {
  hold_order: { kind: 'hold_order', order: '7' },
  release_order: { kind: 'release_order', order: '7' },
  cancel_order: { kind: 'cancel_order', order: '7', refund: true, restock: true, words: null },
  assess_order: { kind: 'assess_order', order: '7', risk: 'high', facts: [] },
  approve_return: { kind: 'approve_return', return: '8' },
  decline_return: { kind: 'decline_return', return: '8', words: 'Sorry.' },
  give_store_credit: { kind: 'give_store_credit', amount: euros, until: instant(Date.UTC(2026, 11, 31, 12)) },
  give_gift_card: { kind: 'give_gift_card', amount: euros, words: null },
  give_discount: { kind: 'give_discount', off: { percent: 10 }, until: null },
};
const said = (kind: ShopAct['kind'], state: (typeof shopActStates)[number], act: ShopAct | null = acts[kind]) =>
  sayAct(english, { kind, state, act, name: '1001', about: '7' }, 'UTC').replace(/[\u2066-\u2069]/g, '');

describe('sayAct', () => {
  it('says what is, was or was not done', () => {
    expect(said('hold_order', 'done')).toBe('Order 1001 was held');
    expect(said('cancel_order', 'waiting')).toBe('Order 1001 is to be cancelled');
    expect(said('assess_order', 'done')).toBe('Order 1001 was marked as high risk');
    expect(said('give_store_credit', 'done')).toBe('Store credit of €12.50 until 31 December 2026 was given');
    expect(said('give_discount', 'failed')).toBe('A discount of 10% could not be given');
    expect(said('give_discount', 'done', null)).toBe('A discount of something was given');
  });

  it('has words for every act in every state, in every language', () => {
    for (const language of languages.all)
      for (const kind of shopActKinds)
        for (const state of shopActStates)
          expect(
            sayAct(language, { kind, state, act: acts[kind], name: null, about: null }, 'UTC').length,
            `${kind} ${state}`,
          ).toBeGreaterThan(3);
  });
});

it('says why, with the right or the path where it is known', () => {
  const plain = (fault: string, words: string | null = null) =>
    sayShopFault(english, fault, words).replace(/[\u2066-\u2069]/g, '');
  expect(plain('forbidden:write_orders')).toContain('lacks the right write_orders');
  expect(plain('forbidden')).toContain('the right it lacks');
  expect(plain('drift:order.id')).toContain('lacks order.id');
  expect(plain('refused', 'The order was sent already.')).toBe('The shop system says: The order was sent already.');
  expect(plain('limited')).toContain('goes on by itself');
  expect(plain('never heard of')).toContain('Something went wrong');
});

it('has a title for every ability', () => {
  for (const name of [...enforcementPoints, ...obligation.options, ...shopActKinds])
    expect(sayAbility(english, name).length, name).toBeGreaterThan(5);
});

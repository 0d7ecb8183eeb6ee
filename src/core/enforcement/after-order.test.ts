import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomes } from '../decisions/types.ts';
import { obligation } from '../events/measures.ts';
import { type AfterOrderSetting, afterOrder, canAct, declinesReturn, type OrderSeen } from './after-order.ts';
import { type Abilities, type AbilityName, enforcementPoints, type Honours, honours, shopActKinds } from './types.ts';

const names: readonly AbilityName[] = [...enforcementPoints, ...obligation.options, ...shopActKinds];
const abilities = (over: Partial<Record<AbilityName, Honours>> = {}): Abilities =>
  Object.fromEntries(names.map((name) => [name, { how: over[name] ?? 'itself', note: null }])) as Abilities;

const block = { type: 'block', surfaces: ['purchase'], approvedBy: ['Mia', 'Noor'] } as const;
const decision = (outcome: OrderSeen['decision']['outcome'], over: Partial<OrderSeen['decision']> = {}) => ({
  outcome,
  obligations: [],
  byPhoneAlone: false,
  ...over,
});
const seen = (over: Partial<OrderSeen> = {}): OrderSeen => ({
  decision: decision('deny'),
  measures: [block],
  setting: 'hold',
  abilities: abilities(),
  asked: false,
  ...over,
});

describe('afterOrder', () => {
  it.each([
    ['a no is held', {}, { act: 'hold_order', by: 'platform', risk: 'high' }],
    [
      'a no is cancelled where the owner chose so',
      { setting: 'cancel' },
      { act: 'cancel_order', by: 'platform', risk: null },
    ],
    [
      'a look by a person is only held',
      { setting: 'cancel', decision: decision('review') },
      { act: 'hold_order', by: 'platform', risk: 'medium' },
    ],
    ['nothing is done where the owner chose so', { setting: 'nothing' }, { act: null, by: 'platform', risk: null }],
    ['an allow is let through', { decision: decision('allow') }, { act: null, by: 'platform', risk: null }],
    [
      'a no that rests on no block is only held',
      { setting: 'cancel', measures: [] },
      { act: 'hold_order', by: 'platform', risk: 'high' },
    ],
    [
      'a block that nobody approved is only held',
      { setting: 'cancel', measures: [{ ...block, approvedBy: [] }] },
      { act: 'hold_order', by: 'platform', risk: 'high' },
    ],
    [
      'a block of reviews cancels no order',
      { setting: 'cancel', measures: [{ ...block, surfaces: ['review'] }] },
      { act: 'hold_order', by: 'platform', risk: 'high' },
    ],
    [
      'what cannot be cancelled is held',
      { setting: 'cancel', abilities: abilities({ cancel_order: 'no' }) },
      { act: 'hold_order', by: 'platform', risk: 'high' },
    ],
    [
      'what cannot be held is for people',
      { abilities: abilities({ hold_order: 'by_hand', assess_order: 'no' }) },
      { act: 'hold_order', by: 'by_hand', risk: null },
    ],
  ] as const)('%s', (_, over, expected) => {
    expect(afterOrder(seen(over as Partial<OrderSeen>))).toEqual(expected);
  });

  it.each([
    ['itself', false, null],
    ['extension', false, 'hold_order'],
    ['extension', true, null],
    ['afterwards', false, 'hold_order'],
    ['afterwards', true, 'hold_order'],
    ['by_hand', false, null],
    ['no', false, null],
  ] as const)('a condition that is asked for %s (asked: %s)', (how, asked, act) => {
    const wanted = decision('challenge', { obligations: ['prepayment_only'] });
    expect(afterOrder(seen({ decision: wanted, asked, abilities: abilities({ prepayment_only: how }) })).act).toBe(act);
  });

  it('by itself never does more than hold, and cancels for people’s blocks alone', () => {
    fc.assert(
      fc.property(
        fc.record({
          outcome: fc.constantFrom(...outcomes),
          byPhoneAlone: fc.boolean(),
          obligations: fc.subarray([...obligation.options]),
        }),
        fc.constantFrom<AfterOrderSetting>('nothing', 'hold', 'cancel'),
        fc.array(fc.constantFrom(block, { ...block, approvedBy: [] }, { ...block, type: 'restriction' as const }), {
          maxLength: 3,
        }),
        fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...honours)),
        fc.boolean(),
        (given, setting, measures, can, asked) => {
          const platform = abilities(can as Partial<Record<AbilityName, Honours>>);
          const follows = afterOrder(seen({ decision: given, setting, measures, abilities: platform, asked }));
          if (given.outcome === 'allow' || setting === 'nothing') expect(follows.act).toBeNull();
          if (follows.act === 'cancel_order') {
            expect(setting).toBe('cancel');
            expect(given).toMatchObject({ outcome: 'deny', byPhoneAlone: false });
            expect(measures).toContain(block);
            expect(canAct(platform.cancel_order)).toBe(true);
          }
          if (given.outcome === 'deny' && setting !== 'nothing') expect(follows.act).not.toBeNull();
          if (follows.by === 'by_hand') expect(canAct(platform.hold_order)).toBe(false);
        },
      ),
    );
  });
});

describe('declinesReturn', () => {
  const asked = {
    decision: { outcome: 'deny' },
    returnKind: 'goodwill',
    declineReturns: true,
    abilities: abilities(),
  } as const;

  it('declines a favour that a measure denies, where the owner chose so', () => {
    expect(declinesReturn(asked)).toBe(true);
    expect(declinesReturn({ ...asked, declineReturns: false })).toBe(false);
    expect(declinesReturn({ ...asked, decision: { outcome: 'review' } })).toBe(false);
    expect(declinesReturn({ ...asked, abilities: abilities({ decline_return: 'no' }) })).toBe(false);
  });

  it.each(['withdrawal', 'faulty', null] as const)('never declines a right (%s)', (returnKind) => {
    for (const outcome of outcomes) expect(declinesReturn({ ...asked, returnKind, decision: { outcome } })).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { tell } from '../../../test/support/events.ts';
import { measured } from '../../../test/support/measured.ts';
import { lifetimeParts } from './derived/lifetime.ts';
import { buildHistory } from './history.ts';

test('orders and their value leave out what the shop cancelled whole, and keep what the customer cancelled', () => {
  const given = tell();
  const kept = given.order({ total: 10_00 });
  given.order({ order: kept.body.order, total: 10_00, sourceId: 'told twice' });
  const own = given.order({ total: 20_00 });
  given.cancelled({ order: own });
  const part = given.order({ total: 40_00 });
  given.cancelled({ order: part, by: 'shop', value: 5_00 });
  const gone = given.order({ total: 80_00 });
  given.cancelled({ order: gone, by: 'shop' });
  const excluded = [{ event: gone.id, because: 'shop_fault' }];
  expect(measured(given, 'orders')).toEqual({ value: 3, evidence: [kept.id, own.id, part.id], excluded });
  expect(measured(given, 'order_value')).toMatchObject({ value: 70_00, excluded });
});

test('tenure is whole days since the first event that was not voided', () => {
  const given = tell();
  expect(measured(given, 'tenure').value).toBeNull();
  const mistake = given.event('account.created', {});
  given.later('10 days');
  const first = given.wrote();
  given.on('2026-01-12T10:00:59.999Z');
  expect(measured(given, 'tenure')).toEqual({ value: 11, evidence: [mistake.id], excluded: [] });
  given.corrected(mistake, 'void');
  expect(measured(given, 'tenure', { settle: '30 days' })).toEqual({ value: 1, evidence: [first.id], excluded: [] });
});

describe('lifetime value', () => {
  test('is what was ordered less what was lost, whoever’s fault, since the first event', () => {
    const given = tell();
    const order = given.order({ total: 100_00 });
    given.returned({ order, value: 30_00, reason: 'defect' });
    given.refunded({ order, amount: 5_00 });
    const disputed = given.order({ total: 50_00 });
    given.disputeLost(given.disputed({ order: disputed, amount: 50_00 }));
    given.disputeWon(given.disputed({ order, amount: 65_00 }));
    const cancelled = given.order({ total: 70_00 });
    given.cancelled({ order: cancelled, value: 20_00 });
    expect(measured(given, 'lifetime_value', { over: '1 day' }).value).toBe(65_00 + 0 + 50_00);
  });

  test('never takes the same order away twice', () => {
    const given = tell();
    const order = given.order({ total: 100_00 });
    given.cancelled({ order, stage: 'after_dispatch' });
    const returned = given.returned({ order, value: 100_00 });
    given.refunded({ order, return: returned.body.return, amount: 100_00, goodsBack: true });
    given.refunded({ order, amount: 100_00, goodsBack: true });
    given.disputeLost(given.disputed({ order, amount: 100_00 }));
    expect(measured(given, 'lifetime_value').value).toBe(0);
  });

  test('takes what belongs to no known order in full, and a matched credit note too', () => {
    const given = tell();
    given.order({ total: 15_00 });
    given.returned({ value: 100_00, matchedOrders: ['O1'] });
    given.refunded({ amount: 3_00 });
    given.refunded({ amount: 7_00, goodsBack: true });
    expect(measured(given, 'lifetime_value').value).toBe(15_00 - 100_00 - 3_00);
  });

  test('leaves out what was voided, and all about an order that was', () => {
    const given = tell();
    given.order({ total: 100_00 });
    const mistake = given.order({ total: 900_00 });
    given.returned({ order: mistake, value: 900_00 });
    const returned = given.returned({ order: 'O1', value: 40_00 });
    given.corrected(mistake, 'void');
    given.corrected(returned, 'void');
    const value = measured(given, 'lifetime_value');
    expect(value.value).toBe(100_00);
    expect(value.excluded.map((one) => one.because)).toEqual(['voided', 'voided', 'voided']);
  });

  test('taken apart, adds up to itself', () => {
    const given = tell();
    const order = given.order({ total: 100_00 });
    given.returned({ order, value: 80_00, reason: 'defect' });
    given.refunded({ order, amount: 50_00 });
    const disputed = given.order({ total: 50_00 });
    given.disputeLost(given.disputed({ order: disputed, amount: 50_00 }));
    const cancelled = given.order({ total: 70_00 });
    given.cancelled({ order: cancelled, value: 20_00 });
    const mistake = given.order({ total: 900_00 });
    given.returned({ order: mistake, value: 900_00 });
    given.corrected(mistake, 'void');
    expect(lifetimeParts(buildHistory(given.events, given.currency, given.now), given.now)).toEqual({
      ordered: 220_00,
      cancelled: 20_00,
      returned: 80_00,
      refunded: 20_00,
      disputed: 50_00,
    });
    expect(measured(given, 'lifetime_value').value).toBe(220_00 - 20_00 - 80_00 - 20_00 - 50_00);
  });
});

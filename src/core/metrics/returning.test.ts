import { describe, expect, test } from 'vitest';
import { tell } from '../../../test/support/events.ts';
import { measured } from '../../../test/support/measured.ts';
import { SHOP_FAULT_REASONS } from '../events/values.ts';

describe('a return', () => {
  test('requested, received, inspected and refunded counts once, from when it was received', () => {
    const given = tell();
    const order = given.order({ total: 100_00 });
    given.later('5 days').returnRequested({ order, return: 'R9', value: 45_00 });
    const received = given.later('5 days').returned({ order, return: 'R9', value: 40_00 });
    given.inspected(received);
    given.refunded({ order, return: 'R9', amount: 40_00, goodsBack: true });
    expect(measured(given, 'returns')).toEqual({ value: 1, evidence: [received.id], excluded: [] });
    expect(measured(given, 'returned_value').value).toBe(40_00);
    expect(measured(given, 'returns', { over: '1 day', now: received.occurredAt }).evidence).toEqual([received.id]);
  });

  test('received after its refund stays the return it was, so that nobody meets it a second time as new', () => {
    const given = tell();
    const refund = given.refunded({ return: 'R1', amount: 15_00, goodsBack: true });
    given.later('9 days').returned({ return: 'R1', value: 20_00 });
    expect(measured(given, 'returns')).toEqual({ value: 1, evidence: [refund.id], excluded: [] });
    expect(measured(given, 'returned_value')).toEqual({ value: 20_00, evidence: [refund.id], excluded: [] });
  });

  test('only requested has not come back', () => {
    const given = tell();
    const requested = given.returnRequested({});
    expect(measured(given, 'returns')).toEqual({
      value: 0,
      evidence: [],
      excluded: [{ event: requested.id, because: 'unresolved' }],
    });
  });

  test('that nobody recorded as received counts from its inspection, or from a refund that says the goods are back', () => {
    const given = tell();
    const inspected = given.inspected(given.returnRequested({ return: 'R1', value: 30_00 }));
    given.returnRequested({ return: 'R2', value: 20_00 });
    const refund = given.refunded({ return: 'R2', amount: 15_00, goodsBack: true });
    const bare = given.refunded({ return: 'R3', amount: 10_00, goodsBack: true });
    expect(measured(given, 'returns').evidence).toEqual([inspected.id, refund.id, bare.id]);
    expect(measured(given, 'returned_value').value).toBe(30_00 + 20_00 + 10_00);
  });

  test('refunded without goods back never arrived', () => {
    const given = tell();
    given.returnRequested({ return: 'R1' });
    const refund = given.refunded({ return: 'R1', goodsBack: false });
    expect(measured(given, 'returns').value).toBe(0);
    expect(measured(given, 'refunds_without_goods').evidence).toEqual([refund.id]);
  });

  test.each([...SHOP_FAULT_REASONS])('for %s is the shop’s fault, until an inspection refutes it', (reason) => {
    const given = tell();
    given.order({ total: 100_00 });
    const returned = given.returned({ reason, value: 60_00 });
    expect(measured(given, 'return_rate_by_value')).toEqual({
      value: 0,
      part: 0,
      whole: 100_00,
      evidence: [],
      excluded: [{ event: returned.id, because: 'shop_fault' }],
    });
    given.inspected(returned, { grade: 'opened', reasonFound: 'refuted' });
    expect(measured(given, 'return_rate_by_value')).toMatchObject({
      value: 0.6,
      evidence: [returned.id],
      excluded: [],
    });
  });

  test('requested for a defect stays the shop’s fault when the receipt gives another reason', () => {
    const given = tell();
    given.returnRequested({ return: 'R1', reason: 'defect' });
    given.returned({ return: 'R1', reason: 'changed_mind' });
    expect(measured(given, 'returns').value).toBe(0);
  });

  test.each<[string, (given: ReturnType<typeof tell>) => void]>([
    ['was delayed', (given) => given.delayed({ order: 'O1', days: 3 })],
    ['was cancelled by the shop', (given) => given.cancelled({ order: 'O1', by: 'shop' })],
    [
      'is one a complaint was founded about',
      (given) => given.complaintResolved(given.complained({ order: 'O1' }), 'founded'),
    ],
    ['is one a claim was founded about', (given) => given.claimResolved(given.claimed({ order: 'O1' }), 'founded')],
    [
      'is one the bank found the shop had failed in',
      (given) => given.disputeLost(given.disputed({ order: 'O1', reason: 'product_unacceptable' })),
    ],
  ])('of an order that %s is the shop’s fault', (_what, fails) => {
    const given = tell();
    const order = given.order();
    const returned = given.returned({ order });
    expect(measured(given, 'returns').value).toBe(1);
    fails(given);
    expect(measured(given, 'returns')).toEqual({
      value: 0,
      evidence: [],
      excluded: [{ event: returned.id, because: 'shop_fault' }],
    });
  });

  test('for a reason the policy leaves out is listed as such', () => {
    const given = tell();
    const kept = given.returned({ reason: 'changed_mind' });
    const left = given.returned({ reason: 'goodwill' });
    expect(measured(given, 'returns', { leaveOut: ['goodwill', 'did_not_fit'] })).toEqual({
      value: 1,
      evidence: [kept.id],
      excluded: [{ event: left.id, because: 'left_out_by_policy' }],
    });
  });
});

describe('return rates', () => {
  test('by value compare the same stretch of time, so returns of older orders can take them above one', () => {
    const given = tell();
    const old = given.order({ total: 300_00 });
    given.later('40 days').order({ total: 100_00 });
    given.later('1 day').returned({ order: old, value: 150_00 });
    expect(measured(given, 'return_rate_by_value', { over: '30 days' })).toMatchObject({
      value: 1.5,
      part: 150_00,
      whole: 100_00,
    });
    expect(measured(given, 'return_rate_by_value').value).toBe(150 / 400);
  });

  test('are unknown, not zero, when nothing was ordered', () => {
    const given = tell();
    given.returned({ value: 10_00 });
    for (const metric of ['return_rate_by_value', 'return_rate_by_item', 'return_rate_by_order'] as const)
      expect(measured(given, metric).value, metric).toBeNull();
  });

  test('leave out an order the shop cancelled, and say so', () => {
    const given = tell();
    given.order({ total: 100_00 });
    given.returned({ order: 'O1', value: 50_00 });
    const gone = given.order({ total: 900_00 });
    given.cancelled({ order: gone, by: 'shop' });
    expect(measured(given, 'return_rate_by_value')).toMatchObject({
      value: 0.5,
      excluded: [{ event: gone.id, because: 'shop_fault' }],
    });
  });

  test('convert other currencies by the rate on the event', () => {
    const given = tell();
    given.order({ total: { amount: 100_00, currency: 'USD', rate: '0.9' } });
    given.returned({ value: { amount: 1000, currency: 'JPY', rate: '0.006' } });
    expect(measured(given, 'return_rate_by_value')).toMatchObject({ part: 6_00, whole: 90_00 });
  });

  test('by item count quantities, and leave out what has no lines on either side', () => {
    const given = tell();
    given.order({
      lines: [
        { article: 'a', quantity: 6 },
        { article: 'b', quantity: 4 },
      ],
    });
    given.order({ order: 'bare' });
    given.returned({ order: 'O1', lines: [{ article: 'a', quantity: 5 }] });
    const unlisted = given.returned({ order: 'O1' });
    const fromBare = given.returned({ order: 'bare', lines: [{ article: 'x', quantity: 9 }] });
    expect(measured(given, 'return_rate_by_item')).toMatchObject({
      value: 0.5,
      part: 5,
      whole: 10,
      excluded: [
        { event: unlisted.id, because: 'unresolved' },
        { event: fromBare.id, because: 'unresolved' },
      ],
    });
  });

  test('by order count an order once, at its first return that counts, and each order a credit note was matched to', () => {
    const given = tell();
    for (let count = 0; count < 8; count += 1) given.order();
    given.returned({ order: 'O1', reason: 'defect' });
    const first = given.returned({ order: 'O1' });
    given.returned({ order: 'O1' });
    const matched = given.returned({ matchedOrders: ['O1', 'O2', 'O3'], by: 'credit_note' });
    const unknown = given.returned({});
    const value = measured(given, 'return_rate_by_order');
    expect(value).toMatchObject({ value: 3 / 8, part: 3, whole: 8, evidence: [first.id, matched.id] });
    expect(value.excluded.at(-1)).toEqual({ event: unknown.id, because: 'unresolved' });
  });
});

describe('worn returns', () => {
  test.each([
    ['new', 0],
    ['opened', 0],
    ['worn', 1],
    ['damaged', 1],
    ['wrong_item', 1],
    ['empty', 1],
  ] as const)('inspected as %s: %i', (grade, value) => {
    const given = tell();
    given.order();
    given.inspected(given.returned({ order: 'O1' }), { grade });
    expect(measured(given, 'worn_returns').value).toBe(value);
    expect(measured(given, 'worn_return_rate')).toMatchObject({ value, part: value, whole: 1 });
  });

  test('damaged in transit is not worn, and the last inspection holds', () => {
    const given = tell();
    const transit = given.returned({ reason: 'damaged_in_transit' });
    given.inspected(transit, { grade: 'damaged' });
    const looked = given.returned({});
    given.inspected(looked, { grade: 'worn' });
    given.inspected(looked, { grade: 'opened' });
    expect(measured(given, 'worn_returns')).toEqual({
      value: 0,
      evidence: [],
      excluded: [{ event: transit.id, because: 'shop_fault' }],
    });
  });
});

describe('bracketing', () => {
  const sizes = (...variants: string[]) => variants.map((variant) => ({ article: 'dress', variant, quantity: 1 }));

  test('is several variants of one article, more than half of which come back, from the return that made it so', () => {
    const given = tell();
    const order = given.order({ lines: sizes('S', 'M', 'L', 'XL') });
    const first = given.returned({ order, lines: sizes('S', 'M') });
    expect(measured(given, 'bracketing_orders').value).toBe(0);
    const second = given.later('1 day').returned({ order, lines: sizes('L') });
    expect(measured(given, 'bracketing_orders')).toEqual({
      value: 1,
      evidence: [second.id, first.id],
      excluded: [],
    });
    expect(measured(given, 'bracketing_orders', { settle: '1 day' }).value).toBe(0);
    expect(measured(given, 'bracketing_rate')).toMatchObject({ value: 1, part: 1, whole: 1 });
  });

  test.each([
    ['one variant several times', [{ article: 'dress', variant: 'M', quantity: 4 }]],
    [
      'several articles',
      [
        { article: 'dress', variant: 'M', quantity: 1 },
        { article: 'shoe', variant: '40', quantity: 1 },
      ],
    ],
    [
      'articles without variants',
      [
        { article: 'dress', quantity: 1 },
        { article: 'dress', quantity: 1 },
      ],
    ],
  ])('is not %s', (_what, lines) => {
    const given = tell();
    const order = given.order({ lines });
    given.returned({ order, lines });
    expect(measured(given, 'bracketing_orders').value).toBe(0);
  });

  test('never matches more than was ordered, nor variants that were not', () => {
    const given = tell();
    const order = given.order({ lines: sizes('S', 'M') });
    given.returned({
      order,
      lines: [
        { article: 'dress', variant: 'S', quantity: 5 },
        { article: 'dress', variant: 'XS', quantity: 5 },
      ],
    });
    expect(measured(given, 'bracketing_orders').value).toBe(0);
  });

  test('matches by article where the return names no variant, across the orders it was matched to', () => {
    const given = tell();
    given.order({ lines: sizes('S', 'M') });
    given.order({ lines: sizes('S', 'M', 'L') });
    given.returned({ matchedOrders: ['O1', 'O2'], lines: [{ article: 'dress', quantity: 3 }] });
    expect(measured(given, 'bracketing_orders').value).toBe(1);
  });

  test('does not count what came back through the shop’s fault, and lists it', () => {
    const given = tell();
    const order = given.order({ lines: sizes('S', 'M') });
    given.returned({ order, lines: sizes('S') });
    given.returned({ order, lines: sizes('M'), reason: 'wrong_item_sent' });
    const value = measured(given, 'bracketing_orders');
    expect(value.value).toBe(0);
    expect(value.excluded.map((one) => one.because)).toEqual(['shop_fault']);
  });
});

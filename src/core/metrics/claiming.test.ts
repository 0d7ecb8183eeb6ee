import { describe, expect, test } from 'vitest';
import { tell } from '../../../test/support/events.ts';
import { measured } from '../../../test/support/measured.ts';

describe('claims', () => {
  test.each([
    ['not_received', 'claims_not_received', 'claims_not_received_rate'],
    ['wrong_address', 'wrong_address_claims', 'wrong_address_claim_rate'],
    ['duplicate_order', 'duplicate_order_claims', 'duplicate_order_claim_rate'],
    ['damaged', 'unfounded_claims', 'unfounded_claim_rate'],
  ] as const)('of type %s count when found unfounded, from when they were made', (type, count, rate) => {
    const given = tell();
    given.order();
    given.order();
    const open = given.claimed({ type });
    const founded = given.claimed({ type });
    given.claimResolved(founded, 'founded');
    const unfounded = given.claimed({ type });
    given.later('9 days').claimResolved(unfounded, 'unfounded');
    expect(measured(given, count)).toEqual({
      value: 1,
      evidence: [unfounded.id],
      excluded: [
        { event: open.id, because: 'unresolved' },
        { event: founded.id, because: 'found_justified' },
      ],
    });
    expect(measured(given, rate)).toMatchObject({ value: 0.5, part: 1, whole: 2 });
    expect(measured(given, count, { over: '1 day' }).value).toBe(0);
  });

  test('of another type are another metric’s business, and all of them are “unfounded claims”', () => {
    const given = tell();
    for (const type of [
      'not_received',
      'damaged',
      'missing',
      'wrong_item',
      'duplicate_order',
      'wrong_address',
    ] as const)
      given.claimResolved(given.claimed({ type }), 'unfounded');
    expect(measured(given, 'claims_not_received').value).toBe(1);
    expect(measured(given, 'unfounded_claims').value).toBe(6);
  });

  test('about an order in which the shop failed do not count, and a later finding replaces an earlier one', () => {
    const given = tell();
    const order = given.order();
    given.delayed({ order });
    const late = given.claimed({ order });
    given.claimResolved(late, 'unfounded');
    const turned = given.claimed({});
    given.claimResolved(turned, 'unfounded');
    given.claimResolved(turned, 'founded');
    expect(measured(given, 'unfounded_claims').excluded).toEqual([
      { event: late.id, because: 'shop_fault' },
      { event: turned.id, because: 'found_justified' },
    ]);
  });
});

describe('refunds without goods back', () => {
  test('count, and are set against orders', () => {
    const given = tell();
    for (let count = 0; count < 4; count += 1) given.order();
    const refund = given.refunded({ order: 'O1', reason: 'goodwill' });
    given.refunded({ order: 'O2', goodsBack: true });
    expect(measured(given, 'refunds_without_goods')).toEqual({ value: 1, evidence: [refund.id], excluded: [] });
    expect(measured(given, 'refunds_without_goods_rate').value).toBe(0.25);
    expect(measured(given, 'refunds_without_goods', { leaveOut: ['goodwill'] }).excluded).toEqual([
      { event: refund.id, because: 'left_out_by_policy' },
    ]);
  });

  test('are none when goods never left or did come back', () => {
    const given = tell();
    const cancelled = given.order({ total: 50_00 });
    given.cancelled({ order: cancelled });
    given.refunded({ order: cancelled, amount: 50_00 });
    const returned = given.returned({});
    given.refunded({ return: returned.body.return });
    expect(measured(given, 'refunds_without_goods')).toEqual({ value: 0, evidence: [], excluded: [] });
  });

  test('follow their claim, named or the first about the order', () => {
    const given = tell();
    given.order();
    given.order();
    const open = given.claimed({});
    const forOpen = given.refunded({ claim: open.body.claim });
    given.claimResolved(given.claimed({ order: 'O2' }), 'founded');
    const forFounded = given.refunded({ order: 'O2' });
    const unfounded = given.claimed({ order: 'O1' });
    given.claimResolved(unfounded, 'unfounded');
    const forUnfounded = given.refunded({ order: 'O1' });
    const ownFault = given.refunded({ reason: 'missing_parts' });
    expect(measured(given, 'refunds_without_goods')).toEqual({
      value: 1,
      evidence: [forUnfounded.id],
      excluded: [
        { event: forOpen.id, because: 'unresolved' },
        { event: forFounded.id, because: 'shop_fault' },
        { event: ownFault.id, because: 'shop_fault' },
      ],
    });
  });
});

describe('low-value refund claims', () => {
  test('are claims found unfounded and refunds of at most 25.00, each case once', () => {
    const given = tell();
    given.order();
    const claim = given.claimed({ value: 25_00 });
    given.claimResolved(claim, 'unfounded');
    given.refunded({ claim: claim.body.claim, amount: 25_00 });
    const refund = given.refunded({ amount: 25_00 });
    given.refunded({ amount: 25_01 });
    given.claimResolved(given.claimed({ value: 25_01 }), 'unfounded');
    expect(measured(given, 'low_value_refund_claims')).toEqual({
      value: 2,
      evidence: [claim.id, refund.id],
      excluded: [],
    });
    expect(measured(given, 'low_value_refund_claim_rate').value).toBe(2);
  });

  test('take a claim’s value from its refund, and leave out what is unknown, open or founded', () => {
    const given = tell();
    const paid = given.claimed({});
    given.claimResolved(paid, 'unfounded');
    given.refunded({ claim: paid.body.claim, amount: 9_00 });
    const unknown = given.claimed({});
    given.claimResolved(unknown, 'unfounded');
    const open = given.claimed({ value: 5_00 });
    const founded = given.claimed({ value: 5_00 });
    given.claimResolved(founded, 'founded');
    expect(measured(given, 'low_value_refund_claims')).toEqual({
      value: 1,
      evidence: [paid.id],
      excluded: [
        { event: unknown.id, because: 'unresolved' },
        { event: open.id, because: 'unresolved' },
        { event: founded.id, because: 'found_justified' },
      ],
    });
  });
});

describe('chargebacks', () => {
  test('count once decided, unless the bank found that the shop had failed', () => {
    const given = tell();
    for (let count = 0; count < 4; count += 1) given.order();
    const open = given.disputed({});
    const won = given.disputed({ reason: 'product_not_received' });
    given.disputeWon(won);
    const lost = given.disputed({ reason: 'fraudulent' });
    given.disputeLost(lost);
    const failed = (
      [
        'product_not_received',
        'product_unacceptable',
        'credit_not_processed',
        'duplicate',
        'subscription_cancelled',
      ] as const
    ).map((reason) => {
      const dispute = given.disputed({ reason });
      given.disputeLost(dispute);
      return dispute.id;
    });
    expect(measured(given, 'chargebacks')).toEqual({
      value: 2,
      evidence: [won.id, lost.id],
      excluded: [
        { event: open.id, because: 'unresolved' },
        ...failed.map((event) => ({ event, because: 'shop_fault' })),
      ],
    });
    expect(measured(given, 'chargeback_rate').value).toBe(0.5);
  });
});

test('late changes are those by the customer between dispatch and delivery', () => {
  const given = tell();
  given.order();
  given.order();
  const late = given.cancelled({ order: 'O1', stage: 'after_dispatch' });
  given.cancelled({ order: 'O1', stage: 'before_dispatch' });
  given.cancelled({ order: 'O1', stage: 'after_delivery' });
  const moved = given.addressChanged({ order: 'O1' });
  given.addressChanged({ order: 'O1', stage: 'before_dispatch' });
  given.delayed({ order: 'O2' });
  const excused = given.cancelled({ order: 'O2', stage: 'after_dispatch' });
  const excusedMove = given.addressChanged({ order: 'O2' });
  expect(measured(given, 'cancellations_after_dispatch')).toEqual({
    value: 1,
    evidence: [late.id],
    excluded: [{ event: excused.id, because: 'shop_fault' }],
  });
  expect(measured(given, 'cancellation_rate').value).toBe(0.5);
  expect(measured(given, 'address_changes_after_dispatch')).toEqual({
    value: 1,
    evidence: [moved.id],
    excluded: [{ event: excusedMove.id, because: 'shop_fault' }],
  });
  expect(measured(given, 'address_change_rate').value).toBe(0.5);
});

test('failed payments are counted', () => {
  const given = tell();
  const failed = given.paymentFailed();
  expect(measured(given, 'failed_payments')).toEqual({ value: 1, evidence: [failed.id], excluded: [] });
});

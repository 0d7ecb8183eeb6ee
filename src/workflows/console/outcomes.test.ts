import { expect, test } from 'vitest';
import { tell } from '../../../test/support/events.ts';
import { outcomesOf } from './outcomes.ts';

test('what was found out stands with what it was found out about', () => {
  const given = tell();
  const order = given.order({ total: 100_00 });
  const returned = given.returned({ order, value: 50_00, reason: 'defect' });
  const inspected = given.inspected(returned, { grade: 'worn', reasonFound: 'refuted' });
  const disputed = given.disputed({ order, amount: 50_00 });
  const won = given.disputeWon(disputed);
  const other = given.returned({ order, value: 20_00 });
  const refund = given.refunded({ order, return: returned.body.return, amount: 50_00, goodsBack: true });
  const found = outcomesOf(given.events.toReversed());
  expect(found.get(returned.id)).toEqual([inspected]);
  expect(found.get(refund.id)).toEqual([inspected]);
  expect(found.get(disputed.id)).toEqual([won]);
  expect([order, inspected, won, other].map((event) => found.get(event.id))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('of many findings the last five, oldest first, and none that was voided', () => {
  const given = tell();
  const returned = given.returned({ value: 50_00 });
  const all = Array.from({ length: 7 }, () => given.inspected(returned, { grade: 'worn' }));
  const [, , , mistake, restored] = all;
  if (mistake === undefined || restored === undefined) throw new Error('Seven were told');
  given.corrected(mistake, 'void');
  given.corrected(restored, 'void');
  given.corrected(restored, 'counts');
  expect(outcomesOf(given.events).get(returned.id)).toEqual(all.filter((event) => event !== mistake).slice(-5));
});

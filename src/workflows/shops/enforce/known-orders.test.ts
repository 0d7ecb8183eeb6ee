import { expect, it } from 'vitest';
import { at, tell } from '../../../../test/support/events.ts';
import { returnsIn } from './known-orders.ts';

it('counts from the last parcel of an order, whichever was told of first', () => {
  const given = tell();
  const order = given.order();
  given.delivered({ order, at: '2026-03-12T10:00:00Z' });
  given.delivered({ order, at: '2026-03-09T10:00:00Z' });
  given.returnRequested({ order });
  expect(returnsIn(given.events)).toMatchObject([{ order: order.body.order, deliveredAt: at('2026-03-12T10:00:00Z') }]);
});

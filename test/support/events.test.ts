import { expect, test } from 'vitest';
import { customerId, eventId, tell } from './events.ts';

test('a story tells whole ledger events with a clock, references and ids of its own', () => {
  const given = tell();
  const order = given.order({ total: 80_00 });
  given.later('2 weeks');
  given.returned({ order, value: 40_00, reason: 'did_not_fit' });
  given.by(customerId(2)).wrote({ labels: ['insult'], at: '2026-01-02' });

  expect(given.events.map((event) => [event.id, event.kind, new Date(event.occurredAt).toISOString()])).toEqual([
    [eventId(1), 'order.placed', '2026-01-01T10:00:00.000Z'],
    [eventId(2), 'return.received', '2026-01-15T10:01:00.000Z'],
    [eventId(3), 'message.received', '2026-01-02T00:00:00.000Z'],
  ]);
  expect(given.events[0]?.body).toEqual({ order: 'O1', total: { amount: 80_00, currency: 'EUR' }, lines: [] });
  expect(given.events[1]?.body).toMatchObject({ return: 'R1', order: 'O1', by: 'parcel', reason: 'did_not_fit' });
  expect(given.events[2]?.customer).toBe(customerId(2));
});

test('a story refuses what intake would refuse', () => {
  expect(() => tell().order({ total: -1 })).toThrow(/negative/);
  expect(() => tell({ from: '2026-02-30' })).toThrow(/does not exist/);
});

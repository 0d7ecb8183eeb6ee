import { expect, test } from 'vitest';
import { backOff, canMove, MOST_TRIES, outboxStates } from './outbox.ts';

test('a message is tried seven times over a day and a half, each wait longer than the one before', () => {
  const waits = Array.from({ length: MOST_TRIES }, (_, index) => backOff(index + 1));
  expect(waits.map((wait) => (wait === null ? null : wait / 60_000))).toEqual([1, 5, 30, 120, 480, 1_440, null]);
});

test('what a server took is sent whatever people did meanwhile, unless it came back', () => {
  expect(outboxStates.filter((from) => canMove(from, 'sent'))).toEqual(['waiting', 'failed', 'printed', 'cancelled']);
  expect(canMove('bounced', 'sent')).toBe(false);
  expect(canMove('sent', 'bounced')).toBe(true);
});

test('nothing sent, printed or cancelled goes again', () => {
  for (const over of ['sent', 'printed', 'cancelled'] as const) {
    expect(canMove(over, 'waiting')).toBe(false);
    expect(canMove(over, 'due')).toBe(false);
  }
  for (const stuck of ['failed', 'bounced'] as const) expect(canMove(stuck, 'waiting')).toBe(true);
});

import { describe, expect, test } from 'vitest';
import type { TimelineEntry } from '../../../../contracts/customers.ts';
import { createFormats } from '../../../ui/format.ts';
import { byDay, heightOf, linesOf } from './timeline-rows.ts';

const entry = (id: string, occurredAt: string): TimelineEntry => ({
  id,
  seq: 1,
  kind: 'order.delivered',
  occurredAt,
  recordedAt: occurredAt,
  source: 'webshop',
  body: {},
  text: null,
  by: null,
  corrected: null,
});
const shape = (items: ReturnType<typeof byDay>) =>
  items.map((item) => (item.kind === 'day' ? item.at.slice(0, 10) : item.entry.id));

describe('grouping by day', () => {
  const entries = [
    entry('c', '2026-05-03T22:30:00.000Z'),
    entry('b', '2026-05-03T21:30:00.000Z'),
    entry('a', '2026-05-01T10:00:00.000Z'),
  ];
  test('goes by the calendar of the shop, not by UTC', () => {
    expect(shape(byDay(entries, createFormats('en', 'UTC', 'EUR').dayKey))).toEqual([
      '2026-05-03',
      'c',
      'b',
      '2026-05-01',
      'a',
    ]);
    expect(shape(byDay(entries, createFormats('en', 'Europe/Amsterdam', 'EUR').dayKey))).toEqual([
      '2026-05-03',
      'c',
      '2026-05-03',
      'b',
      '2026-05-01',
      'a',
    ]);
  });
  test('every key is its own, even when a day comes back', () => {
    const mixed = [entry('a', '2026-05-03T10:00:00.000Z'), entry('b', '2026-05-01T10:00:00.000Z')];
    const items = byDay([...mixed, entry('c', '2026-05-03T09:00:00.000Z')], (at) => at.slice(0, 10));
    expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
  });
});

test('a row with more to say is higher', () => {
  const bare = heightOf({ details: false, text: 0, remark: false });
  expect(heightOf({ details: true, text: 2, remark: true })).toBeGreaterThan(bare);
});

test('a text gets no line, one or two by its length', () => {
  expect(linesOf(null)).toBe(0);
  expect(linesOf('Called.')).toBe(1);
  expect(linesOf('Called.\nNo answer.')).toBe(2);
  expect(linesOf('x'.repeat(57))).toBe(2);
});

import { describe, expect, it } from 'vitest';
import { at, uuid } from '../../../../test/support/events.ts';
import type { EntryInMemory, EntryType } from '../../../core/lists/types.ts';
import { KEY_WORDS, readKey } from '../../../core/shared/key-table.ts';
import { ListTable } from './list-table.ts';

const NOW = at('2026-06-01T12:00:00Z');
const hash = (number: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, index) => (number * 7 + index) % 256);

function entry(number: number, more: Partial<EntryInMemory> = {}): EntryInMemory {
  const common = {
    id: uuid(number),
    type: 'email' as EntryType,
    hash: hash(number),
    until: at('2027-01-01'),
    network: null,
  };
  return { ...common, list: 'deny', answer: 'deny', ...more } as EntryInMemory;
}
const allow = { list: 'allow', answer: null } as const;
const network = (number: number, text: string, more: Partial<EntryInMemory> = {}) =>
  entry(number, { type: 'ip', network: text, ...more } as Partial<EntryInMemory>);

const words = new Int32Array(KEY_WORDS);
function finds(table: ListTable, number: number, now = NOW): string | null {
  readKey(hash(number), words, 0);
  return table.find(words, 0, now)?.id ?? null;
}

describe('entries by key', () => {
  it('are found until they end, and are gone when they are taken away', () => {
    const table = new ListTable();
    for (let number = 1; number <= 200; number += 1) table.put(entry(number, { type: 'email' }));
    expect(table.size).toBe(200);
    expect([table.has('email'), table.has('device')]).toEqual([true, false]);
    expect(finds(table, 7)).toBe(uuid(7));
    expect(finds(table, 7, at('2027-01-01'))).toBeNull();
    table.remove(uuid(7));
    table.remove(uuid(7));
    expect([finds(table, 7), finds(table, 8), table.size]).toEqual([null, uuid(8), 199]);
    for (let number = 1; number <= 200; number += 1) table.remove(uuid(number));
    expect([table.size, table.has('email')]).toEqual([0, false]);
  });

  it('say what they say now, also when the same value has a new entry', () => {
    const table = new ListTable();
    table.put(entry(1));
    table.put(entry(1, allow));
    readKey(hash(1), words, 0);
    expect(table.find(words, 0, NOW)?.answer).toBeNull();
    // Another entry for the same value came before the old one was taken away.
    table.put({ ...entry(2), hash: hash(1) });
    table.remove(uuid(1));
    expect(finds(table, 1)).toBe(uuid(2));
  });
});

describe('networks', () => {
  const table = new ListTable();
  table.put(network(1, '203.0.113.0/24'));
  table.put(network(2, '203.0.113.64/26', allow));
  table.put(network(3, '203.0.113.64/26'));
  table.put(network(4, '203.0.113.80/32', { until: at('2026-06-02') }));
  table.put(network(5, '2001:db8::/32'));
  it.each([
    ['203.0.113.1', 1],
    ['203.0.113.70', 2],
    ['203.0.113.80', 4],
    ['::ffff:203.0.113.1', 1],
    ['2001:db8:1::1', 5],
    ['198.51.100.1', null],
    ['no address', null],
  ])('the longest that holds %s answers, and allow before deny', (ip, number) => {
    expect(table.findNetwork(ip, NOW)?.id ?? null).toBe(number === null ? null : uuid(number));
  });
  it('are passed over once they have ended', () => {
    expect(table.findNetwork('203.0.113.80', at('2026-06-02'))?.id).toBe(uuid(2));
    table.remove(uuid(2));
    expect(table.findNetwork('203.0.113.70', NOW)?.id).toBe(uuid(3));
    table.put(network(2, '203.0.113.64/26', allow));
  });
});

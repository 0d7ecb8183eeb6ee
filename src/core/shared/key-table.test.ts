import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_WORDS, KeyTable, keyBytes, readKey } from './key-table.ts';

/** Keys that meet: few first words, so that many are pushed along, also around the end of the table. */
const keyOf = (first: number, last: number): Int32Array => Int32Array.of(first, 0, 0, 0, 0, 0, 0, last);
const anyKey = fc.record({
  first: fc.constantFrom(0, 1, 14, 15, -1, 0x7fff_ffff),
  last: fc.integer({ min: 0, max: 9 }),
});

describe('a table of keys', () => {
  it('says what a Map says, whatever is added, replaced and taken out', () => {
    const step = fc.record({
      key: anyKey,
      what: fc.constantFrom('set', 'delete', 'getOrAdd', 'get'),
      value: fc.nat(1_000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const table = new KeyTable();
        const map = new Map<string, number>();
        for (const { key, what, value } of steps) {
          const [words, name] = [keyOf(key.first, key.last), JSON.stringify(key)];
          const known = map.get(name) ?? -1;
          if (what === 'set') {
            table.set(words, 0, value);
            map.set(name, value);
          } else if (what === 'delete') {
            expect(table.delete(words, 0)).toBe(known);
            map.delete(name);
          } else if (what === 'getOrAdd') {
            expect(table.getOrAdd(words, 0, value)).toBe(known === -1 ? value : known);
            if (known === -1) map.set(name, value);
          } else expect(table.get(words, 0)).toBe(known);
          expect(table.size).toBe(map.size);
        }
        const held = new Map<string, number>();
        table.each((keys, at, value) => {
          held.set(JSON.stringify({ first: keys[at], last: keys[at + KEY_WORDS - 1] }), value);
        });
        expect(held).toEqual(map);
      }),
    );
  });

  it('tells keys apart that differ in any one word', () => {
    const table = new KeyTable();
    const key = Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    table.set(key, 0, 7);
    for (let word = 0; word < KEY_WORDS; word += 1) {
      const other = key.slice();
      other[word] = 99;
      expect(table.get(other, 0)).toBe(-1);
    }
    expect(table.get(Int32Array.of(0, ...key), 1)).toBe(7);
  });

  it('refuses what is no value', () => {
    for (const value of [-1, 0.5, Number.NaN, 2 ** 31])
      expect(() => new KeyTable().set(keyOf(1, 1), 0, value)).toThrow();
  });
});

it('reads and writes the bytes of a key', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(3), (bytes, at) => {
      const words = new Int32Array(at + KEY_WORDS);
      readKey(bytes, words, at);
      expect(keyBytes(words, at)).toEqual(bytes);
      const embedded = new Int32Array(KEY_WORDS);
      readKey(Uint8Array.of(9, 9, ...bytes), embedded, 0, 2);
      expect(keyBytes(embedded, 0)).toEqual(bytes);
    }),
  );
  expect(() => readKey(new Uint8Array(31), new Int32Array(KEY_WORDS), 0)).toThrow('32 bytes');
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uuid } from '../../../../test/support/events.ts';
import { type CustomerId, id } from '../../../core/shared/brand.ts';
import { KEY_WORDS, readKey } from '../../../core/shared/key-table.ts';
import { MeasuredTable } from './measured-table.ts';

const key = (number: number): Uint8Array => {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, Math.imul(number + 1, 0x9e3779b1));
  return bytes;
};
const keysOf = (numbers: readonly number[]): Uint8Array =>
  Uint8Array.from(numbers.flatMap((number) => [...key(number)]));
const customerOf = (number: number): CustomerId => id<CustomerId>(uuid(number + 1));

const words = new Int32Array(KEY_WORDS);
function finds(table: MeasuredTable, number: number): CustomerId | null {
  readKey(key(number), words, 0);
  return table.find(words, 0)?.customer ?? null;
}

const PEOPLE = 12;
const KEYS = 20;
const numbers = fc.uniqueArray(fc.nat(KEYS - 1), { maxLength: 5 });
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('put' as const), who: fc.nat(PEOPLE - 1), keys: numbers }),
    fc.record({ do: fc.constant('lend' as const), who: fc.nat(PEOPLE - 1), keys: numbers }),
    fc.record({ do: fc.constant('remove' as const), who: fc.nat(PEOPLE - 1), keys: fc.constant([]) }),
  ),
  { maxLength: 60 },
);

it('knows whose each key is, whatever comes and goes', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const table = new MeasuredTable();
      const owner = new Map<number, number>();
      const there = new Set<number>();
      const forget = (who: number): void => {
        for (const [each, whose] of owner) if (whose === who) owner.delete(each);
        there.delete(who);
      };
      for (const { do: what, who, keys } of all) {
        if (what === 'put') {
          table.put({ customer: customerOf(who), keys: keysOf(keys), measures: [] });
          forget(who);
          there.add(who);
          for (const each of keys) owner.set(each, who);
        } else if (what === 'lend') {
          table.lend(customerOf(who), customerOf(PEOPLE), keysOf(keys));
          if (there.has(who)) for (const each of keys) if (!owner.has(each)) owner.set(each, who);
        } else {
          table.remove(customerOf(who));
          forget(who);
        }
        for (let each = 0; each < KEYS; each += 1) {
          const whose = owner.get(each);
          expect(finds(table, each)).toBe(whose === undefined ? null : customerOf(whose));
        }
        expect(table.size).toBe(there.size);
      }
    }),
  );
});

it('gives the same memory back to whoever comes after', () => {
  const table = new MeasuredTable();
  for (let round = 0; round < 50; round += 1)
    for (let who = 0; who < 100; who += 1)
      table.put({ customer: customerOf(who), keys: keysOf([3 * who, 3 * who + 1, 3 * who + 2]), measures: [] });
  expect(table.size).toBe(100);
  expect(table.bytes).toBeLessThan(200_000);
  for (let who = 0; who < 100; who += 1) expect(finds(table, 3 * who + 2)).toBe(customerOf(who));
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CountPacker, unpackCounts } from './packed-counts.ts';

type Count = readonly [first: number, second: number, at: number];

const counts = fc.array(
  fc.tuple(
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    // Few different seconds, so that neighbours are often of one.
    fc.integer({ min: 1_800_000_000, max: 1_800_000_003 }).map((second) => second * 1_000),
  ),
  { maxLength: 200 },
);

function packed(all: readonly Count[]): CountPacker {
  const packer = new CountPacker();
  for (const [first, second, at] of all) packer.add(first, second, at);
  return packer;
}

function unpacked(bytes: Uint8Array): readonly Count[] {
  const seen: Count[] = [];
  unpackCounts(bytes, (first, second, at) => seen.push([first, second, at]));
  return seen;
}

test('counts come out as they went in, also when packed parts stand behind one another', () => {
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const [a, b] = [packed(one), packed(other)];
      expect([a.size, b.size]).toEqual([one.length, other.length]);
      expect(unpacked(a.bytes())).toEqual(one);
      expect(unpacked(Buffer.concat([a.bytes(), b.bytes()]))).toEqual([...one, ...other]);
    }),
  );
});

test('those of one second take eight bytes each', () => {
  const many = Array.from({ length: 1_000 }, (_, index): Count => [index, -index, 1_800_000_000_000]);
  expect(packed(many).bytes().length).toBe(12 + 8 * 1_000);
});

test('what is cut off, or in a form of another release, ends the reading and breaks nothing', () => {
  fc.assert(
    fc.property(counts, fc.uint8Array({ maxLength: 64 }), fc.nat(), (all, rest, cut) => {
      const bytes = packed(all).bytes();
      const whole = unpacked(bytes);
      const short = unpacked(bytes.subarray(0, cut % (bytes.length + 1)));
      expect(short).toEqual(whole.slice(0, short.length));
      const strange = Uint8Array.from([0, 0, 0, 1, ...rest]);
      expect(unpacked(Buffer.concat([bytes, strange]))).toEqual(whole);
    }),
  );
});

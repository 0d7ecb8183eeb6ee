import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addressText } from './address.ts';
import { hostingRange } from './hosting.ts';
import { HOSTING_PROVIDERS, isHostingProvider } from './hosting-providers.ts';
import { type AddressRange, RangeSet } from './range-set.ts';

describe('a hosting provider', () => {
  it.each([
    [24940, 'Hetzner Online GmbH', true],
    [65001, 'Example Web Hosting Ltd', true],
    [65001, 'ExampleHosting B.V.', true],
    [65001, 'Example Data Centre', true],
    [65001, 'Example Cloud Services', true],
    [65001, 'Example Telecom', false],
    [65001, 'The Cloud Networks Limited', false],
    [65001, 'Vpsington Broadband', false],
    [65001, 'University Data Center', false],
    [13335, 'Cloudflare, Inc.', false],
    [54113, 'Fastly, Inc.', false],
  ])('%i, %s: %s', (asn, name, hosting) => {
    expect(isHostingProvider(asn, name)).toBe(hosting);
  });
  test('each is listed once, in order', () => {
    const numbers = HOSTING_PROVIDERS.map(([asn]) => asn);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });
});

describe('a row', () => {
  const hetzner = (first: string, last: string): AddressRange | null =>
    hostingRange(`${first},${last},24940,Hetzner Online GmbH`, new Map());
  it('holds a range, IPv4 as numbers or text', () => {
    const range = { family: 4, first: 16777216n, last: 16777471n };
    expect(hetzner('16777216', '16777471')).toEqual(range);
    expect(hetzner('1.0.0.0', '1.0.0.255')).toEqual(range);
    expect(hetzner('2a01:4f8::', '2a01:4f8::ff')).toEqual({
      family: 6,
      first: 0x2a0104f8n << 96n,
      last: (0x2a0104f8n << 96n) + 255n,
    });
  });
  it.each([
    ['', ''],
    ['x', 'y'],
    ['4294967296', '4294967297'],
    ['2', '1'],
    ['1.0.0.0', '2a01::'],
  ])('from %j to %j is nobody’s', (first, last) => {
    expect(hetzner(first, last)).toBeNull();
  });
  it('of somebody else is left out, and so is what is no row', () => {
    expect(hostingRange('1,2,3320,Deutsche Telekom AG', new Map())).toBeNull();
    expect(hostingRange('1,2,65001,"Name, with ""Hosting"""', new Map())).not.toBeNull();
    for (const row of ['', ',', '1,2', ',,,', 'first,last,asn,name']) expect(hostingRange(row, new Map())).toBeNull();
  });
});

test('a set of ranges holds what one of them holds, up to both ends of the numbers', () => {
  const top = (1n << 128n) - 1n;
  const number = (family: 4 | 6): fc.Arbitrary<bigint> => {
    const max = family === 4 ? 0xffff_ffffn : top;
    return fc.oneof(fc.bigInt(0n, 40n), fc.bigInt(max - 40n, max), fc.bigInt(0n, max));
  };
  const range = fc.constantFrom(4 as const, 6 as const).chain((family) =>
    fc.tuple(number(family), number(family)).map(([a, b]): AddressRange => {
      return a < b ? { family, first: a, last: b } : { family, first: b, last: a };
    }),
  );
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), (ranges) => {
      const set = new RangeSet(ranges);
      for (const { family, first, last } of ranges) {
        for (const probe of [first - 1n, first, last, last + 1n]) {
          if (probe < 0n || probe > (family === 4 ? 0xffff_ffffn : top)) continue;
          const words = (family === 4 ? [0n] : [96n, 64n, 32n, 0n]).map((s) => Number((probe >> s) & 0xffff_ffffn));
          const text = addressText({ family, words });
          if (text.startsWith('::ffff:')) continue;
          const expected = ranges.some((r) => r.family === family && r.first <= probe && probe <= r.last);
          expect(set.has(text)).toBe(expected);
        }
      }
      expect(set.has('nobody')).toBeNull();
    }),
  );
  expect(new RangeSet([]).has('1.2.3.4')).toBe(false);
  expect(
    new RangeSet([
      { family: 4, first: 1n, last: 2n },
      { family: 4, first: 3n, last: 9n },
    ]).size,
  ).toBe(1);
});

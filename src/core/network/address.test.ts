import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { canonicalAddress, parseAddress, readAddress } from './address.ts';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['0.0.0.0', '0.0.0.0'],
  ['255.255.255.255', '255.255.255.255'],
  ['  198.51.100.1 ', '198.51.100.1'],
  ['::', '::'],
  ['::1', '::1'],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0db8::0001', '2001:db8::1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
  ['fe80::', 'fe80::'],
  ['::ffff:192.0.2.33', '192.0.2.33'],
  ['::FFFF:c000:221', '192.0.2.33'],
  ['0:0:0:0:0:ffff:192.0.2.33', '192.0.2.33'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
])('%s is %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

describe('what is no address', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['010.0.0.1', 'leading_zero'],
    ['10.0.0.08', 'leading_zero'],
    ['10.0.0.00', 'leading_zero'],
    ['fe80::1%eth0', 'zone'],
    ['fe80::1%25', 'zone'],
    ['１０.0.0.1', 'foreign_digits'],
    ['٣.3.3.3', 'foreign_digits'],
    ['10。0。0。1', 'foreign_digits'],
    ['10.0.0.1\u200b', 'foreign_digits'],
    ['10.0.\u202e0.1', 'foreign_digits'],
    ['2001:db8::\u0430', 'foreign_digits'],
    ['10.0.0', 'not_an_address'],
    ['10.0.0.1.', 'not_an_address'],
    ['.10.0.0.1', 'not_an_address'],
    ['10..0.1', 'not_an_address'],
    ['256.0.0.1', 'not_an_address'],
    ['1e1.0.0.1', 'not_an_address'],
    ['0x10.0.0.1', 'not_an_address'],
    ['+1.0.0.1', 'not_an_address'],
    ['167772161', 'not_an_address'],
    [':', 'not_an_address'],
    [':::', 'not_an_address'],
    ['::1::', 'not_an_address'],
    [':1:2:3:4:5:6:7:8', 'not_an_address'],
    ['1:2:3:4:5:6:7:', 'not_an_address'],
    ['1:2:3:4:5:6:7', 'not_an_address'],
    ['1:2:3:4:5:6:7:8:9', 'not_an_address'],
    ['1:2:3:4:5:6:7:8::', 'not_an_address'],
    ['12345::', 'not_an_address'],
    ['::1.2.3', 'not_an_address'],
    ['::1.2.3.4:1', 'not_an_address'],
    ['1:2:3:4:5:6:7:1.2.3.4', 'not_an_address'],
    ['::ffff:1.2.3.04', 'not_an_address'],
    ['[::1]', 'not_an_address'],
    ['10.0.0.1:80', 'not_an_address'],
    ['10.0.0.1/32', 'not_an_address'],
    ['localhost', 'not_an_address'],
    ['1'.repeat(10_000), 'not_an_address'],
  ])('%j: %s', (text, refusal) => {
    expect(parseAddress(text)).toEqual({ ok: false, error: refusal });
  });
});

test('it reads exactly what the platform reads, but for zones', () => {
  const part = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.stringMatching(/^[0-9a-f:.]{0,40}$/),
    fc.stringMatching(/^([0-9a-f]{0,4}:){0,8}[0-9a-f]{0,4}$/),
    fc.stringMatching(/^(\d{0,3}\.){3}\d{0,3}$/),
  );
  fc.assert(
    fc.property(part, (text) => {
      const family = readAddress(text, new Int32Array(4));
      expect(family !== 0).toBe(isIP(text) !== 0);
      if (isIP(text) === 4) expect(family).toBe(4);
    }),
    { numRuns: 3000 },
  );
});

test('canonical text reads as the same address and is the one the platform writes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const canonical = canonicalAddress(text) ?? '';
      expect(parseAddress(canonical)).toEqual(parseAddress(text));
      expect(canonicalAddress(canonical)).toBe(canonical);
      if (canonical.includes(':')) expect(new URL(`http://[${text}]/`).hostname).toBe(`[${canonical}]`);
    }),
  );
});

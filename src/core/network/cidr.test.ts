import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { cidrText, parseCidr, parseNetworks, refusedBecause } from './cidr.ts';

const texts = (text: string): string[] => unwrap(parseNetworks(text)).cidrs.map(cidrText);

it.each([
  ['203.0.113.7', ['203.0.113.7'], []],
  ['203.0.113.7/32', ['203.0.113.7'], []],
  [' 10.0.0.0/8 ', ['10.0.0.0/8'], []],
  ['10.1.2.3/8', ['10.0.0.0/8'], ['host_bits']],
  ['2001:DB8::/32', ['2001:db8::/32'], []],
  ['2001:db8::1/32', ['2001:db8::/32'], ['host_bits']],
  ['2001:db8::1/128', ['2001:db8::1'], []],
  ['::ffff:10.0.0.0/104', ['10.0.0.0/8'], []],
  ['::ffff:a00:1', ['10.0.0.1'], []],
  ['10.0.0.5-10.0.0.5', ['10.0.0.5'], []],
  ['10.0.0.0 - 10.0.0.255', ['10.0.0.0/24'], []],
  ['10.0.0.0–10.0.0.255', ['10.0.0.0/24'], []],
  ['10.0.0.5-10.0.0.9', ['10.0.0.5', '10.0.0.6/31', '10.0.0.8/31'], ['split']],
  ['255.255.255.254-255.255.255.255', ['255.255.255.254/31'], []],
  ['2001:db8::1-2001:db8::2', ['2001:db8::1', '2001:db8::2'], ['split']],
  ['::ffff:10.0.0.0-10.0.0.1', ['10.0.0.0/31'], []],
])('%s holds %j', (text, cidrs, notes) => {
  expect(texts(text)).toEqual(cidrs);
  expect(unwrap(parseNetworks(text)).notes).toEqual(notes);
});

it.each([
  ['0.0.0.0/0', 'too_wide'],
  ['::/0', 'too_wide'],
  ['::ffff:0:0/96', 'too_wide'],
  ['1.0.0.0/7', 'too_wide'],
  ['2000::/3', 'too_wide'],
  ['0.0.0.0-255.255.255.255', 'too_wide'],
  ['1.2.3.4-200.0.0.0', 'too_wide'],
  ['10.0.0.0/33', 'bad_length'],
  ['10.0.0.0/08', 'bad_length'],
  ['10.0.0.0/', 'bad_length'],
  ['10.0.0.0/-1', 'not_an_address'],
  ['10.0.0.0/8/8', 'bad_length'],
  ['10.0.0.0/255.0.0.0', 'bad_length'],
  ['10.0.0.0/٨', 'bad_length'],
  ['::/129', 'bad_length'],
  ['::ffff:10.0.0.0/64', 'mapped'],
  ['::/64', 'mapped'],
  ['::-1::', 'mapped'],
  ['10.0.0.1-::1', 'mixed'],
  ['10.0.0.9-10.0.0.5', 'reversed'],
  ['10.0.0.1-10.0.0.5-10.0.0.9', 'not_an_address'],
  ['10.0.0.1-', 'empty'],
  ['', 'empty'],
  ['10.0.0.0/24-10.0.1.0/24', 'not_an_address'],
])('%s is refused: %s', (text, refusal) => {
  const parsed = parseNetworks(text);
  expect(parsed).toEqual({ ok: false, error: refusal });
  expect(refusedBecause(parsed.ok ? 'empty' : parsed.error)).toMatch(/^[A-Z].+\.$/);
});

test('wide networks are taken when they are meant', () => {
  expect(unwrap(parseNetworks('0.0.0.0/0', { allowWide: true })).cidrs.map(cidrText)).toEqual(['0.0.0.0/0']);
  expect(cidrText(unwrap(parseCidr('::/0', { allowWide: true })))).toBe('::/0');
  expect(parseCidr('10.0.0.1-10.0.0.2', { allowWide: true })).toEqual({ ok: false, error: 'not_an_address' });
});

test('a range becomes networks that hold exactly its addresses, each as wide as can be', () => {
  const end = fc.integer({ min: 0, max: 0xff_ffff });
  fc.assert(
    fc.property(end, end, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const dotted = (n: number): string => `10.${n >>> 16}.${(n >>> 8) & 255}.${n & 255}`;
      let next = low;
      let before = '';
      for (const { words, length } of unwrap(parseNetworks(`${dotted(low)}-${dotted(high)}`)).cidrs) {
        const start = (words[0] ?? 0) & 0xff_ffff;
        const size = 2 ** (32 - length);
        expect([start, start % size]).toEqual([next, 0]);
        const pair = `${start - (start % (2 * size))}/${length}`;
        expect(pair).not.toBe(before);
        [next, before] = [start + size, pair];
      }
      expect(next).toBe(high + 1);
    }),
  );
});

test('the widest possible split of IPv6 is short', () => {
  const { cidrs } = unwrap(parseNetworks('2001:db8::1-2001:db8:ffff:ffff:ffff:ffff:ffff:fffe', { allowWide: false }));
  expect(cidrs.length).toBe(190);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { type Address, addressText } from './address.ts';
import { type Cidr, cidrText, parseCidr } from './cidr.ts';
import { entryOf, type Hit, isHit, listOf, NO_HIT, PrefixTable, UNREADABLE } from './prefix-table.ts';

const cidr = (text: string): Cidr => unwrap(parseCidr(text, { allowWide: true }));
const said = (hit: Hit): string => (isHit(hit) ? `${listOf(hit)} ${entryOf(hit)}` : String(hit));

test('the longest network answers, and at equal length allow before deny', () => {
  const table = new PrefixTable();
  table.set(cidr('10.0.0.0/8'), 'allow', 1);
  table.set(cidr('10.1.0.0/16'), 'deny', 2);
  table.set(cidr('10.1.2.0/24'), 'deny', 3);
  table.set(cidr('10.1.2.0/24'), 'allow', 4);
  expect(said(table.find('10.9.9.9'))).toBe('allow 1');
  expect(said(table.find('10.1.9.9'))).toBe('deny 2');
  expect(said(table.find('10.1.2.9'))).toBe('allow 4');
  expect(said(table.find('::ffff:10.1.2.9'))).toBe('allow 4');
  expect(table.find('11.0.0.1')).toBe(NO_HIT);
  expect(table.find('2001:db8::1')).toBe(NO_HIT);
  expect(table.find('10.1.2')).toBe(UNREADABLE);
});

test('what does not count is passed over down to the next shorter', () => {
  const table = new PrefixTable();
  table.set(cidr('2001:db8::/32'), 'deny', 1);
  table.set(cidr('2001:db8:1::/48'), 'allow', 2);
  table.set(cidr('2001:db8:1::/48'), 'deny', 3);
  const alive = (...entries: number[]) => said(table.find('2001:db8:1::1', (entry) => entries.includes(entry)));
  expect([alive(1, 2, 3), alive(1, 3), alive(1), alive()]).toEqual(['allow 2', 'deny 3', 'deny 1', String(NO_HIT)]);
  const all: string[] = [];
  table.findAll('2001:db8:1::1', (hit) => void all.push(said(hit)));
  expect(all).toEqual(['allow 2', 'deny 3', 'deny 1']);
});

test('an entry for everybody stands, and is taken away', () => {
  const table = new PrefixTable();
  table.set(cidr('0.0.0.0/0'), 'deny', 7);
  expect(said(table.find('1.2.3.4'))).toBe('deny 7');
  expect(table.find('::1')).toBe(NO_HIT);
  expect(table.remove(cidr('0.0.0.0/0'), 'deny')).toBe(7);
  expect([table.find('1.2.3.4'), table.size]).toEqual([NO_HIT, 0]);
});

test('entries are small whole numbers', () => {
  const table = new PrefixTable();
  for (const entry of [-1, 0.5, 2 ** 30, Number.NaN]) {
    expect(() => table.set(cidr('10.0.0.0/8'), 'deny', entry)).toThrow(/whole number/);
  }
});

/** Networks close together, so that many hold each other; every eighth is anywhere. */
const networks = fc
  .record({
    family: fc.constantFrom(4 as const, 6 as const),
    words: fc.tuple(
      ...[0, 1, 2, 3].map(() =>
        fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1) },
          { weight: 1, arbitrary: fc.nat(0xffff_ffff) },
        ),
      ),
    ),
    length: fc.nat(128),
  })
  .map(({ family, words, length }): Cidr => {
    const cut = family === 4 ? length % 33 : length;
    const kept = words.slice(0, family === 4 ? 1 : 4).map((word, at) => masked(word, cut - 32 * at));
    return { family, words: kept, length: cut };
  });

function masked(word: number, bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? word : (word & (-1 << (32 - bits))) >>> 0;
}

interface Known {
  readonly cidr: Cidr;
  readonly list: 'allow' | 'deny';
  readonly entry: number;
}

/** What must come out, written without any trick: all entries that hold the address, in order. */
function naive(known: ReadonlyMap<string, Known>, address: Address): string[] {
  return [...known.values()]
    .filter(({ cidr: network }) => network.family === address.family)
    .filter(({ cidr: { words, length } }) =>
      words.every((w, at) => w === masked(address.words[at] ?? 0, length - 32 * at)),
    )
    .sort((a, b) => b.cidr.length - a.cidr.length || a.list.localeCompare(b.list))
    .map(({ list, entry }) => `${list} ${entry}`);
}

const step = fc.record({
  what: fc.constantFrom('set', 'set', 'set', 'remove', 'find'),
  cidr: networks,
  list: fc.constantFrom('allow' as const, 'deny' as const),
  again: fc.nat(),
});

function play(steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[], table: PrefixTable): void {
  const known = new Map<string, Known>();
  for (const [entry, { what, cidr: drawn, list, again }] of steps.entries()) {
    const old = [...known.values()][again % (known.size + 1)];
    const network = what !== 'set' && old !== undefined ? old.cidr : drawn;
    const key = `${list} ${cidrText(network)}`;
    const before = known.get(key)?.entry ?? -1;
    expect(table.get(network, list)).toBe(before);
    if (what === 'set') {
      expect(table.set(network, list, entry)).toBe(before);
      known.set(key, { cidr: network, list, entry });
    } else if (what === 'remove') {
      expect(table.remove(network, list)).toBe(before);
      known.delete(key);
    }
    expect(table.size).toBe(known.size);
    for (const within of [network, drawn]) compare(table, known, lastOf(within));
  }
}

function lastOf({ family, words, length }: Cidr): Address {
  return { family, words: words.map((word, at) => (word | ~masked(0xffff_ffff, length - 32 * at)) >>> 0) };
}

function compare(table: PrefixTable, known: ReadonlyMap<string, Known>, address: Address): void {
  const text = addressText(address);
  // The canonical text of ::ffff:0:0/96 is that of an IPv4 address, and such networks cannot be had from text.
  if (address.family === 6 && text.startsWith('::ffff:')) return;
  const expected = naive(known, address);
  const all: string[] = [];
  table.findAll(text, (hit) => void all.push(said(hit)));
  expect(all).toEqual(expected);
  expect(said(table.find(text))).toBe(expected[0] ?? String(NO_HIT));
  const dead = new Set(expected.filter((_, at) => at % 2 === 0).map((hit) => Number(hit.split(' ')[1])));
  expect(said(table.find(text, (entry) => !dead.has(entry)))).toBe(expected[1] ?? String(NO_HIT));
}

test('it answers as a list searched by hand does, whatever is set, removed and looked up in whatever order', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => play(steps, new PrefixTable())),
    {
      numRuns: 300,
    },
  );
});

test('the same above the size from which look-ups jump', () => {
  const many = Array.from({ length: 700 }, (_, n) => cidr(`10.${n >>> 2}.${(n & 3) << 6}.0/${18 + (n % 9)}`));
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const table = new PrefixTable();
      for (const [entry, network] of many.entries()) table.set(network, 'deny', entry);
      for (const network of many) table.remove(network, 'deny');
      expect(table.size).toBe(0);
      play(steps, table);
    }),
    { numRuns: 100 },
  );
});

test('the same where so many share their first bits that look-ups jump further', () => {
  const near = fc
    .record({
      rest: fc.nat(0x3ffff),
      length: fc.integer({ min: 12, max: 40 }),
      family: fc.constantFrom(4 as const, 6 as const),
    })
    .map(({ rest, length, family }): Cidr => {
      const cut = family === 4 ? Math.min(length, 32) : length;
      const first = masked((0x20010000 | (rest & 0xffff)) >>> 0, cut);
      return { family, length: cut, words: family === 4 ? [first] : [first, masked(rest << 14, cut - 32), 0, 0] };
    });
  fc.assert(
    fc.property(fc.array(near, { minLength: 150, maxLength: 400 }), fc.nat(), (drawn, seed) => {
      const table = new PrefixTable();
      for (let at = 0; at < 600; at++) table.set(cidr(`10.${at >>> 2}.${(at & 3) << 6}.0/18`), 'deny', at);
      for (let at = 0; at < 600; at++)
        table.set(cidr(`3${at.toString(16)}::/16`.replace(/^3(..)::/, '30$1::')), 'deny', at);
      const known = new Map<string, Known>();
      const apply = (network: Cidr, entry: number, what: 'set' | 'remove'): void => {
        const list = entry % 3 === 0 ? 'allow' : 'deny';
        if (what === 'set') known.set(`${list} ${cidrText(network)}`, { cidr: network, list, entry });
        else known.delete(`${list} ${cidrText(network)}`);
        if (what === 'set') table.set(network, list, entry);
        else table.remove(network, list);
      };
      const probe = (): void => {
        for (let at = 0; at < 40; at++) {
          const network = drawn[(seed + at * 7919) % drawn.length];
          if (network === undefined) continue;
          compare(table, known, at % 2 === 0 ? network : lastOf(network));
        }
      };
      for (const [entry, network] of drawn.entries()) apply(network, entry, 'set');
      probe();
      for (const [entry, network] of drawn.entries()) if ((entry + seed) % 5 !== 0) apply(network, entry, 'remove');
      probe();
      for (const [entry, network] of drawn.entries()) if (entry % 2 === 0) apply(network, entry + 3000, 'set');
      probe();
      for (const { cidr: network, list } of known.values()) table.remove(network, list);
      known.clear();
      probe();
    }),
    { numRuns: 40 },
  );
});

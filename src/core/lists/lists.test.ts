import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { parseInstant } from '../shared/time.ts';
import { isStronger, usualAnswer } from './answers.ts';
import { domainOf, normaliseDomain } from './domain.ts';
import { checkEnd, usualEnd } from './ends.ts';
import { guessType } from './guess.ts';
import { normaliseNameAddress, readNameAddress } from './name-address.ts';
import { normaliseEntry, whyNoEntry } from './normal.ts';
import { keysOf } from './request.ts';
import { type EntryType, entryTypes } from './types.ts';

const at = (text: string) => parseInstant(text) ?? expect.unreachable();

/** What an entry on the list and a request are compared by. */
const listed = (text: string) => {
  const read = readNameAddress(text);
  return read && normaliseNameAddress(read);
};

describe('a name and an address', () => {
  const ada = normaliseNameAddress({ name: 'Ada Jansen', street: 'Dorpsstraat 12', postcode: '1234AB' });

  it.each([
    'Ada Jansen; Dorpsstraat 12; 1234 AB Utrecht',
    'jansen, ada; dorpsstr. 12; 1234ab',
    'ADA JANSEN, Dorpsstraat 12, 1234 AB',
    'Ada Jánsen | Dorpsstraat  12 | NL-1234 AB',
    'Ada Jansen; Dorpsstraat 12; 1234 AB; Utrecht',
    'A\u200bda J\u0430nsen; Dorpsstraat 12; 1234 AB',
  ])('is the same however it is written: %s', (text) => {
    expect(listed(text)).toBe(ada);
  });

  it.each([
    ['another door', 'Ada Jansen; Dorpsstraat 12a; 1234 AB'],
    ['a housemate', 'Bob Jansen; Dorpsstraat 12; 1234 AB'],
    ['a nickname', 'Ad Jansen; Dorpsstraat 12; 1234 AB'],
    ['another street with that number and postcode', 'Ada Jansen; Kerkstraat 12; 1234 AB'],
    ['another postcode', 'Ada Jansen; Dorpsstraat 12; 1234 AC'],
  ])('is not the same as %s', (_what, text) => {
    expect(listed(text)).not.toBeNull();
    expect(listed(text)).not.toBe(ada);
  });

  it('reads postcodes of several countries', () => {
    expect(readNameAddress('A B; 10 Downing Street; London SW1A 2AA')?.postcode).toBe('SW1A 2AA');
    expect(readNameAddress('A B; Václavské nám. 1; 110 00 Praha')?.postcode).toBe('110 00');
    expect(readNameAddress('A B; Straße 5; D-10115 Berlin')?.postcode).toBe('10115');
    expect(readNameAddress('A B; ul. Prosta 51; 00-838 Warszawa')?.postcode).toBe('00-838');
  });

  it('is one door whichever of flat and house comes first, and with a letter apart', () => {
    const of = (street: string) => normaliseNameAddress({ name: 'A B', street, postcode: 'E1 6AN' });
    expect(of('Flat 4, 12 Main St')).toBe(of('12 Main St, Flat 4'));
    expect(of('Main St 12 a')).toBe(of('Main St 12a'));
  });

  it('tells streets of one postcode from each other, and no spelling of one from itself', () => {
    const main = listed('John Smith; 12 Main Street; 10001');
    expect(listed('John Smith, 12 Main St., 10001')).toBe(main);
    expect(listed('SMITH John; 12, MAIN ST; 10001')).toBe(main);
    expect(listed('John Smith; 12 Oak Ave; 10001')).not.toBe(main);
    expect(listed('Anna Nowak; ul. Długa 7 m. 4; 31-147 Kraków')).toBe(listed('Nowak Anna; Dluga 7/4; 31-147'));
    expect(listed('Anna Nowak; ul. Długa 7; 31-147')).not.toBe(listed('Anna Nowak; ul. Krótka 7; 31-147'));
  });

  it('needs a name, a number and a postcode', () => {
    for (const text of [
      'Ada Jansen',
      'Ada; Dorpsstraat; 1234 AB',
      'Ada; Dorpsstraat 12; Utrecht',
      ';;',
      '; 12; 1234 AB',
    ])
      expect(listed(text), text).toBeNull();
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => void listed(text)));
  });
});

describe('a domain', () => {
  it('is read with and without what stands before it, in one form', () => {
    for (const text of ['example.com', '@Example.COM', '*@example.com', ' example.com. '])
      expect(normaliseDomain(text)).toBe('example.com');
    expect(normaliseDomain('bücher.example')).toBe(normaliseDomain('xn--bcher-kva.example'));
    expect(domainOf('a@b@bücher.example')).toBe('xn--bcher-kva.example');
  });

  it('is not a word, an address, a URL or a pattern', () => {
    for (const text of ['', 'com', 'a b.com', 'http://example.com', '203.0.113.7', 'exa*mple.com', 'example.com/x'])
      expect(normaliseDomain(text), text).toBeNull();
  });
});

describe('a value', () => {
  const refusal = (type: EntryType, text: string, allowWide = false) => {
    const read = normaliseEntry(type, text, { region: 'NL', allowWide });
    return read.ok ? read.value.map(({ value }) => value) : read.error;
  };

  it('that would hit everybody is refused without an explicit word', () => {
    expect(refusal('ip', '0.0.0.0/0')).toBe('too_wide');
    expect(refusal('ip', '::/0')).toBe('too_wide');
    expect(refusal('ip', '0.0.0.0-255.255.255.255')).toBe('too_wide');
    expect(refusal('email_domain', '@gmail.com')).toBe('everybodys');
    expect(refusal('ip', '0.0.0.0/0', true)).toEqual(['0.0.0.0/0']);
    expect(refusal('email_domain', 'gmail.com', true)).toEqual(['gmail.com']);
  });

  it('that is a range becomes the networks that hold the same', () => {
    expect(refusal('ip', '203.0.113.5-203.0.113.9')).toEqual(['203.0.113.5', '203.0.113.6/31', '203.0.113.8/31']);
    expect(refusal('ip', '::ffff:203.0.113.7')).toEqual(['203.0.113.7']);
  });

  it('is refused in words that do not repeat it', () => {
    for (const [type, text] of [
      ['email', 'nobody'],
      ['external', '\u0007'],
      ['phone', 'call me'],
      ['email_domain', 'some where'],
      ['name_address', 'Zebedee'],
      ['device', 'x'],
      ['ip', '999.1.1.1'],
    ] as const) {
      const read = normaliseEntry(type, text, { region: null });
      expect(read.ok, type).toBe(false);
      if (!read.ok) expect(whyNoEntry(read.error)).not.toContain(text);
    }
  });

  it('is found by a request that says the same', () => {
    const normal = (type: EntryType, text: string) => unwrap(normaliseEntry(type, text, { region: 'NL' }))[0]?.normal;
    expect(
      keysOf({
        identifiers: [
          { type: 'email', value: 'ada@example.com' },
          { type: 'phone', value: '+31612345678' },
        ],
        name: 'Ada Jansen',
        address: { street: 'Dorpsstraat 12', postcode: '1234 AB' },
        device: 'dev-12345',
      }),
    ).toEqual([
      { type: 'email', normal: normal('email', 'Ada@Example.com') },
      { type: 'phone', normal: normal('phone', '06 12345678') },
      { type: 'email_domain', normal: normal('email_domain', '@EXAMPLE.com') },
      { type: 'name_address', normal: normal('name_address', 'Jansen Ada; Dorpsstr 12; 1234ab') },
      { type: 'device', normal: normal('device', 'dev-12345') },
    ]);
    expect(keysOf({ identifiers: [], name: 'Ada', address: { street: 'Dorpsstraat 12' } })).toEqual([]);
  });
});

describe('what a pasted line is', () => {
  it.each([
    ['ada@example.com', 'email'],
    ['@example.com', 'email_domain'],
    ['example.com', 'email_domain'],
    ['203.0.113.7', 'ip'],
    ['203.0.113.0/24', 'ip'],
    ['203.0.113.5 - 203.0.113.9', 'ip'],
    ['0.0.0.0/0', 'ip'],
    ['2001:db8::/32', 'ip'],
    ['+31 6 12345678', 'phone'],
    ['06 12345678', 'phone'],
    ['Ada Jansen; Dorpsstraat 12; 1234 AB', 'name_address'],
    ['C-10023', null],
    ['hello there', null],
    ['', null],
  ] as const)('%s', (line, type) => {
    expect(guessType(line, 'NL')).toBe(type);
  });
});

describe('answers and ends', () => {
  it('are as strong as the type can carry, and no stronger by themselves', () => {
    for (const type of entryTypes) expect(isStronger(type, usualAnswer(type))).toBe(false);
    expect(isStronger('phone', 'deny')).toBe(true);
    expect(isStronger('ip', 'review')).toBe(true);
    expect(isStronger('email', 'challenge')).toBe(false);
  });

  it('lie in the future and within three years', () => {
    const now = at('2026-01-31T12:00:00Z');
    expect(usualEnd(now)).toBe(at('2027-01-31T12:00:00Z'));
    expect(checkEnd(now, now)).toMatchObject({ ok: false });
    expect(checkEnd(at('2029-02-01T12:00:00Z'), now)).toMatchObject({ ok: false });
    expect(checkEnd(at('2029-01-31T12:00:00Z'), now)).toMatchObject({ ok: true });
  });
});

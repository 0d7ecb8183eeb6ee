import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from './email.ts';
import { normaliseIdentifier, normalisePhone } from './identifier.ts';
import { nameTokens, searchTokens } from './names.ts';
import { phoneRegion } from './region.ts';

describe('e-mail addresses', () => {
  it.each([
    [' Ada.Lovelace@Example.ORG ', 'ada.lovelace@example.org'],
    ['ada@exａmple.org', 'ada@example.org'],
    ['ada+shop@gmail.com', 'ada+shop@gmail.com'],
    ['a.d.a@gmail.com', 'a.d.a@gmail.com'],
    ['Jürgen@Müller.example', 'jürgen@müller.example'],
    ['דנה@דוגמה.co.il', 'דנה@דוגמה.co.il'],
  ])('reads %j as %j', (written, normal) => {
    expect(normaliseEmail(written)).toBe(normal);
  });

  it.each([
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada lovelace@example.org',
    'ada@example..org',
    'a@b@',
    'Ada <ada@example.org>',
  ])('refuses %j', (written) => {
    expect(normaliseEmail(written)).toBeNull();
  });

  it('is stable: the normal form is its own normal form', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const normal = normaliseEmail(address);
        expect(normal).not.toBeNull();
        expect(normaliseEmail(normal ?? '')).toBe(normal);
      }),
    );
  });
});

describe('phone numbers', () => {
  it.each([
    ['06 1234 5678', 'NL', '+31612345678'],
    ['+31 (0)6 12345678', 'NL', '+31612345678'],
    ['0031612345678', 'NL', '+31612345678'],
    ['0031612345678', null, '+31612345678'],
    ['+48 601 234 567', 'NL', '+48601234567'],
    ['٠٥٢-١٢٣-٤٥٦٧', 'IL', '+972521234567'],
  ] as const)('reads %j in %s as %s', (written, region, normal) => {
    expect(normalisePhone(written, region)).toBe(normal);
  });

  it.each([
    ['06 1234 5678', null],
    ['123', 'NL'],
    ['call me', 'NL'],
    ['', 'NL'],
  ] as const)('does not guess: %j in %s', (written, region) => {
    expect(normalisePhone(written, region)).toBeNull();
  });

  it('belong to the one country of the shop, by jurisdiction or else by time zone', () => {
    expect(phoneRegion(['NL'], 'Europe/London')).toBe('NL');
    expect(phoneRegion(['US-CA'], 'Europe/London')).toBe('US');
    expect(phoneRegion(['NL', 'BE'], 'Europe/Amsterdam')).toBeNull();
    expect(phoneRegion([], 'Europe/Amsterdam')).toBe('NL');
    expect(phoneRegion([], 'Europe/Warsaw')).toBe('PL');
    expect(phoneRegion([], 'UTC')).toBeNull();
    expect(phoneRegion(['EU'], 'Asia/Shanghai')).toBe('CN');
  });
});

it('takes a customer number exactly, save for the space around it', () => {
  expect(normaliseIdentifier('external', ' 0017850 ', null)).toBe('0017850');
  expect(normaliseIdentifier('external', 'a\u0000b', null)).toBeNull();
  expect(normaliseIdentifier('external', '  ', null)).toBeNull();
});

describe('names', () => {
  const finds = (query: string, name: string): boolean => {
    const tokens = nameTokens(name);
    const wanted = searchTokens(query);
    return wanted.length > 0 && wanted.every((token) => tokens.has(token));
  };

  it.each([
    ['mar', 'Marta Wiśniewska'],
    ['wis', 'Marta Wiśniewska'],
    ['WIŚN', 'Marta Wiśniewska'],
    ['marta wi', 'Marta Wiśniewska'],
    ['dijk', 'Joost van Dijk'],
    ['张', '张伟'],
    ['张伟', '张伟'],
    ['小明', '王小明'],
    ['김', '김민준'],
    ['כהן', 'דָּנָה כֹּהֵן'],
    ['obri', "Sean O'Brien-Obrien"],
    ['wolfeschlegelstein', 'Hubert Wolfeschlegelstein'],
  ])('%j finds %j', (query, name) => {
    expect(finds(query, name)).toBe(true);
  });

  it.each([
    ['m', 'Marta Wiśniewska'],
    ['arta', 'Marta Wiśniewska'],
    ['marta k', 'Kees Marsman'],
    ['伟张', '张伟'],
    ['', 'Marta'],
  ])('%j does not find %j', (query, name) => {
    expect(finds(query, name)).toBe(false);
  });

  it('keep their tokens few, however long the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        expect(nameTokens(name).size).toBeLessThanOrEqual(400);
      }),
    );
  });
});

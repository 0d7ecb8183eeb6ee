import { expect, it } from 'vitest';
import { currencyExponent, isCurrency } from '../../../src/core/shared/money.ts';
import { amountOf, countryOf, fitting, ipOf, mailOf, streetOf } from '../src/fit.ts';

it('knows the currencies that the API knows, and their decimals', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const codes = [...letters].flatMap((a) => [...letters].flatMap((b) => [...letters].map((c) => `${a}${b}${c}`)));
  const expected = codes.filter(isCurrency).map((code) => [code, 10 ** currencyExponent(code)]);
  expect(
    codes.flatMap((code) => (amountOf(100, 2, code).currency ? [[code, amountOf(100, 2, code).total]] : [])),
  ).toEqual(expected);
});

it.each([
  [60_005, 3, 'EUR', 6_001],
  [1_234, 0, 'EUR', 123_400],
  [1_250, 2, 'JPY', 13],
  [0, 2, 'EUR', 0],
])('takes %i of a precision of %i in %s for %i', (amount, precision, currency, total) => {
  expect(amountOf(amount, precision, currency)).toEqual({ total, currency });
});

it('leaves out an amount that is none', () => {
  for (const amount of [-1, Number.NaN, Number.MAX_VALUE]) expect(amountOf(amount, 2, 'EUR')).toEqual({});
  expect(amountOf(100, 2, 'XBT')).toEqual({});
});

it('takes an address on the internet, and none of a network inside', () => {
  expect(ipOf('203.0.113.9')).toBe('203.0.113.9');
  expect(ipOf('::ffff:203.0.113.9')).toBe('203.0.113.9');
  expect(ipOf('2a02:a450::9')).toBe('2a02:a450::9');
  const inside = ['127.0.0.1', '10.1.2.3', '172.18.0.1', '192.168.1.1', '100.64.0.1', '169.254.1.1', '0.0.0.0'];
  for (const ip of [
    ...inside,
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fd00::1',
    '::ffff:10.0.0.1',
    '',
    'unknown',
    undefined,
  ])
    expect(ipOf(ip), String(ip)).toBeUndefined();
});

it('leaves out what does not fit', () => {
  expect(fitting(' é ', 1, 1)).toBe('é');
  for (const value of ['', ' \u00a0', 'long', null, undefined, 7]) expect(fitting(value, 1, 3)).toBeUndefined();
  expect(['nl', 'NLD', 'N1', ''].map(countryOf)).toEqual(['NL', undefined, undefined, undefined]);
  expect(['a@b', 'a b@c', 'a@', `${'a'.repeat(254)}@b`].map(mailOf)).toEqual(['a@b', undefined, undefined, undefined]);
});

it.each([
  ['Apt 4', 'Dam 1 Apt 4'],
  ['c/o Bakker', 'Dam 1'],
  ['Tel. 06 1234 5678', 'Dam 1'],
  [null, 'Dam 1'],
])('reads a second line %j as %s', (second, street) => {
  expect(streetOf(' Dam 1 ', second)).toBe(street);
  expect(streetOf(' ', second)).toBeUndefined();
});

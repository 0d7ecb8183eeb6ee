import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addUnits, currencyExponent, inShopCurrency, isCurrency, LARGEST_AMOUNT, minorUnits } from './money.ts';

test.each([
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['ISK', 0],
])('%s has %i decimals', (currency, decimals) => {
  expect(isCurrency(currency)).toBe(true);
  expect(currencyExponent(currency)).toBe(decimals);
});

test.each(['eur', 'XXX', 'EURO', '', 'toString', '__proto__'])('%j is not a currency', (code) => {
  expect(isCurrency(code)).toBe(false);
});

test('every amount an event may carry survives being added up a thousand times', () => {
  let sum = 0;
  for (let count = 0; count < 1000; count += 1) sum = addUnits(sum, LARGEST_AMOUNT);
  expect(sum).toBe(1000 * LARGEST_AMOUNT);
  expect(() => addUnits(Number.MAX_SAFE_INTEGER, 1)).toThrow(/too large/);
});

test('the shop’s own currency needs no rate, another one does', () => {
  expect(inShopCurrency({ amount: 19_95, currency: 'EUR', rate: '7' }, 'EUR')).toBe(19_95);
  expect(inShopCurrency({ amount: 19_95, currency: 'USD', rate: '0.9137' }, 'EUR')).toBe(18_23);
  expect(inShopCurrency({ amount: 5_000, currency: 'JPY', rate: '0.00615' }, 'EUR')).toBe(30_75);
  expect(inShopCurrency({ amount: 30_75, currency: 'EUR', rate: '162.6' }, 'JPY')).toBe(5_000);
  expect(inShopCurrency({ amount: 1_000, currency: 'KWD', rate: '3.005' }, 'EUR')).toBe(301);
  expect(() => inShopCurrency({ amount: 1, currency: 'USD' }, 'EUR')).toThrow('An amount in USD has no rate to EUR');
  expect(() => inShopCurrency({ amount: 1, currency: 'USD', rate: 'abc' }, 'EUR')).toThrow(/decimal/);
});

test('a rate of one changes nothing between currencies of the same decimals', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LARGEST_AMOUNT }), (amount) => {
      expect(inShopCurrency({ amount, currency: 'USD', rate: '1.000' }, 'EUR')).toBe(amount);
    }),
  );
});

test('amounts are read from decimals', () => {
  expect(minorUnits('19.95', 'EUR')).toBe(19_95);
  expect(minorUnits('1.005', 'EUR')).toBe(1_01);
  expect(minorUnits('1.5', 'JPY')).toBe(2);
  expect(minorUnits('-0.5', 'EUR')).toBe(-50);
  expect(minorUnits('1,5', 'EUR')).toBeNull();
});

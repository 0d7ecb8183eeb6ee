import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDecimals, decimalToUnits, multiplyToUnits, parseDecimal, timesInteger, ZERO } from './decimal.ts';

const read = (text: string) => {
  const decimal = parseDecimal(text);
  if (decimal === null) throw new Error(`Not a decimal: ${text}`);
  return decimal;
};

test.each([
  '',
  '.',
  '1.',
  '.5',
  '1e3',
  '+1',
  ' 1',
  '1 ',
  '1,5',
  '0x1',
  'NaN',
  '--1',
  '1.2.3',
  '1'.repeat(19),
  `0.${'1'.repeat(13)}`,
  '١',
])('%j is not a decimal number', (text) => {
  expect(parseDecimal(text)).toBeNull();
});

test.each([
  ['12', { units: 12n, scale: 0 }],
  ['-0.001', { units: -1n, scale: 3 }],
  ['007.50', { units: 750n, scale: 2 }],
  ['-0', { units: 0n, scale: 0 }],
])('%s is read exactly', (text, decimal) => {
  expect(parseDecimal(text)).toEqual(decimal);
});

describe('rounding', () => {
  test.each([
    ['0.004', 0],
    ['0.005', 1],
    ['-0.005', -1],
    ['-0.0049999', 0],
    ['1.005', 101],
    ['2.675', 268],
    ['999999999999.995', 100_000_000_000_000],
  ])('%s to two decimals is %i, half away from zero', (text, units) => {
    expect(decimalToUnits(read(text), 2) + 0).toBe(units);
  });

  test('happens once: many fractions of a cent add up before', () => {
    let sum = ZERO;
    for (let count = 0; count < 1000; count += 1) sum = addDecimals(sum, read('0.001'));
    expect(decimalToUnits(sum, 2)).toBe(100);
  });

  test('refuses what a double cannot hold exactly', () => {
    expect(decimalToUnits(read('90071992547409.91'), 2)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => decimalToUnits(read('90071992547409.92'), 2)).toThrow(/too large/);
  });

  test('is never off by more than half a unit, and symmetric about zero', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }),
        fc.nat(12),
        fc.nat(4),
        (units, scale, exponent) => {
          const rounded = BigInt(decimalToUnits({ units, scale }, exponent));
          const [a, b] = [rounded * 10n ** BigInt(scale), units * 10n ** BigInt(exponent)];
          const off = a > b ? a - b : b - a;
          expect(off * 2n <= 10n ** BigInt(scale)).toBe(true);
          expect(decimalToUnits({ units: -units, scale }, exponent) + 0).toBe(Number(-rounded));
        },
      ),
    );
  });
});

test('adding and multiplying are exact', () => {
  const decimal = fc.record({ units: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), scale: fc.nat(12) });
  const exact = ({ units, scale }: { units: bigint; scale: number }) => units * 10n ** BigInt(24 - scale);
  fc.assert(
    fc.property(decimal, decimal, fc.integer({ min: -1_000_000, max: 1_000_000 }), (a, b, count) => {
      expect(exact(addDecimals(a, b))).toBe(exact(a) + exact(b));
      expect(exact(timesInteger(a, count))).toBe(exact(a) * BigInt(count));
    }),
  );
});

test('a conversion goes by the decimals of both currencies and rounds once', () => {
  expect(multiplyToUnits(1_00, 2, read('0.006'), 0)).toBe(0);
  expect(multiplyToUnits(1000, 0, read('0.0061'), 2)).toBe(610);
  expect(multiplyToUnits(1_234, 3, read('3.25'), 2)).toBe(401);
});

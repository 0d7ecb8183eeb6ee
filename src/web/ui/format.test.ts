import { describe, expect, it } from 'vitest';
import { currencyExponent } from '../../core/shared/money.ts';
import { CURRENCIES } from '../console/pages/welcome/guess.ts';
import { createFormats, minorDigits } from './format.ts';

const en = createFormats('en-GB', 'Europe/Amsterdam', 'EUR');
const now = Date.parse('2026-05-03T12:00:00Z');
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f\u200e\u200f\u2066-\u2069]/g, ' ').trim();

describe('money', () => {
  it('turns minor units into an amount', () => {
    expect(en.money(218_000)).toBe('€2,180.00');
    expect(en.money(-5)).toBe('-€0.05');
  });
  it('leaves the cents out when asked, but only where they do not matter', () => {
    expect(en.money(218_050, { short: true })).toBe('€2,181');
    expect(en.money(1_250, { short: true })).toBe('€12.50');
    expect(en.money(0, { short: true })).toBe('€0');
  });
  it('knows currencies without cents and with thousandths', () => {
    expect(en.money(1_200, { currency: 'JPY' })).toContain('1,200');
    expect(en.money(1_234, { currency: 'KWD' })).toMatch(/1\.234/);
  });
  it('has the same minor units as the ledger for every currency', () => {
    expect(CURRENCIES.length).toBeGreaterThan(140);
    for (const code of CURRENCIES) expect([code, minorDigits(code)]).toEqual([code, currencyExponent(code)]);
  });
  it('reads in the reader’s language', () => {
    expect(plain(createFormats('pl', 'Europe/Warsaw', 'PLN').money(218_000))).toBe('2180,00 zł');
  });
});

describe('shares', () => {
  it('rounds to whole per cents, but keeps a decimal where a whole number would mislead', () => {
    expect(en.share(0.62)).toBe('62%');
    expect(en.share(0.046)).toBe('4.6%');
    expect(en.share(1.2)).toBe('120%');
  });
});

describe('dates', () => {
  it('stand in the shop’s zone, not the reader’s', () => {
    expect(en.date('2026-05-02T23:30:00Z')).toBe('3 May 2026');
    expect(en.dayKey('2026-05-02T23:30:00Z')).toBe('2026-05-03');
    expect(createFormats('en-GB', 'America/New_York', 'USD').dayKey('2026-05-02T23:30:00Z')).toBe('2026-05-02');
  });
  it('are exact to the second and name the zone in a title', () => {
    expect(en.instant('2026-05-03T12:05:09Z')).toBe('3 May 2026, 14:05:09 CEST');
  });
  it.each([
    ['2026-05-03T11:59:50Z', '10 seconds ago'],
    ['2026-05-03T11:20:00Z', '40 minutes ago'],
    ['2026-05-03T09:00:00Z', '3 hours ago'],
    ['2026-05-02T11:00:00Z', 'yesterday'],
    ['2026-05-06T12:00:00Z', 'in 3 days'],
    ['2026-02-01T12:00:00Z', '1 Feb'],
    ['2024-02-01T12:00:00Z', '1 Feb 2024'],
  ])('%s reads %s', (at, words) => {
    expect(en.relative(at, now)).toBe(words);
  });
});

describe('sizes and lists', () => {
  it('counts bytes in steps of a thousand', () => {
    expect(en.bytes(0)).toBe('0 bytes');
    expect(en.bytes(1)).toBe('1 byte');
    expect(en.bytes(7_548_686)).toBe('7.5 MB');
    expect(en.bytes(5_000_000_000)).toBe('5 GB');
  });
  it('says how long something took, coarser the longer it was', () => {
    expect(en.duration(430)).toBe('0.4 seconds');
    expect(en.duration(12_300)).toBe('12 seconds');
    expect(en.duration(3 * 60_000)).toBe('3 minutes');
    expect(en.duration(2 * 3_600_000)).toBe('2 hours');
    expect(en.duration(3 * 86_400_000)).toBe('3 days');
  });
  it('joins as the language does', () => {
    expect(en.list(['a', 'b', 'c'])).toBe('a, b and c');
  });
  it('names languages and countries, and leaves unknown codes alone', () => {
    expect(en.language('nl')).toBe('Dutch');
    expect(en.region('DE')).toBe('Germany');
    expect(en.region('EU-OSS')).toBe('EU-OSS');
  });
});

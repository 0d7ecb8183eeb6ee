import { describe, expect, it } from 'vitest';
import { isCurrency } from '../../../../core/shared/money.ts';
import { CURRENCIES, guessShop } from './guess.ts';

describe('what is guessed of a new shop', () => {
  it.each([
    [['nl-NL', 'en-US'], 'Europe/Amsterdam', { currency: 'EUR', language: 'nl', jurisdictions: ['NL'] }],
    [['en-US', 'en'], 'Europe/Amsterdam', { currency: 'EUR', language: 'en', jurisdictions: [] }],
    [['en-US'], 'America/New_York', { currency: 'USD', language: 'en', jurisdictions: ['US'] }],
    [['pl-PL'], 'Europe/Warsaw', { currency: 'PLN', language: 'pl', jurisdictions: ['PL'] }],
    [['en-GB'], 'Europe/London', { currency: 'GBP', language: 'en', jurisdictions: ['GB'] }],
    [['zh-Hans-CN'], 'Asia/Shanghai', { currency: 'CNY', language: 'zh', jurisdictions: ['CN'] }],
    [['he-IL'], 'Asia/Jerusalem', { currency: 'ILS', language: 'he', jurisdictions: ['IL'] }],
    [['tlh'], 'Antarctica/Troll', { currency: 'USD', language: 'en', jurisdictions: [] }],
  ])('%j in %s', (languages, timeZone, guess) => {
    expect(guessShop(languages, timeZone)).toEqual({ ...guess, timeZone });
  });

  it('offers only currencies the ledger takes, and each once', () => {
    expect(CURRENCIES.filter((code) => !isCurrency(code))).toEqual([]);
    expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
  });
});

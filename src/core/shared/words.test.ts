import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from '../../../test/support/languages.ts';
import { days, months } from './period.ts';
import { instant } from './time.ts';
import {
  acceptedTags,
  capitalised,
  type Language,
  languageFor,
  say,
  sayDate,
  sayLanguage,
  sayList,
  sayMoment,
  sayMoney,
  sayNumber,
  sayPeriod,
  sayShare,
} from './words.ts';

const [english, dutch, polish, chinese, hebrew] = ['en', 'nl', 'pl', 'zh', 'he'].map((code) => languages.of(code)) as [
  Language,
  Language,
  Language,
  Language,
  Language,
];

const speaking = (locale: string, words: Record<string, string>): Language => ({
  code: locale,
  name: locale,
  english: locale,
  locale,
  dir: 'ltr',
  words,
});

describe('say', () => {
  const orders = speaking('pl', {
    'n.orders_one': '{{count}} zamówienie',
    'n.orders_few': '{{count}} zamówienia',
    'n.orders_many': '{{count}} zamówień',
    'n.orders_other': '{{count}} zamówienia',
    'n.hello': 'Dzień dobry, {{ name }}!',
  });

  it.each([
    [1, '1 zamówienie'],
    [2, '2 zamówienia'],
    [5, '5 zamówień'],
    [12, '12 zamówień'],
    [22, '22 zamówienia'],
    [112, '112 zamówień'],
    [1.5, '1,5 zamówienia'],
    [12_345, '12 345 zamówień'],
  ])('bends Polish words for %d', (count, words) => {
    expect(say(orders, 'n.orders', { count }).replaceAll('\u00a0', ' ')).toBe(words);
  });

  it('fills in what it is given, and nothing that stands in it', () => {
    expect(say(orders, 'n.hello', { name: '{{count}} $& $1' })).toBe('Dzień dobry, {{count}} $& $1!');
  });

  it('throws on words or values that are missing', () => {
    expect(() => say(orders, 'n.nothing')).toThrow('There are no words for "n.nothing"');
    expect(() => say(orders, 'n.hello')).toThrow('lacks the value "name"');
    expect(() => say(orders, 'n.orders')).toThrow('no words');
  });

  it('may say nothing at all in words of its own', () => {
    const language = speaking('en', { 'n.a_zero': 'none', 'n.a_one': 'one', 'n.a_other': '{{count}}' });
    expect([0, 1, 2].map((count) => say(language, 'n.a', { count }))).toEqual(['none', 'one', '2']);
  });

  it('takes the general form where a language lacks one', () => {
    expect(say(speaking('pl', { 'n.a_other': 'x{{count}}' }), 'n.a', { count: 2 })).toBe('x2');
    expect(say(speaking('zh-CN', { 'n.a': 'x{{count}}' }), 'n.a', { count: 2 })).toBe('x2');
  });
});

describe('periods', () => {
  it.each([
    [english, '1 month', '6 months', '1 day', '30 days'],
    [dutch, '1 maand', '6 maanden', '1 dag', '30 dagen'],
    [polish, '1 miesiąc', '6 miesięcy', '1 dzień', '30 dni'],
    [chinese, '1个月', '6个月', '1天', '30天'],
    [hebrew, 'חודש אחד', '6 חודשים', 'יום אחד', '30 ימים'],
  ])('are said in every language', (language, ...words) => {
    expect([months(1), months(6), days(1), days(30)].map((each) => sayPeriod(language, each))).toEqual(words);
  });

  it('have a dual in Hebrew', () => {
    expect(sayPeriod(hebrew, months(2))).toBe('חודשיים');
    expect(sayPeriod(hebrew, days(2))).toBe('יומיים');
  });

  it('take the form a template asks for, where the language has it', () => {
    const within = { ...polish, words: { ...polish.words, 'n.within': 'w ciągu {{time, genitive}}' } };
    expect(say(within, 'n.within', { time: months(2) })).toBe('w ciągu 2 miesięcy');
    expect(say(within, 'n.within', { time: months(1) })).toBe('w ciągu 1 miesiąca');
    const english2 = { ...english, words: { ...english.words, 'n.within': 'within {{time, genitive}}' } };
    expect(say(english2, 'n.within', { time: months(2) })).toBe('within 2 months');
  });

  it('never mix months and days', () => {
    expect(() => sayPeriod(english, { months: 1, days: 1 })).toThrow('not both');
  });

  it('have words for every length there can be, in every language', () => {
    fc.assert(
      fc.property(fc.constantFrom(...languages.all), fc.nat(7_400), fc.boolean(), (language, count, inMonths) => {
        const said = sayPeriod(language, inMonths ? months(count) : days(count));
        expect(said).not.toMatch(/[{}]/);
        expect(said.length).toBeGreaterThan(1);
      }),
    );
  });
});

describe('figures', () => {
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u200e\u200f]/g, '');

  it('are written as each language does', () => {
    expect(plain(sayNumber(dutch, 12_345.5))).toBe('12.345,5');
    expect(plain(sayShare(english, 0.125))).toBe('12.5%');
    expect(plain(sayShare(polish, 0.5))).toBe('50%');
    expect(plain(sayMoney(english, 25_000, 'EUR'))).toBe('€250.00');
    expect(plain(sayMoney(polish, 25_000, 'PLN'))).toBe('250,00 zł');
    expect(plain(sayMoney(english, 250, 'JPY'))).toBe('JP¥250');
    expect(plain(sayMoney(dutch, 1_234_500, 'KWD'))).toBe('KWD 1.234,500');
  });

  it('give days and moments in the zone asked for', () => {
    const at = instant(Date.UTC(2026, 2, 2, 23, 30));
    expect(sayDate(english, at, 'Europe/Amsterdam')).toBe('3 March 2026');
    expect(sayDate(polish, at, 'UTC')).toBe('2 marca 2026');
    expect(sayDate(chinese, at, 'Asia/Shanghai')).toBe('2026年3月3日');
    expect(sayMoment(dutch, at, 'Europe/Amsterdam')).toMatch(/^3 maart 2026 .*00:30$/);
  });

  it('list things', () => {
    expect(sayList(english, ['a', 'b', 'c'])).toBe('a, b and c');
    expect(sayList(dutch, ['a', 'b', 'c'], 'or')).toBe('a, b of c');
    expect(sayList(chinese, ['甲', '乙'])).toBe('甲和乙');
    expect(sayList(hebrew, [])).toBe('');
  });

  it('name languages, and capitalise', () => {
    expect(sayLanguage(dutch, 'pl')).toBe('Pools');
    expect(capitalised(dutch, 'één stap')).toBe('Één stap');
    expect(capitalised(hebrew, '')).toBe('');
  });
});

describe('choosing a language', () => {
  it('takes a whole tag before its first part', () => {
    const all = [speaking('pt', {}), speaking('pt-BR', {})];
    expect(languageFor(all, 'pt-br')?.code).toBe('pt-BR');
    expect(languageFor(all, 'pt_PT')?.code).toBe('pt');
    expect(languageFor(all, 'fr')).toBeNull();
    expect(languageFor(all, '')).toBeNull();
  });

  it.each([
    ['nl-BE,nl;q=0.9,en;q=0.5', ['nl-BE', 'nl', 'en']],
    ['en;q=0.1, he', ['he', 'en']],
    ['pl;q=0, *, <script>, zh-Hans-CN', ['zh-Hans-CN']],
    ['', []],
    [undefined, []],
  ])('reads Accept-Language %s', (header, tags) => {
    expect(acceptedTags(header)).toEqual(tags);
  });

  it('never throws on a header', () => {
    fc.assert(fc.property(fc.string(), (header) => void acceptedTags(header)));
  });
});

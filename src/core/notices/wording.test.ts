import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { english, languages } from '../../../test/support/languages.ts';
import { checkWording, type WordingKind } from './wording.ts';

const check = (text: string) => checkWording(text, languages.all, english);

describe('what staff write to customers', () => {
  it.each<[string, string, WordingKind, boolean]>([
    ['You are an IDIOT.', 'IDIOT', 'insult', true],
    ['What a l1ar you are', 'l1ar', 'insult', true],
    ['We know where you live.', 'We know where you live', 'threat', true],
    ['People like you never learn.', 'People like you', 'discrimination', true],
    ['This is your last chance!', 'last chance', 'pressure', false],
    ['Shame on you.', 'Shame on you', 'shame', false],
    ['U bent een oplichter.', 'oplichter', 'insult', true],
    ['Wij weten u te vinden.', 'Wij weten u te vinden', 'threat', true],
    ['U zou u moeten schamen, u moest u schamen.', 'u moest u schamen', 'shame', false],
    ['Ty złodzieju!', 'złodzieju', 'insult', true],
    ['Jesteście idiotami.', 'idiotami', 'insult', true],
    ['Jeszcze pożałujesz.', 'Jeszcze pożałujesz', 'threat', true],
    ['Nie ma pani wyboru.', 'Nie ma pani wyboru', 'pressure', false],
    ['您真是个白痴。', '白痴', 'insult', true],
    ['你会后悔的。', '你会后悔', 'threat', true],
    ['请不要再联系我们。', '不要再联系', 'pressure', false],
    ['אתה אידיוט.', 'אידיוט', 'insult', true],
    ['והשקרנים האלה', 'והשקרנים', 'insult', true],
    ['עוד נראה לך.', 'עוד נראה לך', 'threat', true],
    ['תתביישו לכם', 'תתביישו', 'shame', false],
  ])('%s', (text, quote, kind, must) => {
    expect(check(text)).toEqual([expect.objectContaining({ quote, kind, must })]);
  });

  it.each([
    'We would like to keep you as a customer. Call us, and we look for the right size together.',
    'Thank you for your kind words. You will pay the postage of returns until May.',
    'If you appeal, somebody else looks at it. You can always write to us.',
    'Deliveries to your country take five days; the parcel is at the shop around the corner.',
    'Bel ons gerust: we pakken je bestelling zorgvuldig in en sla je adres op in je account.',
    'We kijken uit naar uw antwoord. Die krijg je wel terug.',
    'Chętnie pomożemy dobrać rozmiar. Ubranka dla baby i czubek buta też możemy opisać.',
    'Zapłaci pani za to tylko koszt przesyłki.',
    '我们很乐意帮您挑选尺码，妈妈的礼物也可以换。',
    '有问题请打您熟悉的客服电话。',
    'נשמח לעזור לך לבחור מידה. זה עולה אפס שקלים.',
    'זה מקרה חמור, אבל נשמח אם תחזרי לקנות אצלנו.',
  ])('lets pass: %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  it('quotes what was written, whatever signs it was written with, and says why in the reader’s language', () => {
    const [found] = checkWording('Pan jest K R Ę T A C Z — kr\u00adętacz!', languages.all, languages.of('nl'));
    expect(found).toMatchObject({ quote: 'kr\u00adętacz', why: expect.stringContaining('Dit beledigt') });
  });

  it('finds each thing once, in the order it was written, the longer of two that overlap', () => {
    expect(check('You idiot. You piece of shit. Shame on you!').map(({ quote }) => quote)).toEqual([
      'idiot',
      'piece of shit',
      'Shame on you',
    ]);
  });

  it('has a list of every kind in every language', () => {
    for (const { words, code } of languages.all)
      for (const kind of ['insult', 'threat', 'discrimination', 'pressure', 'shame']) {
        const list = (words[`wording.${kind}`] ?? '').split(';').map((phrase) => phrase.trim());
        expect(list.length, `${code} ${kind}`).toBeGreaterThan(15);
        expect(list.filter((phrase) => phrase.length < (code === 'zh' ? 2 : 3))).toEqual([]);
      }
  });
});

/**
 * HateCheck (Röttger and others, ACL 2021): 3,728 short English texts that are hateful or only look like it. Half of it is about
 * groups of people, which no shop writes to; so this measures how far a plain list reaches, and that it does not get worse.
 */
const HATECHECK = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  'shared',
  'data',
  'hatecheck-en',
  'test_suite_cases.csv',
);

describe.skipIf(!existsSync(HATECHECK))('measured on HateCheck (skipped where it is not at hand)', () => {
  it('refuses half of what is hateful, and seldom what speaks of things', () => {
    const cases = rowsOf(readFileSync(HATECHECK, 'utf8')).map(([, functionality = '', , text = '', gold]) => ({
      functionality,
      hateful: gold === 'hateful',
      refused: check(text).some(({ must }) => must),
    }));
    const share = (some: typeof cases) => some.filter(({ refused }) => refused).length / some.length;
    const hateful = cases.filter((each) => each.hateful);
    const refused = cases.filter((each) => each.refused);
    const precision = refused.filter((each) => each.hateful).length / refused.length;
    const aboutThings = cases.filter(({ functionality }) => functionality === 'target_obj_nh');
    console.info(
      `HateCheck: precision ${precision.toFixed(2)}, recall ${share(hateful).toFixed(2)} of ${cases.length} texts`,
    );
    expect(cases.length).toBeGreaterThan(3_000);
    expect(share(hateful)).toBeGreaterThan(0.5);
    expect(precision).toBeGreaterThan(0.65);
    expect(share(aboutThings)).toBeLessThan(0.6);
  });
});

/** The rows of a CSV below its header. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (const [whole, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\r?\n|$)/g)) {
    if (whole === '') break;
    if (rows.length === 0) rows.push([]);
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows.slice(1).filter((row) => row.length > 4);
}

import { describe, expect, it } from 'vitest';
import { at } from '../../../test/support/events.ts';
import { laws } from '../../../test/support/laws.ts';
import { days, months } from '../shared/period.ts';
import {
  appealWindow,
  circumstances,
  complaintAnswer,
  dataAnswer,
  guarantees,
  needsHuman,
  nextSteps,
  priorWarning,
  reasonsOwed,
  retention,
  rightsKept,
  withdrawal,
  wornGoods,
} from './answers.ts';
import { jurisdictionDocument } from './document.ts';
import { bookProblems, lawOf, noLaw, sourceInWords } from './law.ts';
import { ordinaryShop } from './types.ts';

const { book } = laws;
const now = at('2026-11-22T12:00:00Z');
const platform = { ...ordinaryShop, onlinePlatform: true };
const under = (...codes: string[]) => lawOf(codes, book);

describe('which law holds', () => {
  it('is the country’s and the wider one’s, without what the country replaces', () => {
    const law = under('NL');
    expect(law.jurisdictions.map(({ code }) => code)).toEqual(['nl', 'eu']);
    const ids = law.entries.map(({ id }) => id);
    expect(ids).toContain('eu_withdrawal');
    expect(ids).toContain('nl_guarantee');
    expect(ids).not.toContain('eu_guarantee');
  });

  it('is the EU’s for a member without a file of its own, and says so', () => {
    const law = under('de');
    expect(law.partly.map(({ code, as }) => `${code} as ${as.code}`)).toEqual(['DE as eu']);
    expect(law.jurisdictions.map(({ code }) => code)).toEqual(['eu']);
    expect(law.unknown).toEqual([]);
  });

  it('keeps what one country replaces where another country of the shop does not', () => {
    expect(under('NL', 'DE').entries.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['nl_guarantee', 'eu_guarantee']),
    );
  });

  it('invents nothing for a code nobody knows', () => {
    const law = under('BR', 'XX');
    expect(law.unknown).toEqual(['BR', 'XX']);
    expect([law.entries, law.bodies, law.calendars]).toEqual([[], [], []]);
  });

  it.each([
    ['GB', 'uk'],
    ['UK', 'uk'],
    ['US-CA', 'us'],
    ['eu', 'eu'],
    ['il', 'il'],
  ])('%s is %s', (code, file) => {
    expect(under(code).jurisdictions[0]?.code).toBe(file);
  });

  it('counts each entry once, however many countries bring it', () => {
    const ids = under('NL', 'PL', 'EU').entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('binds platforms only where the shop is one', () => {
    expect(under('NL').onlyForPlatforms.map(({ id }) => id)).toContain('eu_platform_complaints');
    const law = lawOf(['NL'], book, platform);
    expect(law.onlyForPlatforms).toEqual([]);
    expect(law.entries.map(({ id }) => id)).toContain('eu_platform_complaints');
  });
});

describe('what the law answers', () => {
  it.each([
    ['NL', 14, 'eu_withdrawal'],
    ['GB', 14, 'uk_withdrawal'],
    ['CN', 7, 'cn_withdrawal'],
    ['IL', 14, 'il_withdrawal'],
  ])('in %s one can withdraw for %i days', (code, length, entry) => {
    const answer = withdrawal(under(code), now);
    expect([answer?.value.days, answer?.entry.id]).toEqual([length, entry]);
  });

  it('knows no right to withdraw in the United States', () => {
    expect(withdrawal(under('US'), now)).toBeNull();
    expect(withdrawal(noLaw, now)).toBeNull();
  });

  it('lets the kinder bound win where several apply', () => {
    expect(withdrawal(under('CN', 'NL'), now)?.value.days).toBe(14);
    expect(wornGoods(under('CN', 'NL'), now)?.value).toBe('diminished_value');
    expect(wornGoods(under('CN'), now)?.value).toBe('must_be_intact');
    expect(retention(under('NL', 'CN'), now).claimsYears).toBe(3);
  });

  it('opens complaints about decisions for six months on platforms, and leaves longer windows alone', () => {
    const law = lawOf(['NL'], book, platform);
    expect(appealWindow(law, days(60), now)).toMatchObject({
      value: months(6),
      entry: { id: 'eu_platform_complaints' },
    });
    expect(appealWindow(law, months(12), now).value).toEqual(months(12));
    expect(appealWindow(under('NL'), days(60), now)).toEqual({ value: days(60), entry: null });
  });

  it('asks for an answer within 14 days in Poland, and for an acknowledgement within 30 in the United Kingdom', () => {
    expect(complaintAnswer(under('PL', 'NL'), 'answered', now)).toMatchObject({ value: days(14) });
    expect(complaintAnswer(under('GB'), 'acknowledged', now)).toMatchObject({ value: days(30) });
    expect(complaintAnswer(under('GB'), 'answered', now)).toBeNull();
  });

  it('gives data within the shortest time that applies', () => {
    expect(dataAnswer(under('US', 'NL'), 'access', now)?.value).toEqual(months(1));
    expect(dataAnswer(under('CN'), 'access', now)).toBeNull();
  });

  it('asks for a person, a warning and reasons by law where there is one, and by the house everywhere', () => {
    expect(needsHuman(under('CN'), now).entry?.id).toBe('cn_human_decision');
    expect(needsHuman(under('IL'), now)).toEqual({ value: true, entry: null });
    expect(priorWarning(lawOf(['PL'], book, platform), now).entry?.source.article).toBe('art. 23(1)');
    expect(priorWarning(under('PL'), now).entry).toBeNull();
    expect(reasonsOwed(noLaw, now)).toEqual({ value: true, entry: null });
  });

  it('weighs the four circumstances on platforms, and three by the house', () => {
    expect(circumstances(lawOf(['EU'], book, platform), now).value).toEqual([
      'absolute_number',
      'relative_share',
      'gravity',
      'intention',
    ]);
    expect(circumstances(noLaw, now).value).toHaveLength(3);
  });

  it('lists guarantees without ranking them', () => {
    expect(guarantees(under('NL'), now).map(({ id }) => id)).toEqual(['nl_guarantee', 'eu_guarantee_after_repair']);
  });

  it('knows what is in force only later', () => {
    const before = at('2026-06-18T23:59:59Z');
    const on = at('2026-06-19T00:00:00Z');
    const kept = (instant: typeof now) => rightsKept(under('NL'), instant).map(({ what }) => what);
    expect(kept(before)).not.toContain('withdrawal_function');
    expect(kept(on)).toContain('withdrawal_function');
  });

  it('sends customers to bodies of their own country first to those about purchases', () => {
    expect(nextSteps(under('NL')).map(({ id }) => id)).toEqual(['nl_geschillencommissie', 'nl_ecc', 'nl_ap']);
    expect(nextSteps(under('DE')).map(({ id }) => id)).toEqual(['eu_ecc_net', 'eu_authorities']);
  });
});

describe('the book', () => {
  it('has the seven jurisdictions and no fault', () => {
    expect(book.map(({ code }) => code)).toEqual(['cn', 'eu', 'il', 'nl', 'pl', 'uk', 'us']);
    expect(bookProblems(book)).toEqual([]);
  });

  it('names an act, an article and an address for every entry, and a body of either kind everywhere', () => {
    for (const { code, entries, bodies } of book) {
      for (const entry of entries) expect(sourceInWords(entry.source), entry.id).toMatch(/^.{5,}, .{2,}$/);
      expect(new Set(bodies.map(({ kind }) => kind)), code).toEqual(new Set(['consumer', 'data_protection']));
    }
  });

  it('never sends anybody to the platform that the EU has closed', () => {
    expect(JSON.stringify(book)).not.toMatch(/consumers\/odr|webgate/);
  });

  it('is refused where files contradict each other', () => {
    const [first] = book;
    if (first === undefined) throw new Error('The book is empty');
    const other = { ...first, code: 'xx', regions: ['XX'], within: 'yy' };
    const problems = bookProblems([first, other]).join('\n');
    expect(problems).toContain('"within" names "yy", which has no file');
    expect(problems).toContain('is in cn.json already');
    expect(problems).toContain('must begin with "xx_"');
    expect(bookProblems([...book.filter(({ code }) => code !== 'eu')]).some((each) => each.includes('replaces'))).toBe(
      true,
    );
  });

  it('is refused where an entry lacks what its topic needs', () => {
    const [first] = book;
    const entry = { ...first?.entries[0], parameters: { days: 0, refundDays: null } };
    const read = jurisdictionDocument.safeParse({ ...first, entries: [entry] });
    expect(read.success).toBe(false);
  });
});

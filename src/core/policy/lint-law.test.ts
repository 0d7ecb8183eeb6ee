import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at } from '../../../test/support/events.ts';
import { laws } from '../../../test/support/laws.ts';
import { changed, smallPolicy } from '../../../test/support/policy.ts';
import { lawOf } from '../law/law.ts';
import { ordinaryShop, type ShopFacts } from '../law/types.ts';
import { unwrap } from '../shared/result.ts';
import { lintPolicy } from './lint.ts';
import { parsePolicy } from './parse.ts';

const now = at('2026-11-22T12:00:00Z');
const lint = (source: string, codes: readonly string[], facts: Partial<ShopFacts> = {}, instant = now) =>
  lintPolicy(unwrap(parsePolicy(source)), { law: lawOf(codes, laws.book, { ...ordinaryShop, ...facts }), at: instant });
const errors = (...given: Parameters<typeof lint>) =>
  lint(...given).flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));

const blocking = (surfaces: string) =>
  changed(smallPolicy, [
    '- {do: block, surfaces: [purchase], for: 1 year, after_previous: 30 days}',
    `- {do: block, surfaces: [${surfaces}], for: 1 year, after_previous: 30 days}`,
  ]);

describe('a policy under the law of its shop', () => {
  it.each(['policies/fair-play.yaml', 'policies/published-return-rate.yaml'])(
    'is free of findings everywhere when it is %s',
    (path) => {
      const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
      for (const { code, regions } of laws.book) expect(lint(text, regions), code).toEqual([]);
      expect(
        lint(
          text,
          laws.book.flatMap(({ regions }) => regions),
          { onlinePlatform: true },
        ),
      ).toEqual([]);
    },
  );

  it('may not block returns, and reads which law says so', () => {
    expect(errors(blocking('purchase, return'), ['NL'])).toEqual([
      expect.stringMatching(/^Returns cannot be blocked: .*Directive 2011\/83\/EU, art\. 9; .*returns_need_approval/),
    ]);
    expect(errors(blocking('return'), ['CN'])[0]).toContain('中华人民共和国消费者权益保护法, 第二十五条');
    expect(errors(blocking('return'), ['US'])[0]).toContain('(fairness rule 6)');
  });

  it('may not close every channel, and reads which law says so', () => {
    expect(errors(blocking('contact'), ['GB'])).toEqual([
      expect.stringContaining(
        'Electronic Commerce (EC Directive) Regulations 2002, reg. 6(1)(c); UK GDPR, arts 12A and 15',
      ),
    ]);
  });

  it('may not close the withdrawal function with sign-in, since it is due and unless it works without', () => {
    expect(errors(blocking('login'), ['PL'])).toEqual([expect.stringContaining('art. 11a')]);
    expect(errors(blocking('login'), ['PL'], { withdrawalWithoutSignIn: true })).toEqual([]);
    expect(errors(blocking('login'), ['PL'], {}, at('2026-06-18T12:00:00Z'))).toEqual([]);
    expect(lint(blocking('login'), ['US']).map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('lets a platform’s customers appeal for six months', () => {
    const short = changed(smallPolicy, ['appeal_within: 6 months', 'appeal_within: 60 days']);
    expect(errors(short, ['NL'])).toEqual([]);
    expect(errors(short, ['NL'], { onlinePlatform: true })).toEqual([
      'The law gives customers 6 months at least to complain about a decision (Regulation (EU) 2022/2065, art. 20(1)). Write "appeal_within: 6 months" or more.',
    ]);
  });

  it('is told where complaints must be answered sooner', () => {
    const slow = changed(smallPolicy, ['answer_within: 14 days', 'answer_within: 30 days']);
    expect(lint(slow, ['NL'])).toEqual([]);
    expect(lint(slow, ['PL'])).toMatchObject([
      { severity: 'warning', path: 'procedure.answer_within', message: expect.stringContaining('art. 7a') },
    ]);
  });

  it('names the law beside the house where a warning must come first', () => {
    const harsh = changed(smallPolicy, [
      '- {do: warning, for: 180 days, lift: {clean_for: 90 days, orders_kept: 1}}\n      ',
      '',
    ]);
    expect(
      errors(
        harsh.replace('[no_free_returns], for: 180 days, after_previous: 30 days', '[no_free_returns], for: 180 days'),
        ['EU'],
        { onlinePlatform: true },
      ),
    ).toEqual([expect.stringContaining('(Regulation (EU) 2022/2065, art. 23(1))')]);
  });

  it('is reminded of storage limitation by name, and never stopped for a number no law sets', () => {
    const long = changed(smallPolicy, ['    title: Returns\n', '    title: Returns\n    forget_after: 10 years\n']);
    expect(lint(long, ['NL'])).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('Regulation (EU) 2016/679, art. 5(1)(e)') },
    ]);
  });
});

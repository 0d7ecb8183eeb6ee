import { describe, expect, it } from 'vitest';
import { changed, readPolicy, smallPolicy } from '../../../test/support/policy.ts';
import { parsePolicy } from './parse.ts';
import { LARGEST_DOCUMENT } from './yaml.ts';

function problems(text: string) {
  const parsed = parsePolicy(text);
  return parsed.ok ? [] : parsed.error;
}

const RETURNS_LIMIT = '{metric: returns, over: 12 months, at_least: 3}';

describe('parsePolicy', () => {
  it('reads units, periods, defaults and order', () => {
    const policy = readPolicy(smallPolicy);
    expect(policy.rules[0]?.when).toEqual({
      all: [
        {
          condition: {
            request: {
              metric: 'return_rate_by_value',
              window: { months: 12, days: 0 },
              settle: { months: 0, days: 30 },
              exclude: ['goodwill'],
            },
            comparison: 'at_least',
            threshold: 0.5,
          },
        },
        expect.objectContaining({ condition: expect.objectContaining({ comparison: 'at_least', threshold: 3 }) }),
      ],
    });
    expect(policy.rules[1]).toMatchObject({ advice: null, gravity: 'grave', ladder: 'respect' });
    expect(policy.ladders[0]?.forgetAfter).toEqual({ months: 24, days: 0 });
    expect(policy.ladders[0]?.steps[1]).toEqual({
      do: 'restriction',
      obligations: ['no_free_returns'],
      surfaces: [],
      for: { months: 0, days: 180 },
      afterPrevious: { months: 0, days: 30 },
      lift: { cleanFor: null, ordersKept: null },
    });
    expect(policy.procedure.answerWithin).toEqual({ months: 0, days: 14 });
  });

  it('reads amounts of money in the minor units of the policy’s currency', () => {
    const withMoney = changed(
      smallPolicy,
      ['rules:', 'currency: EUR\nrules:'],
      [RETURNS_LIMIT, '{metric: returned_value, over: 12 months, more_than: "25.00"}'],
    );
    expect(JSON.stringify(readPolicy(withMoney).rules[0])).toContain('"comparison":"more_than","threshold":2500');
  });

  it.each([
    [
      'an unknown key',
      ['gravity: minor', 'gravty: minor'],
      9,
      '"gravty" is not known here. Did you mean "gravity"?',
      null,
    ],
    ['a missing key', ['    gravity: minor\n', ''], 4, '"gravity" is missing: minor, serious or grave.', null],
    ['a wrong type', ['title: Returns', 'title: [Returns]'], 27, '"title" must be text, but here stands a list.', null],
    [
      'an unknown metric',
      [RETURNS_LIMIT, '{metric: number_of_returns, at_least: 3}'],
      13,
      '"number_of_returns" is not a metric.',
      null,
    ],
    [
      'a metric about origin',
      [RETURNS_LIMIT, '{metric: nationality, exactly: 3}'],
      13,
      'judges people by who they are',
      10,
    ],
    [
      'origin among the reasons left out',
      ['leave_out: [goodwill]', 'leave_out: [country]'],
      15,
      'judges people by who they are',
      10,
    ],
    [
      'origin as a key',
      ['    gravity: minor', '    shipping_country: NL\n    gravity: minor'],
      9,
      'judges people by who they are',
      10,
    ],
    ['shop faults put back in', ['leave_out: [goodwill]', 'count_shop_faults: true'], 15, 'the shop’s own fault', 2],
    [
      'an automatic block',
      ['surfaces: [purchase], for', 'surfaces: [purchase], automatic: true, for'],
      31,
      'let a machine decide',
      5,
    ],
    [
      'a block without end',
      ['surfaces: [purchase], for: 1 year', 'surfaces: [purchase], for: forever'],
      31,
      'would never end',
      9,
    ],
    [
      'a step without end',
      [', for: 180 days, after_previous', ', after_previous'],
      30,
      '"for" is missing: every step ends',
      9,
    ],
    ['no appeal', ['  appeal_within: 6 months\n', ''], 39, '"appeal_within" is missing', 8],
    ['a share without a percent sign', ['at_least: 50 %', 'at_least: 0.5'], 12, '"0.5" is not a share', null],
    ['a share above 100 %', ['at_least: 50 %', 'at_least: 150 %'], 12, 'a share is at most 100 %', null],
    ['half a return', ['at_least: 3}', 'at_least: 2.5}'], 13, '"2.5" is not a count', null],
    [
      'money without a currency',
      [RETURNS_LIMIT, '{metric: returned_value, more_than: 25}'],
      13,
      'does not say in which currency',
      null,
    ],
    ['two limits', ['at_least: 3}', 'at_least: 3, at_most: 9}'], 13, 'has 2 limits', null],
    ['no limit', [', at_least: 3}', '}'], 13, 'has no limit', null],
    [
      'two forms in one',
      [RETURNS_LIMIT, '{metric: returns, at_least: 3, any: [{metric: orders, at_least: 1}]}'],
      13,
      'Put one inside the other',
      null,
    ],
    [
      'a ladder that is not there',
      ['ladder: returns', 'ladder: return'],
      16,
      'There is no ladder "return" in this policy. Did you mean "returns"?',
      null,
    ],
    ['an id twice', ['id: threatens', 'id: sends-most-back'], 17, 'is already the name of number 1', null],
    ['a bad id', ['id: threatens', 'id: Threatens Us'], 17, 'is not a short name', null],
    [
      'an unknown obligation',
      ['[no_free_returns]', '[no_free_return]'],
      30,
      '"no_free_return" is not an obligation. Did you mean "no_free_returns"?',
      null,
    ],
    [
      'a restriction that demands nothing',
      ['obligations: [no_free_returns], ', ''],
      30,
      'A restriction demands something',
      null,
    ],
    [
      'a warning that stops something',
      ['{do: warning, for: 180 days}', '{do: warning, surfaces: [purchase], for: 180 days}'],
      35,
      'demands and stops nothing',
      null,
    ],
    [
      'a zero period',
      ['over: 12 months, at_least: 50 %', 'over: 0 days, at_least: 50 %'],
      12,
      'is no time at all',
      null,
    ],
    [
      'a period of centuries',
      ['over: 12 months, at_least: 50 %', 'over: 300 years, at_least: 50 %'],
      12,
      'longer than 20 years',
      null,
    ],
    ['an impossible grave start', ['step: 2, because', 'step: 9, because'], 38, 'cannot enter at step 9', null],
  ] as const)('refuses %s', (_, change, line, message, rule) => {
    const found = problems(changed(smallPolicy, change));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ line, rule });
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.column).toBeGreaterThan(0);
  });

  it('names every problem, in reading order', () => {
    const found = problems(changed(smallPolicy, ['gravity: minor', 'gravity: small'], ['procedure:', 'procedures:']));
    expect(found.map((problem) => [problem.line, problem.path])).toEqual([
      [9, 'rules[0].gravity'],
      [39, 'procedures'],
    ]);
  });

  it.each([
    ['an empty text', '', 'The document is empty'],
    ['something else', '- 1\n- 2\n', 'The document is not a policy'],
    ['two documents', `${smallPolicy}---\nname: Second\n`, 'A file holds one policy'],
    ['broken brackets', 'name: {a: [1\n', 'not valid YAML'],
    ['tabs', 'name: x\n\tintroduction: y\n', 'tab'],
    ['the same key twice', 'name: x\nname: y\n', 'keep one of the two'],
    ['a tag', 'name: !!js/function "x"\n', 'Tags'],
    ['a known tag', 'name: !!binary aGk=\n', 'Tags'],
    ['an anchor', 'name: &a x\n', 'Anchors (&a) are not allowed'],
    ['an alias that holds itself', 'name: &a [*a]\n', 'References (*a) are not allowed'],
    ['a document of brackets', '['.repeat(200_000), 'nested too deeply'],
    ['too much text', `#${'x'.repeat(LARGEST_DOCUMENT)}`, 'at most 256 kB'],
    ['a very deep document', `${'{a: '.repeat(60)}1${'}'.repeat(60)}`, 'nested too deeply'],
  ])('refuses %s', (_, text, message) => {
    const found = problems(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map((problem) => problem.message).join('\n')).toContain(message);
  });

  it('refuses an anchor bomb at once', () => {
    const levels = Array.from(
      { length: 30 },
      (_, n) => `a${n}: &a${n} [${n === 0 ? '1' : `*a${n - 1}, *a${n - 1}, *a${n - 1}`}]`,
    );
    const started = performance.now();
    expect(problems(levels.join('\n')).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('refuses conditions nested beyond what people can follow', () => {
    const deep = `${'{not: '.repeat(8)}{metric: orders, at_least: 1}${'}'.repeat(8)}`;
    const found = problems(changed(smallPolicy, [RETURNS_LIMIT, deep]));
    expect(found[0]?.message).toContain('Conditions are nested too deeply: at most 6 levels');
    expect(found[0]?.line).toBe(13);
  });
});

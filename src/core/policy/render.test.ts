import { describe, expect, it } from 'vitest';
import { english } from '../../../test/support/languages.ts';
import { changed, readPolicy, smallPolicy } from '../../../test/support/policy.ts';
import { catalogue } from '../metrics/catalogue.ts';
import { type MetricName, metricNames } from '../metrics/types.ts';
import { hasWords } from '../shared/words.ts';
import { diffPolicies } from './diff.ts';
import { renderPolicy, whenSentence } from './render.ts';
import { proseAsMarkdown, sayIn, sayMetric, sayProse } from './say.ts';
import type { Prose, Sentence, Value } from './sentence.ts';
import type { Expression } from './types.ts';
import { unitOf } from './vocabulary.ts';

const RATE = '{metric: return_rate_by_value, over: 12 months, at_least: 50 %}';
const COUNT = '{metric: returns, over: 12 months, at_least: 3}';
const policy = readPolicy(smallPolicy);
const inEnglish = (sentence: Sentence) => sayIn(english, sentence);
const proseInEnglish = (prose: Prose) => sayProse(english, prose);

const when = (text: string) => {
  const read = readPolicy(text);
  const rule = read.rules[0];
  if (rule === undefined) throw new Error('No rule');
  return inEnglish(whenSentence(rule.when, read, 'customer'));
};

describe('renderPolicy', () => {
  it('speaks to customers in plain words', () => {
    const prose = proseInEnglish(renderPolicy(policy));
    expect(prose.sections.map((section) => [section.id, section.kind])).toEqual([
      ['sends-most-back', 'rule'],
      ['threatens', 'rule'],
      ['returns', 'ladder'],
      ['respect', 'ladder'],
      ['procedure', 'procedure'],
      ['rights', 'rights'],
    ]);
    expect(prose.sections[0]?.sentences).toEqual([
      'You send back most of what you order.',
      'This is when you send back 50% or more of what you buy, by value, and make at least 3 returns, over 12 months.',
      'Only what lies 30 days or more in the past counts, so that everything can be settled first.',
      'Returns do not count when the reason is: we took it back as a favour.',
      'Order what you mean to keep.',
      'What follows is under “Returns”.',
    ]);
    expect(prose.sections[2]?.sentences.slice(0, 5)).toEqual([
      'Step 1: we warn you in writing and say what to change. The warning lasts 180 days.',
      'It ends early after 90 days without anything new and an order that you keep.',
      'Step 2: for 180 days this applies: You pay the postage of returns yourself, unless the fault was ours.',
      'This comes 30 days after the step before at the earliest, and only for something you did since then.',
      'Step 3: for 12 months you cannot place new orders.',
    ]);
  });

  it('gives staff the exact names', () => {
    const [section] = proseInEnglish(renderPolicy(policy, 'staff')).sections;
    expect(section?.sentences).toContain(
      'Fires, over 12 months, on: Return rate by value: 50% or more, and Returns: at least 3.',
    );
    expect(section?.sentences.at(-1)).toBe('Rule sends-most-back, about compulsive-returns: minor.');
  });

  it.each([
    [
      'other windows',
      [COUNT, '{metric: returns, over: 90 days, more_than: 3}'],
      'send back 50% or more of what you buy, by value, over 12 months, and make more than 3 returns, over 90 days.',
    ],
    [
      'alternatives',
      [
        COUNT,
        '{any: [{metric: returns, over: 12 months, at_least: 3}, {metric: orders, over: 12 months, less_than: 9}]}',
      ],
      'by value, and (make at least 3 returns, or place fewer than 9 orders), over 12 months.',
    ],
    [
      'a denial',
      [COUNT, '{not: {metric: tenure, at_most: 90 days}}'],
      'and do not have been our customer for 90 days or less, over 12 months.',
    ],
    [
      'a share of its count',
      [
        COUNT,
        '{metric: worn_returns, over: 12 months, at_least: 3}\n        - {metric: worn_return_rate, over: 12 months, at_least: 12.5 %}',
      ],
      'in them, and do so for 12.5% or more of your orders, over 12 months.',
    ],
  ] as const)('says %s', (_, change, words) => {
    expect(when(changed(smallPolicy, change))).toContain(words);
  });

  it('names amounts with their currency', () => {
    const text = changed(
      smallPolicy,
      ['rules:', 'currency: EUR\nrules:'],
      [COUNT, '{metric: returned_value, over: 12 months, at_least: "250.00"}'],
    );
    expect(when(text)).toContain('send back goods worth €250.00 or more');
  });

  it('has words for every metric, every comparison and every key it can use', () => {
    for (const metric of metricNames)
      for (const comparison of ['at_least', 'more_than', 'at_most', 'less_than', 'exactly'] as const)
        for (const audience of ['customer', 'staff'] as const) {
          const expression: Expression = {
            condition: {
              request: { metric, window: null, settle: { months: 0, days: 0 }, exclude: [] },
              comparison,
              threshold: threshold(metric),
            },
          };
          expect(inEnglish(whenSentence(expression, policy, audience))).toMatch(/^(This is when you|Fires on:) .+\.$/);
        }
    for (const metric of metricNames) expect(sayMetric(english, metric)).toBe(catalogue[metric].title);
  });

  it('makes a Markdown page', () => {
    const page = proseAsMarkdown(english, renderPolicy(policy));
    expect(page).toContain(
      '# Small\n\nWhat we ask of everybody who shops with us.\n\n## What we do not accept\n\n### Sends most of it back\n',
    );
    expect(page).toContain('### Returns\n\n- Step 1: we warn you');
    expect(page).toContain('## If you think we are wrong\n');
  });

  it('keeps numbers and names apart from words, so that other languages can say it their way', () => {
    const keys = new Set<string>();
    const collect = (value: Value | Sentence): void => {
      if (typeof value === 'object' && 'key' in value) {
        keys.add(value.key);
        for (const inner of Object.values(value.values)) collect(inner);
      } else if (typeof value === 'object' && 'list' in value) for (const inner of value.list) collect(inner);
    };
    for (const section of renderPolicy(policy).sections) for (const sentence of section.sentences) collect(sentence);
    for (const key of keys)
      if (!['verbatim', 'sentences', 'condition.list'].includes(key))
        expect(hasWords(english, `policy.${key}`), key).toBe(true);
    expect(keys).toContain('metric.customer.return_rate_by_value');
  });
});

function threshold(metric: MetricName): number {
  return unitOf(metric) === 'share' ? 0.5 : 5;
}

describe('diffPolicies', () => {
  const diff = (...changes: readonly (readonly [string, string])[]) =>
    diffPolicies(policy, readPolicy(changed(smallPolicy, ...changes))).map(inEnglish);

  it('finds nothing between equals', () => {
    expect(diff()).toEqual([]);
  });

  it.each([
    [
      'a limit',
      [RATE, RATE.replace('50', '60')],
      '“Sends most of it back”: the limit for “Return rate by value” rises from 50% to 60%.',
    ],
    [
      'a lower limit',
      [COUNT, COUNT.replace('3', '2')],
      '“Sends most of it back”: the limit for “Returns” falls from 3 to 2.',
    ],
    [
      'a window',
      [COUNT, COUNT.replace('12', '6')],
      '“Sends most of it back”: “Returns” is now measured over 6 months instead of 12 months.',
    ],
    [
      'the settle delay',
      ['settle: 30 days', 'settle: 45 days'],
      '“Sends most of it back”: what counts must now lie 45 days in the past instead of 30 days.',
    ],
    [
      'reasons',
      ['leave_out: [goodwill]', 'leave_out: [did_not_fit]'],
      '“Sends most of it back”: the return reasons left out are now it did not fit instead of we took it back as a favour.',
    ],
    ['gravity', ['gravity: minor', 'gravity: serious'], '“Sends most of it back” is now serious instead of minor.'],
    [
      'words',
      ['because: You send back most', 'because: You return most'],
      '“Sends most of it back”: the reason changes from “You send back most of what you order.” to “You return most of what you order.”.',
    ],
    [
      'the conditions',
      [COUNT, '{metric: orders, over: 12 months, at_least: 3}'],
      '“Sends most of it back” now fires on other conditions. Before: This is when you send back',
    ],
    [
      'the title',
      ['title: Threatens our staff', 'title: Threatens us'],
      'The rule “Threatens our staff” is now called “Threatens us”.',
    ],
    ['a rule', ['id: threatens', 'id: menaces'], 'The rule “Threatens our staff” is gone.'],
    [
      'a step',
      ['obligations: [no_free_returns], for: 180 days', 'obligations: [order_limit], for: 180 days'],
      '“Returns” changes. Before: Step 2: for 180 days this applies: You pay the postage',
    ],
    [
      'a length',
      [
        'surfaces: [purchase], for: 1 year, after_previous: 30',
        'surfaces: [purchase], for: 6 months, after_previous: 30',
      ],
      'Now: Step 3: for 6 months you cannot place new orders.',
    ],
    [
      'what lifts',
      ['lift: {clean_for: 90 days, orders_kept: 1}', 'lift: {clean_for: 60 days}'],
      'what ends step 1 early is now 60 days without anything new instead of 90 days without anything new and an order kept.',
    ],
    [
      'where grave begins',
      ['step: 2, because', 'step: 3, because'],
      '“Respect”: grave cases now start at step 3 instead of step 2.',
    ],
    [
      'the appeal',
      ['answer_within: 14 days', 'answer_within: 7 days'],
      'An appeal is now answered within 7 days instead of 14 days.',
    ],
    ['the name', ['name: Small', 'name: Tiny'], 'The policy “Small” is now called “Tiny”.'],
  ] as const)('tells of %s', (_, change, words) => {
    expect(diff(change).join('\n')).toContain(words);
  });

  it('says each change once', () => {
    expect(diff(['settle: 30 days', 'settle: 45 days'])).toHaveLength(1);
    expect(
      diff([
        'surfaces: [purchase], for: 1 year, after_previous: 30 days}\n  - id',
        'surfaces: [purchase], for: 6 months, after_previous: 40 days}\n  - id',
      ]),
    ).toHaveLength(2);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { english, languages } from '../../../../test/support/languages.ts';
import { readPolicy, smallPolicy } from '../../../../test/support/policy.ts';
import { unwrap } from '../../shared/result.ts';
import { checkPolicy } from '../../standing/check.ts';
import { compilePolicy } from '../compile.ts';
import { diffPolicies } from '../diff.ts';
import { policyIn } from '../own-texts.ts';
import { parsePolicy } from '../parse.ts';
import { renderPolicy } from '../render.ts';
import { proseAsMarkdown, sayIn, sayProse } from '../say.ts';
import type { Truth } from '../types.ts';
import { durationIn, parseDuration } from './duration.ts';
import { compileLive, evaluateLive, NO_FINDINGS } from './evaluate.ts';
import { sayFinding } from './say.ts';
import { type LiveExpression, type LiveFacts, liveAnswers, type PlainFact, plainFacts } from './types.ts';

const HEAD = smallPolicy.replace('introduction:', 'currency: EUR\nintroduction:');

/** The small policy with one live rule of these conditions. */
const withLive = (when: string, more = 'answer: challenge\n    obligations: [prepayment_only]', id = 'at-once') =>
  `${HEAD}live:
  - id: ${id}
    title: Much at once
    because: Much happened at once, so we ask for payment before we send.
    when: ${when}
    ${more}
`;

const nothingKnown: LiveFacts = {
  orderValue: null,
  orderCurrency: null,
  orderItems: null,
  firstOrder: null,
  disposableEmail: null,
  hostingNetwork: null,
  countriesDiffer: null,
  count: () => null,
};

const fires = (when: string, known: Partial<LiveFacts>): boolean => {
  const { live } = compilePolicy(readPolicy(withLive(when)), 1);
  return evaluateLive(live, 'purchase', { ...nothingKnown, ...known }).length === 1;
};

const objections = (text: string): readonly string[] =>
  checkPolicy(text).findings.map(
    ({ severity, about, path, message }) => `${severity} ${about} ${path.replace('live[0].', '')}: ${message}`,
  );

describe('live rules', () => {
  it.each([
    [
      '{fact: order_value, at_least: "500.00"}',
      { orderValue: 50_000, orderCurrency: 'EUR' },
      { orderValue: 49_999, orderCurrency: 'EUR' },
    ],
    [
      '{fact: order_value, at_least: "500.00"}',
      { orderValue: 50_000, orderCurrency: 'EUR' },
      { orderValue: 90_000, orderCurrency: 'JPY' },
    ],
    ['{fact: order_items, more_than: 20}', { orderItems: 21 }, { orderItems: 20 }],
    ['{fact: first_order}', { firstOrder: true }, { firstOrder: false }],
    ['{fact: disposable_email}', { disposableEmail: true }, { disposableEmail: false }],
    ['{fact: hosting_network}', { hostingNetwork: true }, { hostingNetwork: false }],
    ['{fact: countries_differ}', { countriesDiffer: true }, { countriesDiffer: false }],
    ['{fact: attempts, per: card, within: 1 hour, at_least: 5}', { count: () => 5 }, { count: () => 4 }],
    ['{not: {fact: first_order}}', { firstOrder: false }, { firstOrder: true }],
    ['{any: [{fact: first_order}, {fact: disposable_email}]}', { disposableEmail: true }, { firstOrder: false }],
    [
      '{all: [{fact: first_order}, {fact: disposable_email}]}',
      { firstOrder: true, disposableEmail: true },
      { firstOrder: true },
    ],
  ] satisfies [string, Partial<LiveFacts>, Partial<LiveFacts>][])('%s', (when, so, notSo) => {
    expect(fires(when, so)).toBe(true);
    expect(fires(when, notSo)).toBe(false);
    expect(fires(when, {})).toBe(false);
  });

  it('ask for the count of what they name', () => {
    const asked: unknown[] = [];
    const when = '{fact: failed_payments, per: device, within: 90 minutes, at_least: 5}';
    const count: LiveFacts['count'] = (...what) => {
      asked.push(what);
      return null;
    };
    fires(when, { count });
    expect(asked).toEqual([['failed_payments', 'device', 5_400_000]]);
    const { live } = compilePolicy(readPolicy(withLive(when)), 1);
    expect(live).toMatchObject({ failedPaymentsPer: ['device'], newAccountsPer: [], attemptsPer: { purchase: [] } });
  });

  it('are judged where they are for, and say what was seen', () => {
    const text = withLive(
      '{fact: attempts, per: email, within: 1 hour, at_least: 5}',
      'surfaces: [login, review]\n    answer: review',
    );
    const policy = readPolicy(text);
    const { live } = compilePolicy(policy, 1);
    const facts = { ...nothingKnown, count: () => 6 };
    expect(evaluateLive(live, 'purchase', facts)).toBe(NO_FINDINGS);
    expect(live.attemptsPer).toMatchObject({ login: ['email'], review: ['email'], purchase: [] });
    const [finding] = evaluateLive(live, 'login', facts);
    expect(finding).toMatchObject({ rule: 'at-once', answer: 'review', obligations: [], observed: [{ value: 6 }] });
    if (finding === undefined) throw new Error('The rule did not fire');
    expect(sayFinding(english, finding, policy)).toBe(
      '“Much at once”: Attempts with the same e-mail address within 1 hour: 6 (at least 5).',
    );
    for (const language of languages.all) expect(sayFinding(language, finding, policy)).toMatch(/Much at once.*6.*5/);
  });

  it('follow Kleene: what is unknown fires nothing, and being told more never takes back what was decided', () => {
    const expression = fc.letrec<{ any: LiveExpression }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(...plainFacts).map((fact): LiveExpression => ({ condition: { kind: 'plain', fact } })),
        tie('any').map((not): LiveExpression => ({ not })),
        fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((all): LiveExpression => ({ all })),
        fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((any): LiveExpression => ({ any })),
      ),
    })).any;
    const truth = fc.constantFrom(true, false, null);
    const known = fc.record({
      firstOrder: truth,
      disposableEmail: truth,
      hostingNetwork: truth,
      countriesDiffer: truth,
    });
    const names = {
      first_order: 'firstOrder',
      disposable_email: 'disposableEmail',
      hosting_network: 'hostingNetwork',
      countries_differ: 'countriesDiffer',
    } as const satisfies Record<PlainFact, keyof LiveFacts>;
    const naive = (of: LiveExpression, facts: LiveFacts): Truth => {
      if ('condition' in of) return of.condition.kind === 'plain' ? facts[names[of.condition.fact]] : null;
      if ('not' in of) return [null, true, false][[null, false, true].indexOf(naive(of.not, facts))] ?? null;
      const parts = ('all' in of ? of.all : of.any).map((part) => naive(part, facts));
      const decisive = !('all' in of);
      return parts.includes(decisive) ? decisive : parts.includes(null) ? null : !decisive;
    };
    fc.assert(
      fc.property(expression, known, (when, facts) => {
        const rule = {
          id: 'any',
          title: '',
          because: '',
          surfaces: ['purchase' as const],
          when,
          answer: 'review' as const,
          obligations: [],
        };
        const all = { ...nothingKnown, ...facts };
        const found = evaluateLive(compileLive([rule], null), 'purchase', all);
        expect(found.length === 1).toBe(naive(when, all) === true);
        for (const { answer } of found) expect(liveAnswers).toContain(answer);
      }),
    );
  });

  it('are read in plain words, and what changes is said', () => {
    const before = readPolicy(withLive('{fact: order_value, at_least: "500.00"}'));
    const after = readPolicy(
      withLive('{all: [{fact: order_value, at_least: "250.00"}, {not: {fact: first_order}}]}', 'answer: review'),
    );
    const said = sayProse(english, renderPolicy(before, 'staff')).sections.find(({ kind }) => kind === 'live');
    expect(said).toEqual({
      id: 'at-once',
      kind: 'live',
      title: 'Much at once',
      sentences: [
        'Much happened at once, so we ask for payment before we send.',
        'This is so when the order is worth €500.00 or more.',
        'Then we ask for this: You pay before we send.',
        'Live rule at-once.',
      ],
    });
    const changes = (from: typeof before, to: typeof before) =>
      diffPolicies(from, to).map((one) => sayIn(english, one));
    expect(changes(before, after)).toEqual([
      '“Much at once” changes. Before: This is so when the order is worth €500.00 or more. Then we ask for this: You pay before we send. Now: This is so when the order is worth €250.00 or more, and it is not so that it is your first order. Then a colleague looks at it first. Nothing is refused by this alone.',
    ]);
    expect(changes(before, { ...before, live: [] })).toEqual(['“Much at once” is gone from the checkout.']);
    expect(changes({ ...before, live: [] }, before)[0]).toMatch(/^New at the checkout, “Much at once”: Much happened/);
    for (const language of languages.all)
      for (const policy of [before, after]) {
        expect(sayProse(language, renderPolicy(policy)).sections.length).toBe(7);
        for (const change of diffPolicies(before, after)) expect(sayIn(language, change)).toContain('Much at once');
      }
  });

  it('name whose data it is that says whose network an address is in, as its licence asks', () => {
    const sourceIn = (when: string) =>
      sayProse(english, renderPolicy(readPolicy(withLive(when)))).sections.flatMap(({ source }) => source ?? []);
    expect(sourceIn('{all: [{fact: first_order}, {not: {fact: hosting_network}}]}')).toEqual([
      { said: 'Source of the data on networks:', name: 'IP Geolocation by DB-IP', href: 'https://db-ip.com' },
    ]);
    expect(sourceIn('{fact: disposable_email}')).toEqual([]);
    const page = proseAsMarkdown(english, renderPolicy(readPolicy(withLive('{fact: hosting_network}'))));
    expect(page).toContain('Source of the data on networks: [IP Geolocation by DB-IP](https://db-ip.com)');
  });

  it('are translated by the shop, by their names', () => {
    const text = `${withLive('{fact: first_order}')}translations:
  nl:
    live:
      at-once: {title: Veel tegelijk}
`;
    expect(policyIn(readPolicy(text), 'nl').live[0]).toMatchObject({
      title: 'Veel tegelijk',
      because: 'Much happened at once, so we ask for payment before we send.',
    });
    expect(objections(text.replace('at-once: {t', 'at-onse: {t'))).toEqual([
      'error schema translations.nl.live.at-onse: There is no live rule "at-onse" in this policy. Did you mean "at-once"?',
    ]);
  });
});

describe('policy check of live rules', () => {
  it('has nothing against a fair one', () => {
    expect(objections(withLive('{fact: attempts, per: email, within: 1 hour, at_least: 5}'))).toEqual([]);
  });

  it.each([
    ['{fact: attempts, per: email, within: 1 hour, at_least: 2}', 'error 1 when.at_least: 2 attempts are'],
    ['{fact: attempts, per: email, within: 2 days, at_least: 4}', 'error 1 when.within: Over more than a day'],
    ['{fact: attempts, per: ip, within: 1 hour, at_least: 4}', 'warning 1 when.at_least: Several people share'],
    ['{fact: attempts, per: email, within: 1 hour, at_most: 4}', 'error 1 when.at_most: How many attempts'],
    [
      '{fact: attempts, per: email, within: 8 days, at_least: 9}',
      'error schema when.within: "8 days" is longer than a week',
    ],
    [
      '{fact: attempts, per: email, within: 1 fortnight, at_least: 9}',
      'error schema when.within: "1 fortnight" is not a window',
    ],
    ['{fact: attempts, within: 1 hour, at_least: 9}', 'error schema when: "attempts" is counted by something'],
    ['{fact: attempts, per: email, at_least: 9}', 'error schema when: "attempts" is counted in a window'],
    ['{fact: attempts, per: email, within: 1 hour}', 'error schema when: The condition on "attempts" has no limit'],
    ['{fact: order_items, per: email, at_least: 9}', 'error schema when.per: "order_items" is about this moment alone'],
    ['{fact: first_order, at_least: 1}', 'error schema when.at_least: "first_order" is so or is not so'],
    ['{fact: order_value, at_least: 0}', 'warning schema when.at_least: Every order reaches'],
    ['{fact: ip_country}', 'error 10 when.fact: "ip_country" judges people by who they are'],
    ['{fact: language}', 'error 10 when.fact: "language" judges people'],
    [
      '{fact: attempts, per: nationality, within: 1 hour, at_least: 5}',
      'error 10 when.per: "nationality" judges people',
    ],
    ['{not: {fact: first_order}}', 'error 1 when: This rule can fire on what is not there alone'],
    [
      '{fact: atempts, per: email, within: 1 hour, at_least: 5}',
      'error schema when.fact: "atempts" is not one of the words for "fact". Did you mean "attempts"?',
    ],
  ])('%s', (when, objection) => {
    const found = objections(withLive(when));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(objection);
  });

  it.each([
    ['answer: deny', 'error 5 answer: "deny" is not an answer of a live rule'],
    [
      'answer: challenge\n    obligations: [manual_review]',
      'error schema obligations[0]: "manual_review" lets a person look',
    ],
    [
      'answer: challenge\n    obligations: [no_free_returns]',
      'error schema obligations[0]: "no_free_returns" is asked for at return',
    ],
    ['answer: review\n    obligations: [prepayment_only]', 'error schema obligations: A review asks nothing'],
    ['answer: review\n    country: NL', 'error 10 country: "country" judges people'],
  ])('%s', (answer, objection) => {
    const found = objections(withLive('{fact: attempts, per: email, within: 1 hour, at_least: 5}', answer));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(objection);
  });

  it.each([
    ['{fact: first_order}', 1],
    ['{fact: disposable_email}', 1],
    ['{fact: hosting_network}', 1],
    ['{any: [{fact: first_order}, {fact: hosting_network}]}', 1],
    ['{all: [{fact: first_order}, {fact: hosting_network}]}', 0],
    ['{all: [{fact: first_order}, {fact: order_value, at_least: "500.00"}]}', 0],
  ])('a review for %s alone: %i objection', (when, count) => {
    expect(objections(withLive(when, 'answer: review'))).toHaveLength(count);
    expect(objections(withLive(when))).toEqual([]);
  });

  it('takes another country for a reason to challenge alone', () => {
    const when = '{all: [{fact: countries_differ}, {fact: order_value, at_least: "500.00"}]}';
    expect(objections(withLive(when))).toEqual([]);
    expect(objections(withLive(when, 'answer: review'))).toEqual([
      'error 10 when.all[0]: That the countries of bill and delivery differ is a reason to challenge, never to hold an order for a look. Answer challenge, or remove the condition.',
    ]);
  });

  it('wants a name of its own for each, and words without insults', () => {
    expect(objections(withLive('{fact: first_order}', undefined, 'threatens'))).toEqual([
      'error schema id: "threatens" is already the name of a rule; every one needs its own.',
    ]);
    expect(objections(withLive('{fact: first_order}').replace('Much happened', 'Scammers order'))[0]).toContain(
      'error 7 because: "Scammers" accuses',
    );
  });

  it('runs their tests', () => {
    const tests = `answer: challenge
    tests:
      - {name: Five, given: {happened: [{what: attempts, per: email, times: 4, ago: 59 minutes}]}, expect: {fires: true}}
      - {name: Too old, given: {happened: [{what: attempts, per: email, times: 9, ago: 1 hour}]}, expect: {fires: false}}
      - {name: Another card, given: {happened: [{what: attempts, per: card, times: 9}]}, expect: {fires: true}}`;
    const checked = checkPolicy(withLive('{fact: attempts, per: email, within: 1 hour, at_least: 5}', tests));
    expect(checked.tests).toEqual({ passed: 2, failed: 1 });
    expect(checked.findings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'live[0].tests[2].expect.fires: The test "Another card" fails: the rule does not fire, because something is unknown. attempts per email is unknown (at least 5).',
    ]);
  });

  it('reads what a policy without live rules always was', () => {
    expect(unwrap(parsePolicy(smallPolicy)).policy.live).toEqual([]);
  });
});

it.each([
  ['1 minute', 60_000, { unit: 'minutes', count: 1 }],
  ['90 minutes', 5_400_000, { unit: 'minutes', count: 90 }],
  ['1 hour', 3_600_000, { unit: 'hours', count: 1 }],
  ['24 hours', 86_400_000, { unit: 'hours', count: 24 }],
  ['1 day', 86_400_000, { unit: 'hours', count: 24 }],
  ['7 days', 604_800_000, { unit: 'days', count: 7 }],
] as const)('%s is %i ms', (text, ms, said) => {
  expect(unwrap(parseDuration(text))).toBe(ms);
  expect(durationIn(ms)).toEqual(said);
});

it.each(['0 hours', '8 days', '1', 'soon', '-1 hours', '1.5 hours'])('"%s" is no window', (text) => {
  expect(parseDuration(text).ok).toBe(false);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, uuid } from '../../../test/support/events.ts';
import { english, languages } from '../../../test/support/languages.ts';
import { readPolicy, smallPolicy } from '../../../test/support/policy.ts';
import { measureType, obligation, surface } from '../events/measures.ts';
import { type CustomerId, id, type MeasureId } from '../shared/brand.ts';
import { say } from '../shared/words.ts';
import { decide } from './decide.ts';
import { renderDecision, wordsOf } from './messages.ts';
import { type DecisionRequest, type DecisionSubject, outcomes, type StandingMeasure } from './types.ts';

const NOW = at('2026-06-01T12:00:00Z');

function measure(over: Partial<StandingMeasure> = {}): StandingMeasure {
  return {
    id: id<MeasureId>(uuid(1, 5)),
    type: 'block',
    state: 'active',
    obligations: [],
    surfaces: ['purchase'],
    rules: ['sends-most-back'],
    policyVersion: 4,
    startedAt: at('2026-05-01'),
    until: at('2027-03-01'),
    ...over,
  };
}

const ask = (over: Partial<DecisionRequest> = {}): DecisionRequest => ({
  surface: 'purchase',
  returnKind: null,
  now: NOW,
  ...over,
});
const restriction = (...obligations: StandingMeasure['obligations']) =>
  measure({ type: 'restriction', surfaces: [], obligations });

describe('decide', () => {
  it('denies at the surface of a block, with its reason and a message', () => {
    expect(decide(ask(), { measures: [measure()], allowListed: false })).toEqual({
      outcome: 'deny',
      obligations: [],
      reasons: [
        { kind: 'measure', measure: uuid(1, 5), rules: ['sends-most-back'], policyVersion: 4, until: at('2027-03-01') },
      ],
      message: {
        key: 'decision.deny.purchase',
        values: { until: at('2027-03-01'), obligations: [], rules: ['sends-most-back'], live: [], decidedBy: 'people' },
      },
      allowListed: false,
      byPhoneAlone: false,
    });
    expect(decide(ask({ surface: 'contact' }), { measures: [measure()], allowListed: false }).outcome).toBe('allow');
  });

  it.each([
    ['faulty', 'allow', []],
    ['withdrawal', 'challenge', ['no_free_returns']],
    ['goodwill', 'challenge', ['no_free_returns']],
    [null, 'challenge', ['no_free_returns']],
  ] as const)('asks nobody to pay for sending back faulty goods (%s)', (returnKind, outcome, obligations) => {
    const subject = { measures: [restriction('no_free_returns')], allowListed: false };
    expect(decide(ask({ surface: 'return', returnKind }), subject)).toMatchObject({ outcome, obligations });
  });

  it.each([
    ['a block', measure(), 'review'],
    ['an obligation', restriction('prepayment_only'), 'review'],
    ['a block elsewhere', measure({ surfaces: ['contact'] }), 'allow'],
    ['a warning', measure({ type: 'warning' }), 'allow'],
    ['a block that is over', measure({ until: NOW }), 'allow'],
  ] as const)(
    'lets a person look at %s that only a shared phone leads to, and tells nobody’s reasons',
    (_, theirs, outcome) => {
      const subject = { measures: [], byPhoneAlone: [theirs], allowListed: false };
      const decision = decide(ask(), subject);
      expect(decision).toMatchObject({ outcome, obligations: [], byPhoneAlone: outcome === 'review' });
      expect(decision.message?.values.rules ?? null).toBeNull();
      expect(decide(ask(), { ...subject, allowListed: true }).outcome).toBe('allow');
    },
  );

  it('lets a customer’s own measures count in full beside those of a shared phone', () => {
    const own = restriction('prepayment_only');
    const both = decide(ask(), { measures: [own], byPhoneAlone: [measure({ rules: ['theirs'] })], allowListed: false });
    expect(both).toMatchObject({ outcome: 'review', obligations: ['prepayment_only'], byPhoneAlone: true });
    expect(both.message?.values.rules).toEqual(own.rules);
    const blocked = decide(ask(), { measures: [measure()], byPhoneAlone: [own], allowListed: false });
    expect(blocked).toMatchObject({ outcome: 'deny', obligations: [] });
  });

  it('lets the allow-list win', () => {
    expect(decide(ask(), { measures: [measure()], allowListed: true })).toMatchObject({
      outcome: 'allow',
      allowListed: true,
      message: null,
    });
  });

  it.each([
    ['a warning', measure({ type: 'warning' }), 'purchase', 'allow', []],
    ['an obligation of another surface', restriction('no_free_returns'), 'purchase', 'allow', []],
    [
      'an obligation the customer can meet',
      restriction('prepayment_only'),
      'purchase',
      'challenge',
      ['prepayment_only'],
    ],
    [
      'an obligation that waits for a person',
      restriction('manual_review', 'prepayment_only'),
      'purchase',
      'review',
      ['manual_review', 'prepayment_only'],
    ],
    ['a measure that has ended', measure({ state: 'lifted' }), 'purchase', 'allow', []],
    ['a measure that ends now', measure({ until: NOW }), 'purchase', 'allow', []],
    ['a measure of a clock that was put back since', measure({ startedAt: at('2026-07-01') }), 'purchase', 'deny', []],
    [
      'a block that keeps official channels open',
      measure({ surfaces: ['purchase'], obligations: ['official_channels_only'] }),
      'contact',
      'challenge',
      ['official_channels_only'],
    ],
  ] as const)('answers %s', (_, given, where, outcome, obligations) => {
    expect(decide(ask({ surface: where }), { measures: [given], allowListed: false })).toMatchObject({
      outcome,
      obligations,
    });
  });

  it.each([
    ['withdrawal', 'review'],
    ['faulty', 'review'],
    [null, 'review'],
    ['goodwill', 'deny'],
  ] as const)('a return of kind %s under a block is answered %s', (returnKind, outcome) => {
    const blocked = { measures: [measure({ surfaces: ['return'] })], allowListed: false };
    expect(decide(ask({ surface: 'return', returnKind }), blocked).outcome).toBe(outcome);
  });

  describe('of what is not a measure of the customer’s own', () => {
    const entry = (answer: 'challenge' | 'review' | 'deny', until = at('2027-01-01')) =>
      ({ id: uuid(1, 7), type: 'email', answer, until }) as const;
    const rule = (answer: 'challenge' | 'review', ...obligations: StandingMeasure['obligations']) => ({
      rule: 'large-first-order',
      answer,
      obligations,
    });
    const like = (klass: 'same' | 'probably_same', ...measures: StandingMeasure[]) => ({
      customer: id<CustomerId>(uuid(1, 8)),
      measures,
      klass,
    });
    const nobody = { measures: [], allowListed: false };

    it.each([
      ['purchase', null, 'deny', 'deny', 'decision.deny.purchase'],
      ['login', null, 'deny', 'deny', 'decision.deny.login'],
      ['review', null, 'deny', 'deny', 'decision.deny.review'],
      ['contact', null, 'deny', 'review', 'decision.review.contact'],
      ['return', null, 'deny', 'review', 'decision.review.return'],
      ['return', 'withdrawal', 'deny', 'review', 'decision.review.return'],
      ['return', 'faulty', 'deny', 'review', 'decision.review.return'],
      ['return', 'goodwill', 'deny', 'deny', 'decision.deny.return'],
      ['purchase', null, 'review', 'review', 'decision.review.purchase'],
      ['purchase', null, 'challenge', 'challenge', 'decision.confirm.purchase'],
    ] as const)('answers at %s (%s) under an entry that says %s: %s', (where, returnKind, says, outcome, key) => {
      const decision = decide(ask({ surface: where, returnKind }), { ...nobody, entries: [entry(says)] });
      expect(decision).toMatchObject({
        outcome,
        obligations: [],
        reasons: [{ kind: 'entry', entry: uuid(1, 7), until: at('2027-01-01') }],
        message: { key, values: { until: at('2027-01-01'), rules: null, decidedBy: 'people' } },
      });
    });

    it('lets an entry act no longer than until its end', () => {
      expect(decide(ask(), { ...nobody, entries: [entry('deny', NOW)] }).outcome).toBe('allow');
    });

    it.each([
      [rule('challenge', 'prepayment_only'), 'challenge', ['prepayment_only'], 'decision.ask.purchase'],
      [rule('challenge'), 'challenge', [], 'decision.confirm.purchase'],
      [rule('review', 'prepayment_only'), 'review', ['prepayment_only'], 'decision.review.purchase'],
    ] as const)('asks what a live rule asks, without an end', (live, outcome, obligations, key) => {
      expect(decide(ask(), { ...nobody, live: [live] })).toMatchObject({
        outcome,
        obligations,
        reasons: [{ kind: 'live', rule: 'large-first-order' }],
        message: { key, values: { until: null, rules: null, decidedBy: 'rule' } },
      });
    });

    it.each([
      ['a block', 'probably_same', measure(), 'review'],
      ['a block', 'same', measure(), 'review'],
      ['an obligation', 'same', restriction('prepayment_only'), 'review'],
      ['a block elsewhere', 'same', measure({ surfaces: ['contact'] }), 'allow'],
      ['a warning', 'same', measure({ type: 'warning' }), 'allow'],
      ['a block that is over', 'same', measure({ until: NOW }), 'allow'],
    ] as const)('only looks at whoever is like a customer with %s (%s)', (_, klass, theirs, outcome) => {
      const decision = decide(ask(), { ...nobody, likenesses: [like(klass, theirs)] });
      expect(decision).toMatchObject({ outcome, obligations: [] });
      if (outcome === 'allow') return;
      expect(decision.reasons).toEqual([{ kind: 'likeness', customer: uuid(1, 8), measures: [theirs.id] }]);
      expect(decision.message?.values).toEqual({
        until: null,
        obligations: [],
        rules: null,
        live: [],
        decidedBy: 'rule',
      });
    });

    it('lets the allow-list win over all of it, and says so only where it mattered', () => {
      const all = { entries: [entry('deny')], live: [rule('review')], likenesses: [like('same', measure())] };
      expect(decide(ask(), { measures: [measure()], ...all, allowListed: true })).toMatchObject({
        outcome: 'allow',
        allowListed: true,
        reasons: [],
      });
      expect(decide(ask(), { ...nobody, allowListed: true })).toMatchObject({ outcome: 'allow', allowListed: false });
      expect(decide(ask(), { measures: [measure({ type: 'warning' })], allowListed: true }).allowListed).toBe(false);
    });

    it('gives every reason, and denies with the end of what denies', () => {
      const own = restriction('prepayment_only');
      const both = decide(ask(), {
        measures: [own],
        entries: [entry('deny', at('2027-09-01'))],
        live: [rule('challenge', 'signature_on_delivery')],
        likenesses: [like('same', measure())],
        allowListed: false,
      });
      expect(both).toMatchObject({ outcome: 'deny', obligations: [] });
      expect(both.reasons.map(({ kind }) => kind)).toEqual(['measure', 'entry', 'live', 'likeness']);
      expect(both.message?.values.until).toBe(at('2027-09-01'));
    });

    it('tells the customer neither whom they resemble nor what list they are on', () => {
      const policy = readPolicy(smallPolicy);
      const tell = (subject: Partial<DecisionSubject>) =>
        renderDecision(decide(ask(), { ...nobody, ...subject }), policy, english);
      expect(tell({ likenesses: [like('same', measure())] })).toBe(
        [
          'Thank you for your order. A colleague looks at it before we accept it, usually within one working day.',
          'If you think this is wrong: Write to us by e-mail or press "I disagree" in the notice. Somebody at the shop will look at it.',
        ].join('\n'),
      );
      const refused = tell({ entries: [entry('deny')] });
      expect(refused).toContain('you cannot place new orders with us until 1 January 2027.');
      expect(refused).toContain('Your legal rights are not touched');
      expect(refused).toContain('Somebody else than the person who decided');
      expect(refused).not.toMatch(/list|e-mail address|reason:/);
      expect(tell({ live: [rule('challenge', 'prepayment_only')] })).toContain(
        'conditions:\n– You pay before we send.',
      );
    });
  });

  it('never denies a statutory return, and never gets milder by adding a measure', () => {
    const anyMeasure = fc
      .record({
        type: fc.constantFrom(...measureType.options),
        obligations: fc.subarray([...obligation.options]),
        surfaces: fc.subarray([...surface.options]),
        state: fc.constantFrom('active' as const, 'expired' as const, 'voided' as const),
      })
      .map((over) => measure(over));
    fc.assert(
      fc.property(
        fc.array(anyMeasure, { maxLength: 4 }),
        anyMeasure,
        fc.constantFrom(...surface.options),
        (measures, more, where) => {
          const before = decide(ask({ surface: where }), { measures, allowListed: false });
          const after = decide(ask({ surface: where }), { measures: [...measures, more], allowListed: false });
          expect(outcomes.indexOf(after.outcome)).toBeGreaterThanOrEqual(outcomes.indexOf(before.outcome));
          if (where === 'return') expect(after.outcome).not.toBe('deny');
          expect(after.message === null).toBe(after.outcome === 'allow');
          expect(after.reasons.length > 0).toBe(after.outcome !== 'allow');
        },
      ),
    );
  });
});

describe('renderDecision', () => {
  const policy = readPolicy(smallPolicy);

  it('says what, why, what is not touched and how to appeal', () => {
    const text = renderDecision(decide(ask(), { measures: [measure()], allowListed: false }), policy, english);
    expect(text).toBe(
      [
        'We are sorry, we cannot take this order: you cannot place new orders with us until 1 March 2027.',
        'The reason: Sends most of it back.',
        'Your legal rights are not touched: you can still withdraw from a purchase, report faulty goods and ask for your data.',
        'If you think this is wrong, or not about you: Write to us by e-mail or press "I disagree" in the notice. Somebody else than the person who decided will look at it.',
      ].join('\n'),
    );
  });

  it('lists what is asked', () => {
    const text = renderDecision(
      decide(ask(), { measures: [restriction('prepayment_only')], allowListed: false }),
      policy,
      english,
    );
    expect(text).toContain('under these conditions until 1 March 2027:\n– You pay before we send.');
  });

  it('says nothing with a plain allow, and has words for every outcome at every surface', () => {
    expect(renderDecision(decide(ask(), { measures: [], allowListed: false }), policy, english)).toBeNull();
    for (const outcome of [...outcomes, 'ask', 'confirm'] as const)
      for (const where of surface.options)
        if (outcome !== 'allow')
          expect(say(english, wordsOf(`decision.${outcome}.${where}`), { until: 'May' }).length).toBeGreaterThan(20);
  });

  it.each([
    ['nl', 'tot 1 maart 2027', 'Vindt u dit onterecht, '],
    ['pl', 'do 1 marca 2027', 'Jeśli to pomyłka lub '],
    ['zh', '在2027年3月1日之前', '如果您认为这不对'],
    ['he', 'עד 1 במרץ 2027', 'אם לדעתך זו טעות, '],
  ] as const)('speaks %s, with the date and the appeal in it', (code, until, appeal) => {
    const language = languages.of(code);
    const text = renderDecision(decide(ask(), { measures: [measure()], allowListed: false }), policy, language);
    expect(text).toContain(until);
    expect(text).toContain(appeal);
    expect(text).toContain('Sends most of it back');
  });

  it('gives the shop’s own words in the language where they are translated', () => {
    const translated = readPolicy(
      `${smallPolicy}translations:\n  nl: {rules: {sends-most-back: {title: Bijna alles terugsturen}}}\n`,
    );
    const decided = decide(ask(), { measures: [measure()], allowListed: false });
    const text = renderDecision(decided, translated, languages.of('nl'));
    expect(text).toContain('Bijna alles terugsturen');
    expect(text).toContain('Write to us by e-mail');
  });
});

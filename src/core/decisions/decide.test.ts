import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, uuid } from '../../../test/support/events.ts';
import { english, languages } from '../../../test/support/languages.ts';
import { readPolicy, smallPolicy } from '../../../test/support/policy.ts';
import { measureType, obligation, surface } from '../events/measures.ts';
import { id, type MeasureId } from '../shared/brand.ts';
import { say } from '../shared/words.ts';
import { decide } from './decide.ts';
import { renderDecision, wordsOf } from './messages.ts';
import { type DecisionRequest, outcomes, type StandingMeasure } from './types.ts';

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
      reasons: [{ measure: uuid(1, 5), rules: ['sends-most-back'], policyVersion: 4, until: at('2027-03-01') }],
      message: {
        key: 'decision.deny.purchase',
        values: { until: at('2027-03-01'), obligations: [], rules: ['sends-most-back'] },
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
    ['a measure that has not begun', measure({ startedAt: at('2026-07-01') }), 'purchase', 'allow', []],
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
        'If you think this is wrong: Write to us by e-mail or press "I disagree" in the notice. Somebody else than the person who decided will look at it.',
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
    for (const outcome of outcomes)
      for (const where of surface.options)
        if (outcome !== 'allow')
          expect(say(english, wordsOf(`decision.${outcome}.${where}`), { until: 'May' }).length).toBeGreaterThan(20);
  });

  it.each([
    ['nl', 'tot 1 maart 2027', 'Vindt u dit onterecht?'],
    ['pl', 'do 1 marca 2027', 'Jeśli to pomyłka, '],
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

import { describe, expect, it } from 'vitest';
import { at, uuid } from '../../../test/support/events.ts';
import { english, languages } from '../../../test/support/languages.ts';
import { readPolicy, smallPolicy } from '../../../test/support/policy.ts';
import type { Surface } from '../events/measures.ts';
import { id, type MeasureId } from '../shared/brand.ts';
import { ALLOWED, decide } from './decide.ts';
import { renderDecision } from './messages.ts';
import type { Decision, FailureMode, Outcome, StandingMeasure } from './types.ts';
import { whenUnsure } from './when-unsure.ts';

const NOW = at('2026-06-01T12:00:00Z');
const ENTRY = { id: uuid(1, 7), type: 'email', until: at('2027-01-01') } as const;

const answered = (answer: Outcome, surface: Surface): Decision =>
  answer === 'allow'
    ? ALLOWED
    : decide(
        { surface, returnKind: 'goodwill', now: NOW },
        { measures: [], entries: [{ ...ENTRY, answer }], allowListed: false },
      );

describe('whenUnsure', () => {
  it.each([
    ['open', 'purchase', 'allow', 'allow'],
    ['open', 'purchase', 'deny', 'deny'],
    ['challenge', 'purchase', 'allow', 'challenge'],
    ['challenge', 'purchase', 'challenge', 'challenge'],
    ['challenge', 'purchase', 'review', 'review'],
    ['challenge', 'return', 'allow', 'challenge'],
    ['challenge', 'login', 'deny', 'deny'],
    ['closed', 'purchase', 'allow', 'deny'],
    ['closed', 'login', 'challenge', 'deny'],
    ['closed', 'review', 'review', 'deny'],
    ['closed', 'return', 'allow', 'review'],
    ['closed', 'return', 'challenge', 'review'],
    ['closed', 'return', 'deny', 'deny'],
    ['closed', 'contact', 'allow', 'review'],
    ['closed', 'contact', 'review', 'review'],
  ] as const)('%s at %s: %s becomes %s', (mode, surface, before, after) => {
    const decision = whenUnsure(answered(before, surface), surface, mode, false);
    expect(decision.outcome).toBe(after);
    expect(decision.message === null).toBe(after === 'allow');
  });

  it.each(['open', 'challenge', 'closed'] as const)('lets whom the shop vouched for pass (%s)', (mode) => {
    const vouched = decide(
      { surface: 'purchase', returnKind: null, now: NOW },
      { measures: [], entries: [{ ...ENTRY, answer: 'deny' }], allowListed: true },
    );
    expect(whenUnsure(vouched, 'purchase', mode, true)).toEqual(vouched);
    // Nothing speaks against them: nothing had to be overruled.
    for (const surface of ['purchase', 'return', 'contact'] as const)
      expect(whenUnsure(ALLOWED, surface, mode, true)).toEqual(ALLOWED);
  });

  it.each(['withdrawal', 'faulty', 'goodwill'] as const)(
    'asks for nothing at a closed return that the message does not name (%s)',
    (returnKind) => {
      const restriction: StandingMeasure = {
        id: id<MeasureId>(uuid(1, 5)),
        type: 'restriction',
        state: 'active',
        obligations: ['no_free_returns', 'prepayment_only'],
        surfaces: [],
        rules: [],
        policyVersion: 1,
        startedAt: at('2026-01-01'),
        until: at('2027-01-01'),
      };
      const before = decide(
        { surface: 'return', returnKind, now: NOW },
        { measures: [restriction], allowListed: false },
      );
      const { outcome, obligations, message, reasons } = whenUnsure(before, 'return', 'closed', false);
      expect([outcome, obligations, message?.values.obligations]).toEqual(['review', [], []]);
      expect(reasons).toEqual(before.reasons);
    },
  );

  it('tells everybody that it is not about them, in every language', () => {
    const policy = readPolicy(smallPolicy);
    const text = (mode: FailureMode, surface: Surface, language = english) =>
      renderDecision(whenUnsure(ALLOWED, surface, mode, false), policy, language);
    expect(text('closed', 'purchase')).toBe(
      'We cannot take orders for a moment. Please try again in a few minutes. It has nothing to do with you.\nYour legal rights are not touched: you can still withdraw from a purchase, report faulty goods and ask for your data.',
    );
    expect(text('challenge', 'login')).toBe('Please confirm that it is you, in the way you are asked to now.');
    for (const code of ['nl', 'pl', 'zh', 'he'])
      for (const surface of ['purchase', 'review', 'login', 'return', 'contact'] as const)
        expect(text('closed', surface, languages.of(code))?.length).toBeGreaterThan(8);
  });
});

import { describe, expect, it } from 'vitest';
import { at, uuid } from '../../../test/support/events.ts';
import { english, languages } from '../../../test/support/languages.ts';
import { readPolicy, smallPolicy } from '../../../test/support/policy.ts';
import type { Surface } from '../events/measures.ts';
import { ALLOWED, decide } from './decide.ts';
import { renderDecision } from './messages.ts';
import type { Decision, FailureMode, Outcome } from './types.ts';
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
    const decision = whenUnsure(answered(before, surface), surface, mode);
    expect(decision.outcome).toBe(after);
    expect(decision.message === null).toBe(after === 'allow');
  });

  it.each(['open', 'challenge', 'closed'] as const)('lets whom the shop vouched for pass (%s)', (mode) => {
    const vouched = decide(
      { surface: 'purchase', returnKind: null, now: NOW },
      { measures: [], entries: [{ ...ENTRY, answer: 'deny' }], allowListed: true },
    );
    expect(whenUnsure(vouched, 'purchase', mode)).toEqual(vouched);
  });

  it('tells everybody that it is not about them, in every language', () => {
    const policy = readPolicy(smallPolicy);
    const text = (mode: FailureMode, surface: Surface, language = english) =>
      renderDecision(whenUnsure(ALLOWED, surface, mode), policy, language);
    expect(text('closed', 'purchase')).toBe(
      'We cannot take orders for a moment. Please try again in a few minutes. It has nothing to do with you.\nYour legal rights are not touched: you can still withdraw from a purchase, report faulty goods and ask for your data.',
    );
    expect(text('challenge', 'login')).toBe('Please confirm that it is you, in the way you are asked to now.');
    for (const code of ['nl', 'pl', 'zh', 'he'])
      for (const surface of ['purchase', 'review', 'login', 'return', 'contact'] as const)
        expect(text('closed', surface, languages.of(code))?.length).toBeGreaterThan(8);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, customerId, tell, uuid } from '../../../test/support/events.ts';
import type { StandingMeasure } from '../decisions/types.ts';
import { measureType, obligation, surface } from '../events/measures.ts';
import { foldMeasures } from '../measures/fold.ts';
import { id, type MeasureId } from '../shared/brand.ts';
import { type Instant, instant } from '../shared/time.ts';
import { desiredMarks, marksChangeAt, NO_MARKS, sameMarks } from './desired.ts';

const NOW = at('2026-06-01T12:00:00Z');

const measure = (over: Partial<StandingMeasure> = {}): StandingMeasure => ({
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
});
const marks = (measures: readonly StandingMeasure[], over = {}, now: Instant = NOW) =>
  desiredMarks({ measures, allowListed: false, erased: false, ...over }, now);

const anyMeasure = fc
  .record({
    type: fc.constantFrom(...measureType.options),
    state: fc.constantFrom('active', 'suspended', 'expired', 'lifted', 'voided'),
    obligations: fc.subarray([...obligation.options]),
    surfaces: fc.subarray([...surface.options]),
    startedAt: fc.integer({ min: NOW - 1_000, max: NOW + 1_000 }).map(instant),
    until: fc.integer({ min: NOW - 1_000, max: NOW + 10_000 }).map(instant),
  })
  .map((over) => measure(over as Partial<StandingMeasure>));

describe('desiredMarks', () => {
  it('shows the strictest of what is in force, all that is refused and demanded, and the last end', () => {
    const restriction = measure({
      type: 'restriction',
      surfaces: [],
      obligations: ['signature_on_delivery', 'prepayment_only'],
      until: at('2027-06-01'),
    });
    expect(marks([measure({ surfaces: ['review', 'purchase'] }), restriction, measure({ type: 'warning' })])).toEqual({
      as: 'blocked',
      refused: ['purchase', 'review'],
      obligations: ['prepayment_only', 'signature_on_delivery'],
      until: at('2027-06-01'),
    });
    expect(marks([restriction]).as).toBe('restricted');
    expect(marks([measure({ type: 'warning' })])).toMatchObject({ as: 'warned', refused: [], obligations: [] });
  });

  it.each([
    ['nothing in force', [], {}],
    ['a suspended measure', [measure({ state: 'suspended' })], {}],
    ['a measure that has ended', [measure({ state: 'voided' })], {}],
    ['a measure that ends now', [measure({ until: NOW })], {}],
    ['a measure that has not begun', [measure({ startedAt: instant(NOW + 1) })], {}],
    ['somebody on the allow-list', [measure()], { allowListed: true }],
    ['somebody who was erased', [measure()], { erased: true }],
  ] as const)('shows nothing for %s', (_, measures, over) => {
    expect(marks(measures, over)).toEqual(NO_MARKS);
  });

  it('never has a platform refuse returns: of those that are no right it must ask each time', () => {
    expect(marks([measure({ surfaces: ['return', 'purchase'] })]).refused).toEqual(['purchase']);
  });

  it('depends on the measures in force alone, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(anyMeasure, { maxLength: 6 }), fc.array(anyMeasure, { maxLength: 4 }), (given, others) => {
        const over = others.filter(
          ({ state, startedAt, until }) => state !== 'active' || startedAt > NOW || until <= NOW,
        );
        const now = marks(given);
        expect(marks(given.toReversed())).toEqual(now);
        expect(marks([...over, ...given])).toEqual(now);
        expect(sameMarks(now, marks([...given, ...over]))).toBe(true);
        const biting = given.filter(
          ({ state, startedAt, until }) => state === 'active' && startedAt <= NOW && NOW < until,
        );
        expect(now.as === null).toBe(biting.length === 0);
        expect(now.until).toBe(biting.length === 0 ? null : Math.max(...biting.map(({ until }) => until)));
        expect(now.refused).not.toContain('return');
        expect(marks(given, { allowListed: true })).toEqual(NO_MARKS);
        expect(marks(given, { erased: true })).toEqual(NO_MARKS);
      }),
    );
  });

  it('changes by itself at no other moment than it says', () => {
    fc.assert(
      fc.property(fc.array(anyMeasure, { maxLength: 5 }), fc.nat(12_000), (given, later) => {
        const begun = given.filter(({ startedAt }) => startedAt <= NOW);
        const changeAt = marksChangeAt(begun, null, NOW);
        const then = instant(NOW + later);
        if (changeAt === null || then < changeAt) expect(marks(begun, {}, then)).toEqual(marks(begun));
        else expect(changeAt).toBeGreaterThan(NOW);
      }),
    );
  });

  it('is the same however the events of a life are ordered in time of telling', () => {
    const given = tell({ customer: customerId(3) });
    const start = (number: number, over: object = {}) =>
      given.event('measure.started', {
        measure: uuid(number, 5),
        proposal: null,
        type: 'block',
        obligations: [],
        surfaces: ['purchase'],
        ladder: null,
        step: null,
        rules: [],
        policyVersion: null,
        evidence: [],
        until: '2027-01-01T00:00:00.000Z',
        skipped: null,
        proposedBy: 'staff',
        approvedBy: [uuid(1, 2)],
        softened: false,
        ...over,
      });
    start(1);
    start(2, { type: 'restriction', surfaces: [], obligations: ['prepayment_only'] });
    given.event('measure.voided', { measure: uuid(1, 5), by: uuid(1, 2) });
    const inOrder = desiredMarks({ measures: foldMeasures(given.events, NOW), allowListed: false, erased: false }, NOW);
    expect(inOrder).toMatchObject({ as: 'restricted', refused: [], obligations: ['prepayment_only'] });
    fc.assert(
      fc.property(fc.shuffledSubarray(given.events, { minLength: given.events.length }), (events) => {
        const measures = foldMeasures(events, NOW);
        expect(desiredMarks({ measures, allowListed: false, erased: false }, NOW)).toEqual(inOrder);
      }),
    );
  });

  it('looks again when the allow-list entry ends, if that is first', () => {
    const end = instant(NOW + 5);
    expect(marksChangeAt([measure()], end, NOW)).toBe(end);
    expect(marksChangeAt([measure()], NOW, NOW)).toBe(measure().until);
    expect(marksChangeAt([], null, NOW)).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, eventId, type Story, staffId, tell, uuid } from '../../../test/support/events.ts';
import { anyLife, begin, liveJudged, propose } from '../../../test/support/judged-life.ts';
import { changed, compiled, smallPolicy } from '../../../test/support/policy.ts';
import { type LedgerEvent, reportedEvents } from '../events/event.ts';
import type { CompiledPolicy } from '../policy/types.ts';
import { id, type MeasureId } from '../shared/brand.ts';
import { addPeriod, days } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';
import { type Correction, consequencesOf, suggestedOutcome, type Verdict, verdictsOf, whatIf } from './outcome.ts';

/** Limits so low that most lives reach them. */
const strict: CompiledPolicy = compiled(
  changed(
    smallPolicy,
    ['at_least: 50 %', 'at_least: 20 %'],
    ['at_least: 3}', 'at_least: 2}'],
    ['settle: 30 days', 'settle: 5 days'],
  ),
);

const ask = (
  given: Story,
  corrections: readonly Correction[],
  more: { lift?: MeasureId; now?: Instant; policy?: CompiledPolicy } = {},
) => ({
  events: given.events,
  currency: 'EUR',
  policy: more.policy ?? strict,
  version: () => null,
  corrections,
  lift: more.lift === undefined ? null : { measure: more.lift, because: 'appeal' as const },
  decides: null,
  by: staffId(9),
  now: more.now ?? given.now,
});

const harshness = ({ result, effect }: Verdict): number =>
  result === 'stands' ? 100 : result === 'reduced' ? (effect?.step ?? 0) : 0;

const reported = (given: Story) => given.events.filter((event) => Object.hasOwn(reportedEvents, event.kind));

/** Some of the events that were told from outside, as corrections. */
const some = (given: Story, picks: readonly number[]): Correction[] => {
  const all = reported(given);
  const chosen = new Map<string, Correction>();
  for (const pick of picks) {
    const event = all[pick % Math.max(1, all.length)];
    if (event !== undefined) chosen.set(event.id, { event: event.id, as: pick % 3 === 0 ? 'shop_fault' : 'void' });
  }
  return [...chosen.values()];
};

describe('what would be left of every measure', () => {
  it('is all of them when nothing is corrected', () => {
    let measures = 0;
    fc.assert(
      fc.property(anyLife, (life) => {
        const given = liveJudged(life, strict);
        const verdicts = verdictsOf(ask(given, []));
        measures += verdicts.length;
        expect(verdicts.every((verdict) => verdict.result === 'stands')).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(measures).toBeGreaterThan(300);
  });

  it('is none that named evidence when every event is void', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const given = liveJudged(life, strict);
        const everything = reported(given).map((event): Correction => ({ event: event.id, as: 'void' }));
        for (const { measure, result } of verdictsOf(ask(given, everything)))
          if (measure.evidence.length > 0) expect(result).toBe('voided');
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order in which events are marked or told', () => {
    fc.assert(
      fc.property(
        anyLife,
        fc.array(fc.nat(1_000), { maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (life, picks, random) => {
          const given = liveJudged(life, strict);
          const corrections = some(given, picks);
          const shuffle = <T>(items: readonly T[]): T[] =>
            items
              .map((item) => ({ item, key: random.next().value ?? 0 }))
              .sort((a, b) => a.key - b.key)
              .map(({ item }) => item);
          const input = ask(given, corrections);
          const other = { ...input, events: shuffle(given.events), corrections: shuffle(corrections) };
          expect(verdictsOf(other)).toEqual(verdictsOf(input));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is never harsher when more is taken away', () => {
    let fell = 0;
    fc.assert(
      fc.property(
        anyLife,
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 6 }),
        (life, fewer, more) => {
          const given = liveJudged(life, strict);
          const less = verdictsOf(ask(given, some(given, fewer)));
          const greater = verdictsOf(ask(given, some(given, [...more, ...fewer])));
          less.forEach((verdict, index) => {
            const then = greater[index];
            if (then === undefined) throw new Error('A measure is missing');
            if (verdict.result !== 'stands') fell += 1;
            expect(harshness(then)).toBeLessThanOrEqual(harshness(verdict));
          });
        },
      ),
      { numRuns: 400 },
    );
    expect(fell).toBeGreaterThan(20);
  });

  it('is the same whether or not the history must be made anew to see it', () => {
    fc.assert(
      fc.property(anyLife, fc.array(fc.nat(1_000), { minLength: 1, maxLength: 6 }), (life, picks) => {
        const given = liveJudged(life, strict);
        const returns = some(given, picks).filter(({ event }) =>
          given.events.some(({ id: other, kind }) => other === event && kind === 'return.received'),
        );
        // Says nothing about conduct, but is no event that speaks for itself.
        const [first] = given.events;
        const account = { ...first, id: eventId(999_999), seq: 0, kind: 'account.created', body: {} } as LedgerEvent;
        const input = { ...ask(given, returns), events: [account, ...given.events] };
        const more = { ...input, corrections: [...returns, { event: account.id, as: 'void' as const }] };
        const results = (verdicts: readonly Verdict[]) => verdicts.map(({ result, effect }) => ({ result, effect }));
        expect(results(verdictsOf(more))).toEqual(results(verdictsOf(input)));
      }),
      { numRuns: 150 },
    );
  });

  it('is never more than there is', () => {
    fc.assert(
      fc.property(anyLife, fc.array(fc.nat(1_000), { maxLength: 8 }), (life, picks) => {
        const given = liveJudged(life, strict);
        for (const { measure, effect } of verdictsOf(ask(given, some(given, picks)))) {
          if (effect === null) continue;
          expect(effect.step).toBeLessThan(measure.step ?? 0);
          expect(effect.until).toBeLessThanOrEqual(Math.max(measure.until, given.now));
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Three settled returns lead to a warning, two more to a restriction. */
function warnedThenRestricted() {
  const policy = compiled();
  const given = tell({ from: '2026-01-01T10:00:00Z' });
  const back = (value = 90_00) => {
    const order = given.order({ total: 100_00 });
    return given.returned({ order, value, reason: 'changed_mind' });
  };
  const first = [back(), back(), back()];
  given.later('40 days');
  const warning = begin(given, 1, propose(given, policy)[0] ?? fail());
  const second = [back(), back()];
  given.later('40 days');
  const restriction = begin(given, 2, propose(given, policy)[0] ?? fail());
  return { given, policy, first, second, warning, restriction };
}

function fail(): never {
  throw new Error('The policy was to propose something');
}

describe('an appeal', () => {
  it('against a warning whose returns were the shop’s fault takes the later restriction with it', () => {
    const { given, policy, first, second } = warnedThenRestricted();
    const corrections = [...first, ...second].map((event): Correction => ({ event: event.id, as: 'shop_fault' }));
    const { verdicts, standingThen } = whatIf(ask(given, corrections, { policy }));
    expect(verdicts.map((verdict) => verdict.result)).toEqual(['voided', 'voided']);
    expect(standingThen.standing).toBe('good');
  });

  it('reduces a later step to what would have been first without the one before, and credits the time served', () => {
    const { given, policy, first, warning } = warnedThenRestricted();
    const returned = first.slice(0, 1).map((event): Correction => ({ event: event.id, as: 'void' }));
    given.later('20 days');
    const [one, two] = verdictsOf(ask(given, returned, { policy }));
    expect([one?.measure.id, one?.result]).toEqual([warning, 'voided']);
    expect(two?.result).toBe('reduced');
    expect(two?.why).toEqual({ key: 'why.reduced.step', step: 1, was: 2 });
    const startedAt = two?.measure.startedAt ?? at('2026-01-01');
    expect(two?.effect).toEqual({
      type: 'warning',
      obligations: [],
      surfaces: [],
      step: 1,
      until: addPeriod(startedAt, days(180)),
    });
  });

  it('voids one that has ended in the record too', () => {
    const { given, policy, first, second, warning } = warnedThenRestricted();
    given.event('measure.lifted', { measure: warning, because: 'staff', by: staffId(1) });
    const corrections = [...first, ...second].map((event): Correction => ({ event: event.id, as: 'void' }));
    given.later('2 years');
    const verdicts = verdictsOf(ask(given, corrections, { policy }));
    expect(verdicts.map((each) => [each.measure.state, each.result])).toEqual([
      ['lifted', 'voided'],
      ['expired', 'voided'],
    ]);
  });

  it('leaves one standing that other evidence bears, and says why', () => {
    const { given, policy, second } = warnedThenRestricted();
    const last = second.slice(0, 1).map((event): Correction => ({ event: event.id, as: 'void' }));
    const verdicts = verdictsOf(ask(given, last, { policy }));
    expect(verdicts.map((each) => [each.result, each.why.key])).toEqual([
      ['stands', 'why.stands.untouched'],
      ['stands', 'why.stands.still_fires'],
    ]);
    expect(suggestedOutcome(verdicts, id<MeasureId>(uuid(2, 5)))).toBe('rejected');
  });

  it('counts what staff have corrected since, without being told again', () => {
    const { given, policy, first, second } = warnedThenRestricted();
    for (const event of [...first, ...second]) given.corrected(event, 'void');
    expect(verdictsOf(ask(given, [], { policy })).map((each) => each.result)).toEqual(['voided', 'voided']);
    for (const event of [...first, ...second]) given.corrected(event, 'counts');
    expect(verdictsOf(ask(given, [], { policy })).map((each) => each.result)).toEqual(['stands', 'stands']);
  });

  it('does not hold against a later measure what an earlier appeal put right', () => {
    const { given, policy, first, second } = warnedThenRestricted();
    const third = [1, 2, 3].map(() => {
      const order = given.order({ total: 100_00 });
      return given.returned({ order, value: 90_00, reason: 'changed_mind' });
    });
    given.later('40 days');
    begin(given, 3, propose(given, policy)[0] ?? fail());
    expect(third).toHaveLength(3);

    const one = ask(given, [{ event: first[0]?.id ?? fail(), as: 'void' }], { policy });
    const before = verdictsOf(one);
    expect(before.map(({ result, effect }) => [result, effect?.step])).toEqual([
      ['voided', undefined],
      ['reduced', 1],
      ['reduced', 2],
    ]);
    for (const { event, as } of one.corrections) given.event('event.corrected', { event, as, by: staffId(9) });
    for (const { kind, body } of consequencesOf(before, one)) given.event(kind, body);

    // The second measure falls as well; the first, which fell then, must not come back as the step below the third.
    const corrections = second.map((event): Correction => ({ event: event.id, as: 'void' }));
    expect(verdictsOf(ask(given, corrections, { policy })).map(({ result, effect }) => [result, effect?.step])).toEqual(
      [
        ['voided', undefined],
        ['reduced', 1],
      ],
    );
  });

  it('lifts what stands when it was too much, and what built on it stays', () => {
    const { given, policy, warning } = warnedThenRestricted();
    const verdicts = verdictsOf(ask(given, [], { policy, lift: id<MeasureId>(warning) }));
    expect(verdicts.map((each) => each.result)).toEqual(['lifted', 'stands']);
    expect(suggestedOutcome(verdicts, id<MeasureId>(warning))).toBe('upheld');
  });

  it('judges one whose policy is gone by its events alone', () => {
    const { given, first } = warnedThenRestricted();
    const other = { ...compiled(), version: 2 };
    const corrections = first.slice(0, 2).map((event): Correction => ({ event: event.id, as: 'void' }));
    const [one] = verdictsOf(ask(given, corrections, { policy: other }));
    expect([one?.result, one?.why]).toEqual(['stands', { key: 'why.stands.evidence_left', count: 1 }]);
  });
});

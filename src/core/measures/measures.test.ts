import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, staffId, tell, uuid } from '../../../test/support/events.ts';
import { english } from '../../../test/support/languages.ts';
import { obligation } from '../events/measures.ts';
import { sayObligation } from '../policy/say.ts';
import { days } from '../shared/period.ts';
import { formatInstant } from '../shared/time.ts';
import { foldMeasures, inForce } from './fold.ts';
import { asksAt, obligations } from './obligations.ts';
import { endWithTimeServed, timeServed } from './served.ts';
import { checkTransitions, measureEventKinds, measureStates, transition, transitions, whoMay } from './transitions.ts';

const MEASURE = uuid(1, 5);
const DAY = 86_400_000;

function started(until: string, over: { measure?: string; type?: 'warning' | 'restriction' | 'block' } = {}) {
  return {
    measure: over.measure ?? MEASURE,
    proposal: null,
    type: over.type ?? ('warning' as const),
    obligations: [],
    surfaces: [],
    ladder: 'returns',
    step: 1,
    rules: ['sends-most-back'],
    policyVersion: 1,
    evidence: [uuid(9)],
    until: formatInstant(at(until)),
    skipped: null,
    proposedBy: 'policy' as const,
    approvedBy: [staffId(1)],
    softened: false,
  };
}

describe('the transition table', () => {
  it('passes its own check', () => {
    expect(() => checkTransitions()).not.toThrow();
  });

  it.each([
    ['a case twice', [...transitions, ...transitions.slice(0, 1)], 'stands in the table twice'],
    [
      'a way out of voided',
      [...transitions, { from: 'voided', on: 'measure.changed', to: 'active', by: ['staff'] }],
      'leaves voided',
    ],
    ['no way to an end', transitions.filter((row) => row.on !== 'measure.expired'), 'would never end'],
    [
      'an event that never happens',
      transitions.filter((row) => row.on !== 'measure.changed'),
      'measure.changed never happens',
    ],
    [
      'a start by time',
      [{ from: 'none', on: 'measure.started', to: 'active', by: ['clock'] }, ...transitions.slice(1)],
      'it expires and suspends measures, and nothing else',
    ],
    ['nobody who may', [{ ...transitions[0], by: [] }, ...transitions.slice(1)], 'nobody may do'],
  ])('refuses %s', (_, table, message) => {
    expect(() => checkTransitions(table as typeof transitions)).toThrow(message);
  });

  it('answers every state and event: a new state or a sentence for the person who tried', () => {
    for (const state of measureStates)
      for (const kind of measureEventKinds) {
        const next = transition(state, kind);
        expect(whoMay(state, kind).length > 0).toBe(next.ok);
        if (!next.ok) expect(next.error.message).toMatch(/^The measure .+, so it cannot .+\.$/);
      }
    expect(transition('lifted', 'measure.lifted')).toMatchObject({
      ok: false,
      error: { message: 'The measure has been lifted, so it cannot be lifted.' },
    });
  });
});

describe('foldMeasures', () => {
  it('ends a measure by time, whether or not that is written', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    given.event('measure.started', started('2026-03-01'));
    expect(foldMeasures(given.events, at('2026-02-28'))[0]).toMatchObject({ state: 'active', endedAt: null });
    const unwritten = foldMeasures(given.events, at('2026-03-01'))[0];
    expect(unwritten).toMatchObject({ state: 'expired', endedAt: at('2026-03-01'), endedBecause: 'time' });
    given.on('2026-03-01T00:05:00Z').event('measure.expired', { measure: MEASURE });
    expect(foldMeasures(given.events, at('2026-03-02'))[0]).toEqual(unwritten);
  });

  it('ends what was lifted, though the clock was set back in between', () => {
    const given = tell({ from: '2026-01-01T10:00:00Z' });
    given.event('measure.started', started('2026-03-01'));
    given.event(
      'measure.lifted',
      { measure: MEASURE, because: 'staff', by: staffId(1) },
      { at: '2026-01-01T09:59:00Z' },
    );
    expect(foldMeasures(given.events, given.now)[0]).toMatchObject({ state: 'lifted', endedBecause: 'staff' });
  });

  it('takes changes, and the first of two ends', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    given.event('measure.started', started('2026-03-01'));
    given.on('2026-01-10').event('measure.changed', {
      measure: MEASURE,
      type: 'restriction',
      obligations: ['no_free_returns'],
      surfaces: [],
      until: formatInstant(at('2026-05-01')),
      by: staffId(1),
    });
    given.on('2026-02-01').event('measure.lifted', { measure: MEASURE, because: 'staff', by: staffId(1) });
    given.on('2026-02-02').event('measure.lifted', { measure: MEASURE, because: 'undo', by: staffId(2) });
    expect(foldMeasures(given.events, at('2026-06-01'))[0]).toMatchObject({
      type: 'restriction',
      state: 'lifted',
      until: at('2026-05-01'),
      endedAt: at('2026-02-01'),
      endedBecause: 'staff',
    });
    given.on('2026-06-02').event('measure.voided', { measure: MEASURE, by: staffId(2) });
    expect(foldMeasures(given.events, at('2026-06-03'))[0]).toMatchObject({
      state: 'voided',
      endedAt: at('2026-02-01'),
      endedBecause: 'voided',
    });
  });

  it('ignores what comes after the end, what has not happened yet and what has no beginning', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    given.event('measure.lifted', { measure: uuid(2, 5), because: 'staff', by: staffId(1) });
    given.event('measure.started', started('2026-02-01'));
    given.on('2026-02-05').event('measure.lifted', { measure: MEASURE, because: 'appeal', by: staffId(1) });
    given.on('2026-09-01').event('measure.started', started('2026-12-01', { measure: uuid(3, 5) }));
    expect(foldMeasures(given.events, at('2026-03-01'))).toMatchObject([
      { id: MEASURE, state: 'expired', endedBecause: 'time' },
    ]);
  });

  it('gives the same measures in whatever order the events arrive', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    for (let number = 1; number <= 4; number++) {
      given.event('measure.started', started(`2026-0${number + 1}-15`, { measure: uuid(number, 5) }));
      given.later('10 days');
    }
    given.event('measure.lifted', { measure: uuid(4, 5), because: 'earned', by: null });
    given.event('measure.voided', { measure: uuid(2, 5), by: staffId(1) });
    const now = at('2026-03-20');
    const expected = foldMeasures(given.events, now);
    fc.assert(
      fc.property(fc.shuffledSubarray(given.events, { minLength: given.events.length }), (events) => {
        expect(foldMeasures(events, now)).toEqual(expected);
      }),
    );
  });

  it('is in force from its start until just before its end', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    given.event('measure.started', started('2026-02-01'));
    const forceAt = (now: number) =>
      foldMeasures(given.events, at(formatInstant(now as never))).some((m) => inForce(m, now as never));
    expect(forceAt(at('2026-02-01') - 1)).toBe(true);
    expect(forceAt(at('2026-02-01'))).toBe(false);
  });
});

describe('time served', () => {
  it('is what passed while in force', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    given.event('measure.started', started('2026-07-01'));
    given.on('2026-01-31T00:00:00Z').event('measure.voided', { measure: MEASURE, by: staffId(1) });
    const [measure] = foldMeasures(given.events, at('2026-04-01'));
    if (measure === undefined) throw new Error('The measure is gone');
    expect(timeServed(measure, at('2026-04-01'))).toBe(30 * DAY);
    expect(endWithTimeServed([measure], days(90), at('2026-04-01'))).toBe(at('2026-05-31'));
    expect(endWithTimeServed([measure, measure], days(90), at('2026-04-01'))).toBe(at('2026-05-31'));
    expect(endWithTimeServed([measure], days(10), at('2026-04-01'))).toBeLessThan(at('2026-04-01'));
  });
});

describe('obligations', () => {
  it('each act at one surface at least, in words for the customer', () => {
    for (const name of obligation.options) {
      expect(obligations[name].surfaces.length).toBeGreaterThan(0);
      expect(sayObligation(english, name)).toMatch(/^[A-Z].+\.$/);
    }
  });

  it('only manual review follows the surfaces its measure names', () => {
    expect(asksAt('manual_review', [], 'purchase')).toBe(true);
    expect(asksAt('manual_review', ['return'], 'purchase')).toBe(false);
    expect(asksAt('manual_review', ['return'], 'return')).toBe(true);
    expect(asksAt('no_free_returns', ['purchase'], 'return')).toBe(true);
  });
});

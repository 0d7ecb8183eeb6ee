import { expect, it } from 'vitest';
import { at, type Story, staffId, tell, uuid } from '../../../test/support/events.ts';
import { compiled } from '../../../test/support/policy.ts';
import { foldMeasures } from '../measures/fold.ts';
import { buildHistory } from '../metrics/history.ts';
import { formatInstant } from '../shared/time.ts';
import { evidenceTimes } from './evidence.ts';
import { liftProgress } from './lifts.ts';

/** Progress of the one measure of a story; its step asks for 90 days without anything new and one order kept. */
function progress(given: Story, day: string) {
  const now = at(day);
  const history = buildHistory(given.events, 'EUR', now);
  const [measure] = foldMeasures(given.events, now);
  if (measure === undefined) throw new Error('The story has no measure');
  return liftProgress(measure, compiled().policy, history, evidenceTimes(history), now);
}

function warned(from: string): Story {
  const given = tell({ from });
  given.event('measure.started', {
    measure: uuid(1, 5),
    proposal: null,
    type: 'warning',
    obligations: [],
    surfaces: [],
    ladder: 'returns',
    step: 1,
    rules: ['sends-most-back'],
    policyVersion: 1,
    evidence: [],
    until: formatInstant(at('2026-12-01')),
    skipped: null,
    proposedBy: 'policy',
    approvedBy: [staffId(1)],
    softened: false,
  });
  return given;
}

it('says how far an early end is: days without anything new, and orders kept', () => {
  const given = warned('2026-01-01T00:00:00Z');
  expect(progress(given, '2026-01-11')).toEqual({ orders: { done: 0, needed: 1 }, days: { done: 10, needed: 90 } });
  given.on('2026-01-20').order();
  expect(progress(given, '2026-02-18')?.orders).toEqual({ done: 0, needed: 1 });
  expect(progress(given, '2026-02-20')?.orders).toEqual({ done: 1, needed: 1 });
});

it('begins the days anew with something new, and never says more than is asked for', () => {
  const given = warned('2026-01-01T00:00:00Z');
  const order = given.on('2026-03-01').order();
  given.on('2026-03-10').returned({ order });
  expect(progress(given, '2026-03-20')).toEqual({ orders: { done: 0, needed: 1 }, days: { done: 10, needed: 90 } });
  expect(progress(given, '2026-11-01')?.days).toEqual({ done: 90, needed: 90 });
});

it('is nothing once the measure is over', () => {
  expect(progress(warned('2026-01-01T00:00:00Z'), '2026-12-02')).toBeNull();
});

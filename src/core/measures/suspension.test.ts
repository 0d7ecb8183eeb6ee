import { describe, expect, it } from 'vitest';
import { at, type Story, staffId, tell, uuid } from '../../../test/support/events.ts';
import { formatInstant, type Instant } from '../shared/time.ts';
import { foldMeasures, inForce } from './fold.ts';
import { endIfResumed, endWithTimeServed, timeServed } from './served.ts';
import type { Measure } from './types.ts';

const DAY = 86_400_000;
const measure = uuid(1, 5);
const appeal = uuid(1, 8);

/** A restriction of a hundred days, suspended after ten and resumed after thirty, where `resumed` says so. */
function suspended(resumed: boolean): Story {
  const given = tell({ from: '2026-01-01T00:00:00Z' });
  given.event(
    'measure.started',
    {
      measure,
      proposal: null,
      type: 'restriction',
      obligations: ['returns_need_photos'],
      surfaces: [],
      ladder: 'returns',
      step: 2,
      rules: ['sends-most-back'],
      policyVersion: 1,
      evidence: [],
      until: '2026-04-11T00:00:00.000Z',
      skipped: null,
      proposedBy: 'policy',
      approvedBy: [staffId(1)],
      softened: false,
    },
    { at: '2026-01-01T00:00:00Z' },
  );
  given.event('measure.suspended', { measure, appeal }, { at: '2026-01-11T00:00:00Z' });
  if (resumed)
    given.event(
      'measure.resumed',
      { measure, appeal, until: '2026-05-01T00:00:00.000Z' },
      { at: '2026-01-31T00:00:00Z' },
    );
  return given;
}

const on = (given: Story, when: string): Measure => {
  const [found] = foldMeasures(given.events, at(when));
  if (found === undefined) throw new Error('There is no measure');
  return found;
};

describe('a suspended measure', () => {
  it('neither bites nor runs out', () => {
    const later = on(suspended(false), '2027-01-01T00:00:00Z');
    expect(later).toMatchObject({ state: 'suspended', endedAt: null });
    expect(inForce(later, at('2026-01-12T00:00:00Z'))).toBe(false);
    expect(timeServed(later, at('2027-01-01T00:00:00Z'))).toBe(10 * DAY);
  });

  it('has as much time left when it is resumed as when it was suspended', () => {
    const before = on(suspended(false), '2026-01-31T00:00:00Z');
    expect(formatInstant(endIfResumed(before, at('2026-01-31T00:00:00Z')))).toBe('2026-05-01T00:00:00.000Z');
    const given = suspended(true);
    const after = on(given, '2026-02-10T00:00:00Z');
    expect(after).toMatchObject({ state: 'active', suspendedFor: 20 * DAY });
    expect(timeServed(after, at('2026-02-10T00:00:00Z'))).toBe(20 * DAY);
    expect(on(given, '2026-05-01T00:00:00Z')).toMatchObject({ state: 'expired', endedAt: at('2026-05-01T00:00:00Z') });
  });

  it('is credited only with the time it was served when it becomes something else', () => {
    const now = at('2026-02-10T00:00:00Z');
    const served = endWithTimeServed([on(suspended(true), '2026-02-10T00:00:00Z')], { months: 0, days: 30 }, now);
    expect(served).toBe((now + 10 * DAY) as Instant);
  });

  it('can be lifted, voided or made milder, and is then suspended no more', () => {
    const given = suspended(false);
    const milder = {
      type: 'warning' as const,
      obligations: [],
      surfaces: [],
      step: 1,
      until: '2026-06-01T00:00:00.000Z',
      by: staffId(2),
    };
    given.event('measure.changed', { measure, ...milder }, { at: '2026-02-01T00:00:00Z' });
    expect(on(given, '2026-02-02T00:00:00Z')).toMatchObject({
      state: 'active',
      type: 'warning',
      step: 1,
      suspendedAt: null,
    });
    const voided = suspended(false);
    voided.event('measure.voided', { measure, by: staffId(2) }, { at: '2026-02-01T00:00:00Z' });
    expect(on(voided, '2026-02-02T00:00:00Z')).toMatchObject({ state: 'voided', suspendedAt: null });
  });
});

describe('a measure that is over', () => {
  it('can become milder in the record, and ends when it ended', () => {
    const given = suspended(true);
    const milder = {
      type: 'warning' as const,
      obligations: [],
      surfaces: [],
      step: 1,
      until: '2027-06-01T00:00:00.000Z',
      by: staffId(2),
    };
    given.event('measure.expired', { measure }, { at: '2026-05-01T00:00:00Z' });
    given.event('measure.changed', { measure, ...milder }, { at: '2026-06-01T00:00:00Z' });
    expect(on(given, '2026-07-01T00:00:00Z')).toMatchObject({
      state: 'expired',
      type: 'warning',
      step: 1,
      until: at('2026-05-01T00:00:00Z'),
      endedAt: at('2026-05-01T00:00:00Z'),
    });
  });
});

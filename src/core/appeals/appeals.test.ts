import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, eventId, type Story, staffId, tell, uuid } from '../../../test/support/events.ts';
import { laws } from '../../../test/support/laws.ts';
import type { LedgerEvent } from '../events/event.ts';
import { lawOf, noLaw } from '../law/law.ts';
import type { Measure } from '../measures/types.ts';
import { type AppealId, id, type MeasureId } from '../shared/brand.ts';
import { days, months } from '../shared/period.ts';
import { formatInstant, type Instant } from '../shared/time.ts';
import { appealUntil, dueAfterWaiting, dueAt, informationUntil, workingDaysLeft } from './deadline.ts';
import { foldAppeals, isOverdue, stateAt } from './fold.ts';
import { applyFrom, bringsNew, type Filing, filingRefusal, MOST_ROUNDS, needsNew } from './seconds.ts';
import { appealMoves, appealTransition, appealTransitions, checkAppealTransitions } from './transitions.ts';
import type { Appeal } from './types.ts';

const appeal = id<AppealId>(uuid(1, 8));
const measure = id<MeasureId>(uuid(1, 5));

describe('the table of what happens to appeals', () => {
  it('passes its own check', () => {
    expect(() => checkAppealTransitions()).not.toThrow();
  });

  it.each([
    ['a case twice', [...appealTransitions, appealTransitions[1]], 'stands in the table twice'],
    [
      'a way out of an end',
      [...appealTransitions, { from: 'rejected', on: 'taken', to: 'under_review', by: 'staff' }],
      'leaves an end',
    ],
    [
      'staff who withdraw',
      [
        ...appealTransitions.filter(({ on }) => on !== 'withdrawn'),
        { from: 'filed', on: 'withdrawn', to: 'withdrawn', by: 'staff' },
      ],
      'is for the customer to do',
    ],
    [
      'customers who decide',
      appealTransitions.map((row) => (row.on === 'upheld' ? { ...row, by: 'customer' } : row)),
      'is for the staff to do',
    ],
    [
      'an outcome nobody can reach',
      appealTransitions.filter(({ to }) => to !== 'partly_upheld'),
      'partly_upheld cannot be reached',
    ],
    [
      'one that cannot be taken back',
      appealTransitions.filter(({ on, from }) => on !== 'withdrawn' || from !== 'filed'),
      'filed cannot be withdrawn from',
    ],
    [
      'one that is filed again',
      [...appealTransitions, { from: 'filed', on: 'filed', to: 'filed', by: 'customer' }],
      'an appeal is filed once',
    ],
  ])('refuses %s', (_, table, message) => {
    expect(() => checkAppealTransitions(table as typeof appealTransitions)).toThrow(message);
  });

  it('answers every state and move: a new state, or a sentence for the person who tried', () => {
    for (const from of [
      'none',
      'filed',
      'under_review',
      'information_asked',
      'upheld',
      'partly_upheld',
      'rejected',
      'withdrawn',
    ] as const)
      for (const on of appealMoves) {
        const answer = appealTransition(from, on);
        const row = appealTransitions.find((each) => each.from === from && each.on === on);
        expect(answer.ok).toBe(row !== undefined);
        if (!answer.ok) expect(answer.error.message).toMatch(/^The appeal .+, so it cannot .+\.$/);
      }
  });
});

/** An appeal, with each step a day after the one before. */
function heard(steps: readonly ('taken' | 'asked' | 'given' | 'upheld' | 'rejected' | 'withdrawn')[]): Story {
  const given = tell({ from: '2026-03-02T10:00:00Z' });
  const due = formatInstant(at('2026-03-16T22:59:59.999Z'));
  given.event('appeal.filed', {
    appeal,
    measure,
    type: 'appeal',
    ground: 'wrong_facts',
    disputed: [eventId(7)],
    attachments: [],
    round: 1,
    language: 'nl',
    dueAt: due,
  });
  for (const step of steps) {
    given.later('1 day');
    const by = staffId(2);
    switch (step) {
      case 'taken':
        given.event('appeal.taken', { appeal, by });
        break;
      case 'asked':
        given.event('appeal.information_asked', {
          appeal,
          by,
          until: '2026-03-20T10:00:00Z',
          dueAt: '2026-03-30T10:00:00Z',
        });
        break;
      case 'given':
        given.event('appeal.information_given', { appeal, attachments: [uuid(1, 9)], dueAt: due });
        break;
      case 'withdrawn':
        given.event('appeal.withdrawn', { appeal });
        break;
      default:
        given.event('appeal.decided', { appeal, outcome: step, by, alone: false, corrections: [], measures: [] });
    }
  }
  return given;
}

const only = (given: Story): Appeal => {
  const [found] = foldAppeals(given.events);
  if (found === undefined) throw new Error('There is no appeal');
  return found;
};

describe('an appeal', () => {
  it('is what its events say, in whatever order they are read', () => {
    const given = heard(['taken', 'asked', 'given', 'upheld']);
    const expected = only(given);
    expect(expected).toMatchObject({
      state: 'upheld',
      outcome: 'upheld',
      reviewer: staffId(2),
      attachments: [uuid(1, 9)],
    });
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...given.events], { minLength: given.events.length }),
        (events: LedgerEvent[]) => {
          expect(foldAppeals(events)).toEqual([expected]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps the first of two decisions', () => {
    expect(only(heard(['taken', 'rejected', 'upheld']))).toMatchObject({ state: 'rejected', outcome: 'rejected' });
    expect(only(heard(['withdrawn', 'taken', 'upheld'])).state).toBe('withdrawn');
  });

  it('is not decided before somebody reviews it, nor rejected while the customer still has time to answer', () => {
    expect(only(heard(['rejected'])).state).toBe('filed');
    expect(only(heard(['taken', 'asked', 'rejected'])).state).toBe('information_asked');
    expect(only(heard(['taken', 'asked', 'upheld'])).state).toBe('upheld');
  });

  it('goes on by itself when nobody answers', () => {
    const given = heard(['taken', 'asked']);
    const asked = only(given);
    expect(stateAt(asked, at('2026-03-20T10:00:00Z'))).toBe('information_asked');
    expect(stateAt(asked, at('2026-03-20T10:00:01Z'))).toBe('under_review');
    given.on('2026-03-21T10:00:00Z');
    given.event('appeal.decided', {
      appeal,
      outcome: 'rejected',
      by: staffId(2),
      alone: false,
      corrections: [],
      measures: [],
    });
    expect(only(given).state).toBe('rejected');
  });

  it('is overdue from the moment after its deadline until it is closed', () => {
    const open = only(heard(['taken']));
    expect([isOverdue(open, open.dueAt), isOverdue(open, (open.dueAt + 1) as Instant)]).toEqual([false, true]);
    expect(isOverdue(only(heard(['taken', 'rejected'])), (open.dueAt + 1) as Instant)).toBe(false);
  });
});

const nl = { law: lawOf(['NL'], laws.book), zone: 'Europe/Amsterdam' };
const nowhere = { law: noLaw, zone: 'UTC' };
const procedure = { appeal: 'Write to us.', appealWithin: months(2), answerWithin: days(14) };

describe('deadlines', () => {
  it('end with a day on which the shop works', () => {
    // Fourteen days after Saturday 14 March 2026 is a Saturday: Monday it is.
    expect(formatInstant(dueAt(procedure, at('2026-03-14T10:00:00Z'), nowhere))).toBe('2026-03-30T23:59:59.999Z');
    // King's Day, 27 April 2026, is a Monday on which nobody works in the Netherlands.
    expect(formatInstant(dueAt(procedure, at('2026-04-13T10:00:00Z'), nl))).toBe('2026-04-28T21:59:59.999Z');
  });

  it('leave as long to appeal as the policy or the law gives, whichever is longer', () => {
    const from = at('2026-01-05T10:00:00Z');
    expect(formatInstant(appealUntil(procedure, from, nowhere))).toBe('2026-03-05T23:59:59.999Z');
    expect(appealUntil({ ...procedure, appealWithin: months(12) }, from, nl)).toBeGreaterThan(
      at('2027-01-05T00:00:00Z'),
    );
  });

  it('wait while a customer is asked, and never lie in the past', () => {
    const now = at('2026-03-02T10:00:00Z');
    const until = informationUntil(now, nowhere);
    expect(formatInstant(until)).toBe('2026-03-16T23:59:59.999Z');
    const due = dueAt(procedure, now, nowhere);
    expect(dueAfterWaiting(due, until - now, now, nowhere)).toBeGreaterThan(due + 13 * 86_400_000);
    expect(dueAfterWaiting(due, -90 * 86_400_000, now, nowhere)).toBeGreaterThanOrEqual(now);
  });

  it('are counted in working days: 0 is today, and below it is late', () => {
    const friday = at('2026-03-06T23:59:59.999Z');
    expect(workingDaysLeft(friday, at('2026-03-06T08:00:00Z'), nowhere)).toBe(0);
    expect(workingDaysLeft(friday, at('2026-03-02T08:00:00Z'), nowhere)).toBe(4);
    expect(workingDaysLeft(friday, at('2026-03-09T08:00:00Z'), nowhere)).toBe(-1);
    expect(workingDaysLeft(friday, at('2026-03-10T08:00:00Z'), nowhere)).toBe(-2);
  });
});

const restriction: Measure = {
  id: measure,
  type: 'restriction',
  state: 'active',
  obligations: ['returns_need_photos'],
  surfaces: [],
  ladder: null,
  step: null,
  rules: [],
  policyVersion: null,
  evidence: [],
  startedAt: at('2026-01-01T00:00:00Z'),
  until: at('2026-01-11T00:00:00Z'),
  suspendedAt: null,
  suspendedFor: 0,
  endedAt: null,
  endedBecause: null,
  approvedBy: [staffId(1)],
};
const filing = (over: Partial<Filing> = {}): Filing => ({
  type: 'appeal',
  ground: 'other',
  disputed: [],
  newFiles: false,
  ...over,
});
const until = at('2026-07-01T00:00:00Z');
const refusal = (
  over: Partial<Filing>,
  earlier: readonly Appeal[] = [],
  now: Instant = at('2026-01-02T00:00:00Z'),
  of = restriction,
) => filingRefusal(filing(over), of, earlier, until, now)?.why ?? null;

describe('what may be filed', () => {
  const rejected = only(heard(['taken', 'rejected']));

  it('is an appeal in its time, whether or not the measure has ended', () => {
    expect(refusal({})).toBeNull();
    expect(refusal({}, [], until)).toBeNull();
    expect(refusal({}, [], (until + 1) as Instant)).toBe('window-over');
    const ended = {
      ...restriction,
      state: 'lifted' as const,
      endedAt: at('2026-01-02T00:00:00Z'),
      endedBecause: 'staff' as const,
    };
    expect(refusal({}, [], at('2026-01-03T00:00:00Z'), ended)).toBeNull();
    expect(refusal({}, [], at('2026-01-03T00:00:00Z'), { ...ended, endedBecause: 'undo' })).toBe('taken-back');
    expect(refusal({}, [], at('2026-01-03T00:00:00Z'), { ...ended, state: 'voided', endedBecause: 'voided' })).toBe(
      'taken-back',
    );
  });

  it('is one at a time, and a second appeal brings a file or an event that is new', () => {
    expect(refusal({}, [only(heard(['taken']))])).toBe('appeal-open');
    expect(needsNew([rejected])).toBe(true);
    expect(needsNew([only(heard(['withdrawn']))])).toBe(false);
    expect(refusal({}, [rejected])).toBe('nothing-new');
    expect(refusal({ ground: 'not_me' }, [rejected])).toBe('nothing-new');
    expect(refusal({ disputed: [eventId(7)] }, [rejected])).toBe('nothing-new');
    expect(refusal({ disputed: [eventId(7), eventId(8)] }, [rejected])).toBeNull();
    expect(refusal({ newFiles: true }, [rejected])).toBeNull();
    expect(bringsNew(filing({ newFiles: true }), [])).toBe(true);
    expect(
      refusal(
        { newFiles: true },
        Array.from({ length: MOST_ROUNDS }, () => rejected),
      ),
    ).toBe('no-rounds-left');
  });

  it('is an application from half of its length, again a month after an answer, and for nothing that takes nothing away', () => {
    expect(formatInstant(applyFrom(restriction, []))).toBe('2026-01-06T00:00:00.000Z');
    const apply = { type: 'application' as const };
    expect(refusal(apply)).toBe('too-early');
    expect(refusal(apply, [], at('2026-01-06T00:00:00Z'))).toBeNull();
    expect(refusal(apply, [], at('2026-01-11T00:00:00Z'))).toBe('not-in-force');
    expect(refusal(apply, [], at('2026-01-06T00:00:00Z'), { ...restriction, type: 'warning' })).toBe('nothing-to-lift');
    const declined: Appeal = { ...rejected, type: 'application', decidedAt: at('2026-01-06T00:00:00Z') };
    const long = { ...restriction, until: at('2026-12-01T00:00:00Z') };
    expect(formatInstant(applyFrom({ ...long, until: at('2026-01-09T00:00:00Z') }, [declined]))).toBe(
      '2026-02-05T00:00:00.000Z',
    );
    expect(refusal({}, [declined])).toBeNull();
  });
});

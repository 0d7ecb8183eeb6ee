import { describe, expect, it } from 'vitest';
import { at, type Story, staffId, tell, uuid } from '../../../test/support/events.ts';
import { changed, compiled, smallPolicy } from '../../../test/support/policy.ts';
import { buildHistory } from '../metrics/history.ts';
import type { Instant } from '../shared/time.ts';
import { formatInstant } from '../shared/time.ts';
import { assess } from './assess.ts';
import type { Assessment } from './types.ts';

const MEASURE = uuid(1, 5);

function judge(given: Story, now: Instant | string, policy = compiled()): Assessment {
  const instant = at(now);
  return assess({ events: given.events, history: buildHistory(given.events, 'EUR', instant), policy, now: instant });
}

/** Orders of 100.00, one a week, each followed by a return of `value` four days later. */
function shopper(from: string, orders: number, value = 80_00): Story {
  const given = tell({ from });
  for (let number = 0; number < orders; number++) {
    const order = given.order({ total: 100_00 });
    given.later('4 days').returned({ order, value, reason: 'changed_mind' });
    given.later('3 days');
  }
  return given;
}

function start(given: Story, over: Record<string, unknown> = {}) {
  return given.event('measure.started', {
    measure: MEASURE,
    proposal: null,
    type: 'warning',
    obligations: [],
    surfaces: [],
    ladder: 'returns',
    step: 1,
    rules: ['sends-most-back'],
    policyVersion: 1,
    evidence: given.events.filter((event) => event.kind === 'return.received').map((event) => event.id),
    until: formatInstant(at('2026-12-01')),
    skipped: null,
    proposedBy: 'policy',
    approvedBy: [staffId(1)],
    softened: false,
    ...over,
  });
}

describe('assess: from conduct to a proposal', () => {
  it('finds nothing wrong with an ordinary customer', () => {
    const given = tell({ from: '2026-01-01T10:00:00Z' });
    given.order();
    expect(judge(given, '2026-06-01')).toMatchObject({
      standing: 'good',
      since: null,
      because: [],
      proposals: [],
      nextChangeAt: at('2027-01-31T10:00:00Z'),
    });
  });

  it('proposes the first step once the limits are reached and settled, with its whole trace', () => {
    const given = shopper('2026-01-01T10:00:00Z', 3);
    const third = given.events.at(-1)?.occurredAt ?? 0;
    const settled = third + 30 * 86_400_000;
    expect(judge(given, (settled - 1) as Instant)).toMatchObject({
      standing: 'good',
      proposals: [],
      nextChangeAt: settled,
    });
    const judged = judge(given, settled as Instant);
    expect(judged).toMatchObject({ standing: 'watched', since: settled, because: ['sends-most-back'] });
    expect(judged.proposals).toMatchObject([
      { key: 'returns:1:0', ladder: 'returns', step: 1, type: 'warning', skipped: null },
    ]);
    expect(judged.proposals[0]?.evidence).toEqual(
      given.events.filter((event) => event.kind === 'return.received').map((event) => event.id),
    );
    expect(judged.proposals[0]?.traces[0]?.conditions.map((line) => [line.measured.value, line.outcome])).toEqual([
      [0.8, true],
      [3, true],
    ]);
  });

  it('never counts what was the shop’s own fault', () => {
    const given = tell({ from: '2026-01-01T10:00:00Z' });
    for (let number = 0; number < 6; number++)
      given.returned({ order: given.order(), value: 100_00, reason: 'defect' });
    expect(judge(given, '2026-06-01')).toMatchObject({ standing: 'good', proposals: [] });
  });

  it('lets a grave rule enter higher, and says why', () => {
    const given = tell({ from: '2026-01-01T10:00:00Z' });
    given.wrote({ labels: ['threat_of_violence'] });
    expect(judge(given, '2026-01-05').proposals).toMatchObject([
      { key: 'respect:2:0', step: 2, type: 'restriction', obligations: ['official_channels_only'], skipped: 'threat' },
    ]);
  });
});

describe('assess: up the ladder', () => {
  it('gives whoever was warned the chance to change: old conduct leads nowhere', () => {
    const given = shopper('2026-01-01T10:00:00Z', 6);
    given.on('2026-03-15');
    start(given);
    expect(judge(given, '2026-04-01')).toMatchObject({
      standing: 'warned',
      since: at('2026-03-15'),
      until: at('2026-12-01'),
      proposals: [],
    });
    expect(judge(given, '2026-11-01').proposals).toEqual([]);
  });

  it('takes the next step for new conduct, when the step before has had its time', () => {
    const given = shopper('2026-01-01T10:00:00Z', 6);
    given.on('2026-03-15');
    start(given);
    const order = given.on('2026-03-16').order();
    given.on('2026-03-20').returned({ order, value: 100_00 });
    const policy = compiled(
      changed(smallPolicy, [
        'after_previous: 30 days}\n      - {do: block',
        'after_previous: 60 days}\n      - {do: block',
      ]),
    );
    expect(judge(given, '2026-05-13', policy).proposals).toEqual([]);
    expect(judge(given, '2026-05-13', policy).nextChangeAt).toBe(at('2026-05-14'));
    expect(judge(given, '2026-05-14', policy).proposals).toMatchObject([
      { key: 'returns:2:1', step: 2, type: 'restriction' },
    ]);
  });

  it('goes no further while an equal or higher step is in force', () => {
    const given = shopper('2026-01-01T10:00:00Z', 6);
    given.on('2026-03-15');
    start(given, { type: 'block', step: 3, surfaces: ['purchase'] });
    given.on('2026-04-20').returned({ order: given.order(), value: 100_00 });
    expect(judge(given, '2026-06-01')).toMatchObject({ standing: 'blocked', proposals: [] });
  });

  it('counts a softer choice as the step it was made for', () => {
    const given = shopper('2026-01-01T10:00:00Z', 6);
    given.on('2026-03-15');
    start(given, { step: 2, softened: true });
    given.on('2026-04-20').returned({ order: given.order(), value: 100_00 });
    expect(judge(given, '2026-06-01').proposals).toMatchObject([{ step: 3 }]);
  });

  it('forgets steps begun too long ago', () => {
    const forgetful = compiled(
      changed(smallPolicy, ['    title: Returns\n', '    title: Returns\n    forget_after: 6 months\n']),
    );
    const given = shopper('2026-01-01T10:00:00Z', 6);
    given.on('2026-03-15');
    start(given, { until: formatInstant(at('2026-05-01')) });
    const order = given.on('2026-04-20').order();
    given.on('2026-04-21').returned({ order, value: 100_00 });
    expect(judge(given, '2026-09-14', forgetful).proposals).toMatchObject([{ step: 2 }]);
    expect(judge(given, '2026-09-15', forgetful).proposals).toMatchObject([{ step: 1 }]);
  });

  it('holds a threat against nobody twice, and lets a new one skip the waiting', () => {
    const given = tell({ from: '2026-01-01T10:00:00Z' });
    given.wrote({ labels: ['threat_of_violence'] });
    given.on('2026-01-10');
    start(given, { ladder: 'respect', step: 1, rules: ['threatens'] });
    expect(judge(given, '2026-02-01').proposals).toEqual([]);
    given.on('2026-01-11').wrote({ labels: ['threat_of_violence'] });
    expect(judge(given, '2026-01-13').proposals).toMatchObject([{ ladder: 'respect', step: 2, skipped: null }]);
  });
});

describe('assess: answers of people', () => {
  function declined(given: Story) {
    const proposal = { proposal: uuid(1, 6), ladder: 'returns', step: 1, rules: ['sends-most-back'], by: staffId(1) };
    const evidence = given.events.filter((event) => event.kind === 'return.received').map((event) => event.id);
    given.event('proposal.declined', { ...proposal, evidence });
    return proposal;
  }

  it('does not repeat a declined proposal until there is newer evidence', () => {
    const given = shopper('2026-01-01T10:00:00Z', 4);
    given.on('2026-03-15');
    declined(given);
    expect(judge(given, '2026-04-01')).toMatchObject({ standing: 'watched', proposals: [] });
    given.on('2026-04-02').returned({ order: given.order(), value: 90_00 });
    expect(judge(given, '2026-05-10').proposals).toMatchObject([{ key: 'returns:1:1', step: 1 }]);
  });

  it('brings back a proposal that was reopened, as the same one', () => {
    const given = shopper('2026-01-01T10:00:00Z', 4);
    given.on('2026-03-15');
    given.event('proposal.reopened', declined(given));
    expect(judge(given, '2026-04-01').proposals).toMatchObject([{ key: 'returns:1:0', step: 1 }]);
  });

  it('brings back the proposal of an undone measure as the same one, and not that of a measure an appeal ended', () => {
    const given = shopper('2026-01-01T10:00:00Z', 4);
    given.on('2026-03-15');
    start(given);
    given.later('1 day').event('measure.lifted', { measure: MEASURE, because: 'undo', by: staffId(1) });
    expect(judge(given, '2026-04-01').proposals).toMatchObject([{ key: 'returns:1:0', step: 1 }]);

    const appealed = shopper('2026-01-01T10:00:00Z', 4);
    appealed.on('2026-03-15');
    start(appealed);
    appealed.later('1 day').event('measure.voided', { measure: MEASURE, by: staffId(2) });
    expect(judge(appealed, '2026-04-01')).toMatchObject({ standing: 'watched', proposals: [] });
    appealed.on('2026-04-02').returned({ order: appealed.order(), value: 90_00 });
    expect(judge(appealed, '2026-05-10').proposals).toMatchObject([{ step: 1 }]);
  });
});

describe('assess: ends', () => {
  it('lists what time has ended until that is written down', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    start(given, { until: formatInstant(at('2026-02-01')) });
    expect(judge(given, '2026-01-15')).toMatchObject({
      standing: 'warned',
      toExpire: [],
      nextChangeAt: at('2026-02-01'),
    });
    expect(judge(given, '2026-02-01')).toMatchObject({
      standing: 'good',
      since: at('2026-02-01'),
      toExpire: [MEASURE],
    });
    given.on('2026-02-02').event('measure.expired', { measure: MEASURE });
    expect(judge(given, '2026-02-03')).toMatchObject({ standing: 'good', since: at('2026-02-01'), toExpire: [] });
  });

  it('lifts early when everything the step names has been met', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    start(given);
    expect(judge(given, '2026-04-02').earnedLifts).toEqual([]);
    given.on('2026-03-10').order();
    expect(judge(given, '2026-04-08').earnedLifts).toEqual([]);
    expect(judge(given, '2026-04-08').nextChangeAt).toBe(at('2026-04-09'));
    expect(judge(given, '2026-04-09').earnedLifts).toEqual([
      { measure: MEASURE, why: 'nothing new for 90 days, and 1 order placed and kept since it began' },
    ]);
  });

  it('keeps the early end that was promised when the policy no longer knows it', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    start(given);
    given.on('2026-03-10').order();
    const now = at('2026-04-09');
    const later = compiled(
      changed(smallPolicy, ['lift: {clean_for: 90 days, orders_kept: 1}', 'lift: {clean_for: 170 days}']),
      2,
    );
    const input = { events: given.events, history: buildHistory(given.events, 'EUR', now), policy: later, now };
    expect(assess(input).earnedLifts).toEqual([]);
    const version = (number: number) => (number === 1 ? compiled() : null);
    expect(assess({ ...input, version }).earnedLifts).toMatchObject([{ measure: MEASURE }]);
  });

  it('is not put off by buying: an order that has not settled is no incident', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    start(given);
    given.on('2026-03-10').order();
    given.on('2026-04-08').order();
    expect(judge(given, '2026-04-09').earnedLifts).toHaveLength(1);
  });

  it('lets a return, settled or not, start the clean time anew, and no order count that came back', () => {
    const given = tell({ from: '2026-01-01T00:00:00Z' });
    start(given);
    const order = given.on('2026-03-10').order();
    given.on('2026-03-20').returned({ order });
    given.on('2026-03-21').order();
    expect(judge(given, '2026-06-17').earnedLifts).toEqual([]);
    expect(judge(given, '2026-06-18').earnedLifts).toHaveLength(1);
    given.on('2026-03-25').returned({ order: 'O2', value: 10_00 });
    expect(judge(given, '2026-07-01').earnedLifts).toEqual([]);
  });

  it('names the most grave rule first, and the strictest measure decides the standing', () => {
    const given = shopper('2026-01-01T10:00:00Z', 4);
    given.wrote({ labels: ['threat_of_violence'] });
    expect(judge(given, '2026-04-01').because).toEqual(['threatens', 'sends-most-back']);
    start(given, { type: 'restriction', obligations: ['no_free_returns'], step: 2 });
    start(given, { measure: uuid(2, 5), until: formatInstant(at('2027-01-01')) });
    expect(judge(given, '2026-04-01')).toMatchObject({
      standing: 'restricted',
      until: at('2026-12-01'),
      because: ['sends-most-back'],
    });
  });
});

describe('assess: watching', () => {
  const watching = compiled(
    changed(
      smallPolicy,
      ['- {do: warning, for: 180 days, lift: {clean_for: 90 days, orders_kept: 1}}', '- {do: watch, for: 60 days}'],
      ['after_previous: 30 days}\n      - {do: block', 'after_previous: 20 days}\n      - {do: block'],
    ),
  );

  it('waits for something new while it lasts', () => {
    const given = shopper('2026-01-01T10:00:00Z', 3);
    expect(judge(given, '2026-03-01', watching)).toMatchObject({ standing: 'watched', proposals: [] });
    given.on('2026-02-10').returned({ order: given.order(), value: 90_00 });
    expect(judge(given, '2026-03-20', watching).proposals).toMatchObject([
      { step: 2, type: 'restriction', key: 'returns:2:0' },
    ]);
  });

  it('begins anew when it ended quietly', () => {
    const given = shopper('2026-01-01T10:00:00Z', 3);
    given.on('2026-06-01').returned({ order: given.order(), value: 90_00 });
    expect(judge(given, '2026-08-01', watching).proposals).toEqual([]);
    given.on('2026-06-10').returned({ order: given.order(), value: 90_00 });
    expect(judge(given, '2026-08-01', watching).proposals).toMatchObject([{ step: 2 }]);
  });
});

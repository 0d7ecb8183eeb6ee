import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, type Story, staffId, tell, uuid } from '../../../test/support/events.ts';
import { changed, compiled, smallPolicy } from '../../../test/support/policy.ts';
import type { LedgerEvent } from '../events/event.ts';
import { buildHistory } from '../metrics/history.ts';
import type { CompiledPolicy } from '../policy/types.ts';
import { addPeriod, days } from '../shared/period.ts';
import { formatInstant, type Instant } from '../shared/time.ts';
import { assess } from './assess.ts';
import { type Assessment, standings } from './types.ts';

const DAY = 86_400_000;
const START = at('2026-01-01T10:00:00Z');
const watching = changed(smallPolicy, [
  '- {do: warning, for: 180 days, lift: {clean_for: 90 days, orders_kept: 1}}',
  '- {do: watch, for: 60 days}',
]);
/** Limits so low that most lives reach them: otherwise these properties would hold for want of proposals. */
const strict = (text: string) =>
  compiled(
    changed(
      text,
      ['at_least: 50 %', 'at_least: 5 %'],
      ['at_least: 3}', 'at_least: 1}'],
      ['settle: 30 days', 'settle: 5 days'],
      ['title: Returns\n', 'title: Returns\n    forget_after: 70 days\n'],
    ),
  );
const policies: readonly CompiledPolicy[] = [strict(smallPolicy), strict(watching)];

function judge(events: readonly LedgerEvent[], now: Instant, policy: CompiledPolicy): Assessment {
  return assess({ events, history: buildHistory(events, 'EUR', now), policy, now });
}

type Deed =
  | { readonly what: 'order' | 'threat' | 'void' | 'undo' | 'expired' }
  | { readonly what: 'return'; readonly value: number; readonly fault: boolean }
  | { readonly what: 'measure'; readonly step: number; readonly forDays: number }
  | { readonly what: 'decline' };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Deed>({ what: 'order' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('return' as const),
      value: fc.integer({ min: 1, max: 100_00 }),
      fault: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Deed>({ what: 'threat' }, { what: 'void' }, { what: 'undo' }, { what: 'decline' }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('measure' as const),
      step: fc.integer({ min: 1, max: 3 }),
      forDays: fc.integer({ min: 1, max: 200 }),
    }),
  },
);

const deeds = fc.array(fc.record({ after: fc.integer({ min: 0, max: 12 }), deed }), { minLength: 6, maxLength: 30 });

/** A customer's life out of random deeds; those that have nothing to act on do nothing. */
function live(life: readonly { readonly after: number; readonly deed: Deed }[]): Story {
  const given = tell({ from: START });
  let orders = 0;
  let measures = 0;
  let returned = 0;
  for (const { after, deed } of life) {
    given.later(`${after} days`);
    if (deed.what === 'order') {
      given.order({ order: `O${++orders}` });
    } else if (deed.what === 'return' && returned < orders) {
      given.returned({ order: `O${++returned}`, value: deed.value, reason: deed.fault ? 'defect' : 'changed_mind' });
    } else if (deed.what === 'threat') {
      given.wrote({ labels: ['threat_of_violence'] });
    } else if (deed.what === 'measure') {
      given.event('measure.started', {
        measure: uuid(++measures, 5),
        proposal: null,
        type: deed.step === 1 ? 'warning' : deed.step === 2 ? 'restriction' : 'block',
        obligations: deed.step === 2 ? ['no_free_returns'] : [],
        surfaces: deed.step === 3 ? ['purchase'] : [],
        ladder: 'returns',
        step: deed.step,
        rules: ['sends-most-back'],
        policyVersion: 1,
        evidence: [],
        until: formatInstant(addPeriod(given.now, days(deed.forDays))),
        skipped: null,
        proposedBy: 'policy',
        approvedBy: [staffId(1)],
        softened: false,
      });
    } else if (deed.what === 'void' && measures > 0) {
      given.event('measure.voided', { measure: uuid(measures, 5), by: staffId(1) });
    } else if (deed.what === 'undo' && measures > 0) {
      given.event('measure.lifted', { measure: uuid(measures, 5), because: 'undo', by: staffId(1) });
    } else if (deed.what === 'decline') {
      const evidence = given.events.filter((event) => event.kind === 'return.received').map((event) => event.id);
      given.event('proposal.declined', {
        proposal: uuid(given.events.length, 6),
        ladder: 'returns',
        step: 1,
        rules: [],
        evidence,
        by: staffId(1),
      });
    }
  }
  return given;
}

/** All that people see and workflows act on. A proposal's end is counted from the day it is looked at, so it is left out. */
function essence(judged: Assessment) {
  return {
    ...judged,
    proposals: judged.proposals.map(({ until: _, traces, ...rest }) => ({
      ...rest,
      rules: traces.map((trace) => trace.rule.id),
    })),
    traces: judged.traces.map((trace) => ({
      outcome: trace.outcome,
      conditions: trace.conditions.map((line) => [line.measured.value, line.outcome, line.measured.evidence]),
    })),
  };
}

const moment = fc.integer({ min: 20, max: 220 }).map((day) => (START + day * DAY + 3_600_000) as Instant);
const policy = fc.constantFrom(...policies);

describe('assess, for any life of a customer', () => {
  it('finds something in most of the lives tried here', () => {
    const lives = fc.sample(fc.tuple(deeds, moment, policy), { numRuns: 200, seed: 1 });
    const judged = lives.map(([life, now, rules]) => judge(live(life).events, now, rules));
    expect(judged.filter((one) => one.proposals.length > 0).length).toBeGreaterThan(50);
    expect(judged.filter((one) => one.measures.length > 0).length).toBeGreaterThan(120);
  });

  it('does not depend on the order in which events arrive', () => {
    fc.assert(
      fc.property(deeds, moment, policy, fc.infiniteStream(fc.nat()), (life, now, rules, random) => {
        const { events } = live(life);
        const shuffled = [...events].sort(() => ((random.next().value as number) % 2 === 0 ? 1 : -1));
        expect(judge(shuffled, now, rules)).toEqual(judge(events, now, rules));
      }),
      { numRuns: 300 },
    );
  });

  it('stays as it is until the instant it names, and names one in the future', () => {
    fc.assert(
      fc.property(deeds, moment, policy, fc.constantFrom(0.1, 0.5, 0.9, 1), (life, now, rules, where) => {
        const { events } = live(life);
        const judged = judge(events, now, rules);
        const until = judged.nextChangeAt ?? ((now + 3_000 * DAY) as Instant);
        expect(until).toBeGreaterThan(now);
        const later = Math.min(until - 1, Math.floor(now + (until - now) * where)) as Instant;
        expect(essence(judge(events, later, rules))).toEqual(essence(judged));
      }),
      { numRuns: 1_500 },
    );
  });

  it('is never made worse by a good order', () => {
    fc.assert(
      fc.property(deeds, moment, moment, policy, (life, now, ordered, rules) => {
        const given = live(life);
        const before = judge(given.events, now, rules);
        given.order({ order: 'a good one', at: ordered });
        const after = judge(given.events, now, rules);
        expect(standings.indexOf(after.standing)).toBeLessThanOrEqual(standings.indexOf(before.standing));
        for (const proposal of after.proposals) {
          const was = before.proposals.find((earlier) => earlier.ladder === proposal.ladder);
          expect(was?.step).toBeGreaterThanOrEqual(proposal.step);
        }
        expect(after.earnedLifts.length).toBeGreaterThanOrEqual(before.earnedLifts.length);
      }),
      { numRuns: 400 },
    );
  });

  it('gives by replay what it gave day by day, whoever wrote down in between what time had ended', () => {
    fc.assert(
      fc.property(deeds, policy, (life, rules) => {
        const told = live(life).events;
        const written: LedgerEvent[] = [];
        let seq = told.length;
        for (let day = 0; day < 500; day += 20) {
          const now = (START + day * DAY) as Instant;
          const known = [...told, ...written].filter((event) => event.occurredAt <= now);
          const incremental = judge(known, now, rules);
          const { toExpire: _, ...replayed } = judge([...told, ...written], now, rules);
          const { toExpire, ...live } = incremental;
          expect(essence({ ...replayed, toExpire: [], nextChangeAt: null })).toEqual(
            essence({ ...live, toExpire: [], nextChangeAt: null }),
          );
          for (const measure of toExpire) {
            seq += 1;
            const writer = tell({ from: now });
            const event = writer.event('measure.expired', { measure });
            written.push({ ...event, seq });
          }
          expect(judge([...known, ...written], now, rules).toExpire).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

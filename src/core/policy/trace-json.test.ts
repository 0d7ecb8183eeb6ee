import { expect, expectTypeOf, it } from 'vitest';
import { eventId } from '../../../test/support/events.ts';
import { compiled } from '../../../test/support/policy.ts';
import { MOST_TRACED, type RuleTraceBody, ruleTrace } from '../events/traces.ts';
import type { EventId } from '../shared/brand.ts';
import { boundedTrace, type RuleTraceJson, ruleTraceJson } from './trace-json.ts';

const ids = (many: number): EventId[] => Array.from({ length: many }, (_, index) => eventId(index + 1));

function traced(evidence: number, excluded: number): RuleTraceJson {
  const policy = compiled();
  const [trace] = policy.evaluate(
    policy.requests.map(() => ({
      value: 1,
      part: 3,
      whole: 4,
      evidence: ids(evidence),
      excluded: ids(excluded).map((event, index) => ({
        event,
        because: index % 3 === 0 ? ('shop_fault' as const) : ('not_settled' as const),
      })),
    })),
  );
  if (trace === undefined) throw new Error('The policy has no rules');
  return ruleTraceJson(trace);
}

it('is what an event of a proposal keeps', () => {
  expectTypeOf<RuleTraceJson>().toExtend<RuleTraceBody>();
  for (const trace of [traced(0, 0), traced(3, 2), boundedTrace(traced(5_000, 5_000))])
    expect(ruleTrace.parse(trace)).toEqual(trace);
});

it('is kept as it is when it names few events', () => {
  const trace = traced(MOST_TRACED, MOST_TRACED);
  expect(boundedTrace(trace)).toEqual(trace);
});

it('names the newest of many events, and says how many there are', () => {
  const [line] = boundedTrace(traced(1_000, 301)).conditions;
  expect(line?.evidence).toEqual(ids(1_000).slice(-MOST_TRACED));
  expect(line?.evidenceCount).toBe(1_000);
  expect(line?.excluded).toHaveLength(MOST_TRACED);
  expect(line?.excluded.at(-1)?.event).toBe(eventId(301));
  expect(line?.excludedCounts).toEqual({ shop_fault: 101, not_settled: 200 });
});

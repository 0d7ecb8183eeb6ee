import { compilePolicy } from '../../src/core/policy/compile.ts';
import type { RuleTrace } from '../../src/core/policy/types.ts';
import { alternate, type Figure } from '../harness.ts';
import { evaluateByHand } from './closures.ts';
import { factsOf, jsonRulesEngine, zenEngine } from './peers.ts';
import { conditions, customers, policy } from './policy.ts';

const COUNT = 1_000;

/**
 * Rule evaluation with full reasons: ours against hand-written closures (the limit) and two rule engines (peers).
 * Throws unless all four agree about every customer, and ours and the closures about every reason.
 */
export async function benchRules(): Promise<readonly Figure[]> {
  const compiled = compilePolicy(policy, 1);
  const people = customers(COUNT);
  const order = compiled.requests.map((request) => conditions.findIndex((c) => c.request.metric === request.metric));
  const values = people.map((person) => order.map((index) => person[index] ?? never(index)));
  const facts = people.map(factsOf);
  const json = jsonRulesEngine();
  const zen = zenEngine();

  for (let index = 0; index < COUNT; index++) {
    const ours = compiled.evaluate(values[index] ?? []);
    const limit = evaluateByHand(people[index] ?? []);
    agree(index, 'the closures', describe(ours), describe(limit));
    const fired = firedBy(ours);
    agree(index, 'json-rules-engine', fired, [...(await json(facts[index] ?? {}))].sort().join());
    agree(index, 'zen-engine', fired, [...(await zen(facts[index] ?? {}))].sort().join());
  }

  const few = facts.slice(0, 200);
  const [ours, limit, jsonRules, zenRules] = await alternate([
    { name: 'Evenhand', operations: COUNT, run: () => values.forEach((v) => void compiled.evaluate(v)) },
    { name: 'hand-written closures', operations: COUNT, run: () => people.forEach((v) => void evaluateByHand(v)) },
    {
      name: 'json-rules-engine 7',
      operations: few.length,
      run: async () => {
        for (const f of few) await json(f);
      },
    },
    {
      name: '@gorules/zen-engine',
      operations: few.length,
      run: async () => {
        for (const f of few) await zen(f);
      },
    },
  ]);
  if (!ours || !limit || !jsonRules || !zenRules) throw new Error('A contestant is missing');
  const group = 'Rules: 12 conditions with full reasons';
  const unit = 'evaluations/s';
  return [
    { group, name: 'Evenhand', value: ours.perSecond, unit },
    {
      group,
      name: `÷ ${limit.name}`,
      value: limit.perSecond,
      unit,
      ratio: ours.perSecond / limit.perSecond,
      goal: { atLeast: 0.6 },
    },
    {
      group,
      name: `÷ ${jsonRules.name}`,
      value: jsonRules.perSecond,
      unit,
      ratio: ours.perSecond / jsonRules.perSecond,
      goal: { atLeast: 200 },
    },
    {
      group,
      name: `÷ ${zenRules.name}`,
      value: zenRules.perSecond,
      unit,
      ratio: ours.perSecond / zenRules.perSecond,
      goal: { atLeast: 100 },
    },
  ];
}

function firedBy(traces: readonly RuleTrace[]): string {
  return traces
    .filter((trace) => trace.outcome === true)
    .map((trace) => trace.rule.id)
    .sort()
    .join();
}

function describe(traces: readonly RuleTrace[]): string {
  return JSON.stringify(
    traces.map((trace) => [
      trace.rule.id,
      trace.outcome,
      trace.conditions.map((c) => [c.condition.request.metric, c.condition.threshold, c.measured.value, c.outcome]),
    ]),
  );
}

function agree(customer: number, peer: string, ours: string, theirs: string): void {
  if (ours !== theirs) throw new Error(`Customer ${customer}: Evenhand and ${peer} disagree: ${ours} / ${theirs}`);
}

function never(index: number): never {
  throw new Error(`The policy asks for something the bench has no value for (${index})`);
}

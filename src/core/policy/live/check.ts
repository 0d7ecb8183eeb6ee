import type { ParsedPolicy } from '../parse.ts';
import type { Path } from '../problem.ts';
import { readThreshold } from '../thresholds.ts';
import type { Policy } from '../types.ts';
import type { LiveTestDocument } from './document.ts';
import { parseDuration } from './duration.ts';
import { compileLive } from './evaluate.ts';
import type { CompiledLiveRule, CountedFact, LiveFacts, LiveIdentifier, LiveObservation } from './types.ts';

export interface LiveTestRun {
  readonly passed: number;
  readonly failures: readonly { readonly path: Path; readonly message: string }[];
}

/** Runs the tests that stand beside live rules. */
export function runLiveTests({ policy, document }: ParsedPolicy): LiveTestRun {
  const failures: { path: Path; message: string }[] = [];
  let passed = 0;
  const compiled = compileLive(policy.live, policy.currency);
  const judges = new Map(
    Object.values(compiled.at).flatMap((rules) => rules.map((each) => [each.rule.id, each] as const)),
  );
  document.live?.forEach((rule, index) => {
    const judge = judges.get(rule.id);
    if (judge === undefined) throw new Error(`The live rule ${rule.id} was read and is judged nowhere`);
    rule.tests?.forEach((test, number) => {
      const failure = runTest(test, judge, policy, ['live', index, 'tests', number]);
      if (failure === null) passed += 1;
      else failures.push(failure);
    });
  });
  return { passed, failures };
}

function runTest(
  test: LiveTestDocument,
  { judge, observe }: CompiledLiveRule,
  policy: Policy,
  path: Path,
): { path: Path; message: string } | null {
  const facts = factsOf(test, policy, path);
  if ('path' in facts) return facts;
  const outcome = judge(facts);
  if ((outcome === true) === test.expect.fires) return null;
  const why = test.expect.fires
    ? `the rule does not fire${outcome === null ? ', because something is unknown' : ''}.`
    : 'the rule fires.';
  return {
    path: [...path, 'expect', 'fires'],
    message: `The test "${test.name}" fails: ${why} ${observe(facts).map(describe).join('; ')}.`,
  };
}

function factsOf(
  { given }: LiveTestDocument,
  { currency }: Policy,
  path: Path,
): LiveFacts | { path: Path; message: string } {
  const value = given.order_value === undefined ? null : readThreshold(given.order_value, 'money', currency);
  if (value !== null && !value.ok)
    return { path: [...path, 'given', 'order_value'], message: `The value of the order: ${value.error}.` };
  const happened: { what: CountedFact; per: LiveIdentifier; times: number; ago: number }[] = [];
  for (const [index, { what, per, times, ago }] of (given.happened ?? []).entries()) {
    const length = ago === undefined ? null : parseDuration(ago);
    if (length !== null && !length.ok)
      return { path: [...path, 'given', 'happened', index, 'ago'], message: `${length.error}.` };
    happened.push({ what, per, times, ago: length === null ? 0 : length.value });
  }
  return {
    orderValue: value === null ? null : value.value,
    orderCurrency: currency,
    orderItems: given.order_items ?? null,
    firstOrder: given.first_order ?? null,
    disposableEmail: given.disposable_email ?? null,
    hostingNetwork: given.hosting_network ?? null,
    countriesDiffer: given.countries_differ ?? null,
    count(fact, per, withinMs) {
      if (!happened.some((each) => each.per === per)) return null;
      let count = fact === 'attempts' ? 1 : 0;
      for (const each of happened)
        if (each.what === fact && each.per === per && each.ago < withinMs) count += each.times;
      return count;
    },
  };
}

function describe({ condition, value }: LiveObservation): string {
  const known = value === null ? 'unknown' : String(value);
  if (condition.kind === 'plain') return `${condition.fact} is ${known}`;
  const limit = `${condition.comparison.replaceAll('_', ' ')} ${condition.threshold}`;
  const by = condition.kind === 'counted' ? ` per ${condition.per}` : '';
  return `${condition.fact}${by} is ${known} (${limit})`;
}

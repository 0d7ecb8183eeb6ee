import type { MetricRequest, MetricValue } from '../metrics/types.ts';
import { assertNever } from '../shared/assert-never.ts';
import { formatPeriod } from '../shared/period.ts';
import type {
  Comparison,
  CompiledPolicy,
  Condition,
  ConditionTrace,
  Expression,
  Policy,
  Rule,
  RuleTrace,
  Truth,
} from './types.ts';

/**
 * Compiles a policy once into flat tables, so that judging a customer is one loop over numbers. Each distinct request is
 * measured once, however many conditions share it. `version` is the published number, null for a draft.
 */
export function compilePolicy(policy: Policy, version: number | null): CompiledPolicy {
  const requests: MetricRequest[] = [];
  const slots = new Map<string, number>();
  const slotOf = (request: MetricRequest): number => {
    const key = requestKey(request);
    const known = slots.get(key);
    if (known !== undefined) return known;
    slots.set(key, requests.length);
    return requests.push(request) - 1;
  };
  const programs = policy.rules.map((rule) => compileRule(rule, slotOf));
  return {
    policy,
    version,
    requests,
    evaluate(values) {
      if (values.length !== requests.length)
        throw new Error(`The policy asks for ${requests.length} values and got ${values.length}`);
      const traces: RuleTrace[] = [];
      for (let index = 0; index < programs.length; index++) traces.push(run(programs[index] as Program, values));
      return traces;
    },
  };
}

/** The same text for requests that measure the same thing. */
export function requestKey(request: MetricRequest): string {
  const window = request.window === null ? 'ever' : formatPeriod(request.window);
  return `${request.metric}|${window}|${formatPeriod(request.settle)}|${[...request.exclude].sort().join(',')}`;
}

/** How the conditions of a rule hang together. Almost all rules are a plain list, which needs no tree. */
type Shape = 'all' | 'any' | 'tree';

interface Program {
  readonly rule: Rule;
  readonly shape: Shape;
  readonly tree: Node | null;
  readonly conditions: readonly Condition[];
  readonly slots: Int32Array;
  readonly comparisons: Uint8Array;
  readonly thresholds: Float64Array;
}

const AT_LEAST = 0;
const MORE_THAN = 1;
const AT_MOST = 2;
const LESS_THAN = 3;
const codes: Readonly<Record<Comparison, number>> = {
  at_least: AT_LEAST,
  more_than: MORE_THAN,
  at_most: AT_MOST,
  less_than: LESS_THAN,
  exactly: 4,
};

function compileRule(rule: Rule, slotOf: (request: MetricRequest) => number): Program {
  const conditions: Condition[] = [];
  const tree = number(rule.when, conditions);
  const leaves = tree.children.every((child) => child.kind === 'leaf');
  const shape: Shape = leaves && tree.kind === 'all' ? 'all' : leaves && tree.kind === 'any' ? 'any' : 'tree';
  return {
    rule,
    shape,
    tree: shape === 'tree' ? tree : null,
    conditions,
    slots: Int32Array.from(conditions, (condition) => slotOf(condition.request)),
    comparisons: Uint8Array.from(conditions, (condition) => codes[condition.comparison]),
    thresholds: Float64Array.from(conditions, (condition) => condition.threshold),
  };
}

/** One shape for every node, so that the walk stays monomorphic. */
interface Node {
  readonly kind: 'all' | 'any' | 'not' | 'leaf';
  readonly children: readonly Node[];
  readonly condition: number;
}

function number(expression: Expression, conditions: Condition[]): Node {
  if ('condition' in expression)
    return { kind: 'leaf', children: [], condition: conditions.push(expression.condition) - 1 };
  if ('not' in expression) return { kind: 'not', children: [number(expression.not, conditions)], condition: -1 };
  if ('all' in expression)
    return { kind: 'all', children: expression.all.map((child) => number(child, conditions)), condition: -1 };
  return { kind: 'any', children: expression.any.map((child) => number(child, conditions)), condition: -1 };
}

function run(program: Program, values: readonly MetricValue[]): RuleTrace {
  const { conditions, slots, comparisons, thresholds } = program;
  const traces: ConditionTrace[] = [];
  let someFalse = false;
  let someTrue = false;
  let someUnknown = false;
  for (let index = 0; index < conditions.length; index++) {
    const measured = values[slots[index] as number] as MetricValue;
    const outcome = compare(measured.value, comparisons[index] as number, thresholds[index] as number);
    if (outcome === null) someUnknown = true;
    else if (outcome) someTrue = true;
    else someFalse = true;
    traces.push({ condition: conditions[index] as Condition, measured, outcome });
  }
  const outcome =
    program.tree !== null
      ? judge(program.tree, traces)
      : program.shape === 'all'
        ? someFalse
          ? false
          : someUnknown
            ? null
            : true
        : someTrue
          ? true
          : someUnknown
            ? null
            : false;
  return { rule: program.rule, outcome, conditions: traces };
}

function compare(value: number | null, comparison: number, threshold: number): Truth {
  if (value === null) return null;
  switch (comparison) {
    case AT_LEAST:
      return value >= threshold;
    case MORE_THAN:
      return value > threshold;
    case AT_MOST:
      return value <= threshold;
    case LESS_THAN:
      return value < threshold;
    default:
      return value === threshold;
  }
}

/** Kleene: false decides an "all" and true an "any" whatever is unknown; nothing known about it leaves "not" unknown. */
function judge(node: Node, traces: readonly ConditionTrace[]): Truth {
  switch (node.kind) {
    case 'leaf':
      return (traces[node.condition] as ConditionTrace).outcome;
    case 'not': {
      const inner = judge(node.children[0] as Node, traces);
      return inner === null ? null : !inner;
    }
    case 'all':
    case 'any': {
      const decisive = node.kind === 'any';
      let outcome: Truth = !decisive;
      for (let index = 0; index < node.children.length; index++) {
        const child = judge(node.children[index] as Node, traces);
        if (child === decisive) return decisive;
        if (child === null) outcome = null;
      }
      return outcome;
    }
    default:
      return assertNever(node.kind);
  }
}

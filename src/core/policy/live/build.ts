import { obligations as catalogue } from '../../events/obligations.ts';
import type { Report } from '../build.ts';
import type { Path } from '../problem.ts';
import { readThreshold } from '../thresholds.ts';
import type { Comparison } from '../types.ts';
import type { LiveExpressionDocument, LiveRuleDocument } from './document.ts';
import { parseDuration } from './duration.ts';
import {
  type CountedFact,
  countedFacts,
  type LiveCondition,
  type LiveExpression,
  type LiveFactName,
  type LiveIdentifier,
  type LiveRule,
  type NumberFact,
  numberFacts,
  type PlainFact,
} from './types.ts';

const DEEPEST = 6;
const NOTHING: LiveExpression = { any: [] };
const comparisons = [
  'at_least',
  'more_than',
  'at_most',
  'less_than',
  'exactly',
] as const satisfies readonly Comparison[];

/** Makes live rules out of a document of the right shape. What cannot be read is reported, and the rules are then not for use. */
export function buildLive(
  rules: readonly LiveRuleDocument[],
  otherIds: readonly string[],
  currency: string | null,
  report: Report,
): readonly LiveRule[] {
  refuseTaken(rules, otherIds, report);
  return rules.map((rule, index) => {
    const path = ['live', index];
    const surfaces = [...new Set(rule.surfaces ?? (['purchase'] as const))];
    const obligations = [...new Set(rule.obligations ?? [])];
    checkAnswer(rule.answer, surfaces, obligations, path, report);
    return {
      id: rule.id,
      title: rule.title,
      because: rule.because,
      surfaces,
      when: buildExpression(rule.when, [...path, 'when'], 1, currency, report),
      answer: rule.answer,
      obligations,
    };
  });
}

/** Every record of a decision names its rule, so no two may have one name. */
function refuseTaken(rules: readonly LiveRuleDocument[], otherIds: readonly string[], report: Report): void {
  const taken = new Map<string, string>(otherIds.map((id) => [id, 'a rule']));
  rules.forEach(({ id }, index) => {
    const by = taken.get(id);
    if (by !== undefined)
      report(['live', index, 'id'], `"${id}" is already the name of ${by}; every one needs its own.`);
    taken.set(id, `number ${index + 1} of the live rules`);
  });
}

function checkAnswer(
  answer: LiveRule['answer'],
  surfaces: LiveRule['surfaces'],
  obligations: LiveRule['obligations'],
  path: Path,
  report: Report,
): void {
  if (answer === 'review') {
    if (obligations.length > 0)
      report(
        [...path, 'obligations'],
        'A review asks nothing of the customer: remove "obligations", or answer challenge.',
      );
    return;
  }
  for (const [index, name] of obligations.entries()) {
    const entry = catalogue[name];
    if (entry.asks === 'review')
      report([...path, 'obligations', index], `"${name}" lets a person look: write "answer: review" instead.`);
    else if (!entry.surfaces.some((where) => surfaces.includes(where)))
      report(
        [...path, 'obligations', index],
        `"${name}" is asked for at ${entry.surfaces.join(' and ')}, where this rule is not judged.`,
      );
  }
}

function buildExpression(
  node: LiveExpressionDocument,
  path: Path,
  depth: number,
  currency: string | null,
  report: Report,
): LiveExpression {
  if (depth > DEEPEST) {
    report(path, `Conditions are nested too deeply: at most ${DEEPEST} levels, so that people can follow them.`);
    return NOTHING;
  }
  const forms = (['all', 'any', 'not', 'fact'] as const).filter((form) => node[form] !== undefined);
  const [form] = forms;
  if (form === undefined || forms.length > 1) {
    report(
      path,
      form === undefined
        ? 'A condition of a live rule needs one of "fact", "all", "any" or "not".'
        : `A condition is one of "fact", "all", "any" or "not"; here stand ${forms.map((name) => `"${name}"`).join(' and ')}. Put one inside the other.`,
    );
    return NOTHING;
  }
  if (node.fact !== undefined) return buildCondition(node, node.fact, path, currency, report);
  const stray = Object.keys(node).filter((key) => key !== form);
  if (stray.length > 0)
    report(
      [...path, stray[0] ?? ''],
      `"${stray.join('", "')}" belongs to a condition with a fact, not beside "${form}".`,
    );
  const below = (child: LiveExpressionDocument, ...where: Path) =>
    buildExpression(child, [...path, ...where], depth + 1, currency, report);
  if (node.all !== undefined) return { all: node.all.map((child, index) => below(child, 'all', index)) };
  if (node.any !== undefined) return { any: node.any.map((child, index) => below(child, 'any', index)) };
  return node.not === undefined ? NOTHING : { not: below(node.not, 'not') };
}

const isCounted = (fact: LiveFactName): fact is CountedFact => countedFacts.some((name) => name === fact);
const isNumber = (fact: LiveFactName): fact is NumberFact => numberFacts.some((name) => name === fact);

function buildCondition(
  node: LiveExpressionDocument,
  fact: LiveFactName,
  path: Path,
  currency: string | null,
  report: Report,
): LiveExpression {
  if (!isCounted(fact))
    for (const key of ['per', 'within'] as const)
      if (node[key] !== undefined)
        report([...path, key], `"${fact}" is about this moment alone: "${key}" belongs to ${countedFacts.join(', ')}.`);
  if (!isCounted(fact) && !isNumber(fact)) return plain(node, fact, path, report);
  const limit = readLimit(node, fact, path, currency, report);
  if (limit === null) return NOTHING;
  if (isNumber(fact)) return { condition: { kind: 'number', fact, ...limit } };
  const within = readWindow(node.within, fact, path, report);
  const per: LiveIdentifier | undefined = node.per;
  if (per === undefined) report(path, `"${fact}" is counted by something: add "per", for example "per: email".`);
  if (within === null || per === undefined) return NOTHING;
  return { condition: { kind: 'counted', fact, per, withinMs: within, ...limit } };
}

function plain(node: LiveExpressionDocument, fact: PlainFact, path: Path, report: Report): LiveExpression {
  const stray = comparisons.find((key) => node[key] !== undefined);
  if (stray !== undefined)
    report([...path, stray], `"${fact}" is so or is not so; remove "${stray}". For the opposite, put it under "not".`);
  return { condition: { kind: 'plain', fact } };
}

function readLimit(
  node: LiveExpressionDocument,
  fact: CountedFact | NumberFact,
  path: Path,
  currency: string | null,
  report: Report,
): Pick<Extract<LiveCondition, { kind: 'number' }>, 'comparison' | 'threshold'> | null {
  const given = comparisons.filter((comparison) => node[comparison] !== undefined);
  const [comparison] = given;
  const written = comparison === undefined ? undefined : node[comparison];
  if (comparison === undefined || written === undefined || given.length > 1) {
    report(
      path,
      comparison === undefined
        ? `The condition on "${fact}" has no limit: add for example "at_least".`
        : `The condition on "${fact}" has ${given.length} limits; write one condition for each, under "all".`,
    );
    return null;
  }
  const threshold = readThreshold(written, fact === 'order_value' ? 'money' : 'count', currency);
  if (threshold.ok) return { comparison, threshold: threshold.value };
  report([...path, comparison], `The limit for "${fact}": ${threshold.error}.`);
  return null;
}

function readWindow(written: string | undefined, fact: CountedFact, path: Path, report: Report): number | null {
  if (written === undefined) {
    report(path, `"${fact}" is counted in a window: add "within", for example "within: 1 hour".`);
    return null;
  }
  const read = parseDuration(written);
  if (read.ok) return read.value;
  report([...path, 'within'], `${read.error}.`);
  return null;
}

import type { MetricRequest } from '../metrics/types.ts';
import { isCurrency } from '../shared/money.ts';
import { approximateDays, days, months, type Period, parsePeriod } from '../shared/period.ts';
import type {
  ExpressionDocument,
  LadderDocument,
  PolicyDocument,
  RuleDocument,
  StepDocument,
  TranslationDocument,
} from './document.ts';
import { buildLive } from './live/build.ts';
import { didYouMean } from './nearest.ts';
import type { FairnessRule, Path } from './problem.ts';
import { readThreshold } from './thresholds.ts';
import type { Comparison, Expression, Ladder, Policy, PolicyTexts, Rule, Step } from './types.ts';
import { unitOf } from './vocabulary.ts';

/** Conditions inside conditions beyond this are not something a customer could follow. */
export const DEEPEST_CONDITION = 6;
const FORGET_AFTER = months(24);
const comparisons = [
  'at_least',
  'more_than',
  'at_most',
  'less_than',
  'exactly',
] as const satisfies readonly Comparison[];

export type Report = (path: Path, message: string, rule?: FairnessRule) => void;

/**
 * Makes the policy out of a document of the right shape: reads units and periods, resolves names.
 * What cannot be read is reported; the policy is then for linting what can be read, never for use.
 */
export function buildPolicy(document: PolicyDocument, report: Report): Policy {
  const currency = document.currency ?? null;
  if (currency !== null && !isCurrency(currency))
    report(['currency'], `"${currency}" is not a currency; write an ISO 4217 code such as EUR.`);
  const known = currency !== null && isCurrency(currency) ? currency : null;
  refuseDuplicates(document.rules, 'rules', report);
  refuseDuplicates(document.ladders, 'ladders', report);
  const ladderIds = document.ladders.map((ladder) => ladder.id);
  const rules = document.rules.map((rule, index) => {
    if (!ladderIds.includes(rule.ladder))
      report(
        ['rules', index, 'ladder'],
        `There is no ladder "${rule.ladder}" in this policy.${didYouMean(rule.ladder, ladderIds)}`,
      );
    return buildRule(rule, ['rules', index], known, report);
  });
  const ruleIds = document.rules.map((rule) => rule.id);
  const procedure = document.procedure;
  const language = document.language ?? 'en';
  return {
    language,
    translations: buildTranslations(document, language, report),
    name: document.name,
    introduction: document.introduction,
    currency,
    rules,
    ladders: document.ladders.map((ladder, index) => buildLadder(ladder, ['ladders', index], report)),
    live: buildLive(document.live ?? [], ruleIds, known, report),
    procedure: {
      appeal: procedure.appeal,
      appealWithin: readPeriod(procedure.appeal_within, ['procedure', 'appeal_within'], report),
      answerWithin: readPeriod(procedure.answer_within, ['procedure', 'answer_within'], report),
    },
  };
}

function buildTranslations(document: PolicyDocument, language: string, report: Report): Policy['translations'] {
  const entries = Object.entries(document.translations ?? {});
  for (const [code, texts] of entries) {
    const path = ['translations', code];
    if (code === language)
      report(
        path,
        `The policy itself is in "${code}": a translation is into another language, or "language" is wrong.`,
      );
    refuseUnknownIds(texts.rules, document.rules, 'rule', [...path, 'rules'], report);
    refuseUnknownIds(texts.ladders, document.ladders, 'ladder', [...path, 'ladders'], report);
    refuseUnknownIds(texts.live, document.live ?? [], 'live rule', [...path, 'live'], report);
    for (const rule of document.rules)
      if (texts.rules?.[rule.id]?.advice !== undefined && (rule.advice === undefined || rule.advice === ''))
        report([...path, 'rules', rule.id, 'advice'], `The rule "${rule.id}" has no advice to translate.`);
  }
  return Object.fromEntries(entries.map(([code, texts]) => [code, buildTexts(texts)]));
}

function refuseUnknownIds(
  translated: Readonly<Record<string, unknown>> | undefined,
  list: readonly { readonly id: string }[],
  noun: string,
  path: Path,
  report: Report,
): void {
  const known = list.map(({ id }) => id);
  for (const id of Object.keys(translated ?? {}))
    if (!known.includes(id))
      report([...path, id], `There is no ${noun} "${id}" in this policy.${didYouMean(id, known)}`);
}

function buildTexts({
  name,
  introduction,
  rules = {},
  ladders = {},
  live = {},
  procedure,
}: TranslationDocument): PolicyTexts {
  return {
    name: name ?? null,
    introduction: introduction ?? null,
    rules: Object.fromEntries(
      Object.entries(rules).map(([id, { title, because, advice }]) => [
        id,
        { title: title ?? null, because: because ?? null, advice: advice ?? null },
      ]),
    ),
    ladders: Object.fromEntries(Object.entries(ladders).map(([id, { title }]) => [id, { title: title ?? null }])),
    live: Object.fromEntries(
      Object.entries(live).map(([id, { title, because }]) => [id, { title: title ?? null, because: because ?? null }]),
    ),
    appeal: procedure?.appeal ?? null,
  };
}

function buildRule(rule: RuleDocument, path: Path, currency: string | null, report: Report): Rule {
  const defaults: Defaults = {
    settle: rule.settle === undefined ? days(0) : readPeriod(rule.settle, [...path, 'settle'], report, true),
    exclude: rule.leave_out ?? [],
    currency,
  };
  return {
    id: rule.id,
    conduct: rule.conduct,
    title: rule.title,
    because: rule.because,
    advice: rule.advice === undefined || rule.advice === '' ? null : rule.advice,
    gravity: rule.gravity,
    when: buildExpression(rule.when, [...path, 'when'], 1, defaults, report),
    ladder: rule.ladder,
  };
}

interface Defaults {
  readonly settle: Period;
  readonly exclude: MetricRequest['exclude'];
  readonly currency: string | null;
}

const NOTHING: Expression = { any: [] };

function buildExpression(
  node: ExpressionDocument,
  path: Path,
  depth: number,
  defaults: Defaults,
  report: Report,
): Expression {
  if (depth > DEEPEST_CONDITION) {
    report(
      path,
      `Conditions are nested too deeply: at most ${DEEPEST_CONDITION} levels, so that people can follow them.`,
    );
    return NOTHING;
  }
  const forms = (['all', 'any', 'not', 'metric'] as const).filter((form) => node[form] !== undefined);
  const form = forms[0];
  if (form === undefined || forms.length > 1) {
    report(
      path,
      form === undefined
        ? 'A condition needs one of "metric", "all", "any" or "not".'
        : `A condition is one of "metric", "all", "any" or "not"; here stand ${forms.map((name) => `"${name}"`).join(' and ')}. Put one inside the other.`,
    );
    return NOTHING;
  }
  if (form !== 'metric') {
    const stray = Object.keys(node).filter((key) => key !== form);
    if (stray.length > 0)
      report(
        [...path, stray[0] ?? ''],
        `"${stray.join('", "')}" belongs to a condition with a metric, not beside "${form}".`,
      );
  }
  const below = (child: ExpressionDocument, ...where: Path) =>
    buildExpression(child, [...path, ...where], depth + 1, defaults, report);
  if (node.all !== undefined) return { all: node.all.map((child, index) => below(child, 'all', index)) };
  if (node.any !== undefined) return { any: node.any.map((child, index) => below(child, 'any', index)) };
  if (node.not !== undefined) return { not: below(node.not, 'not') };
  return buildCondition(node, path, defaults, report);
}

function buildCondition(node: ExpressionDocument, path: Path, defaults: Defaults, report: Report): Expression {
  const metric = node.metric;
  if (metric === undefined) return NOTHING;
  const given = comparisons.filter((comparison) => node[comparison] !== undefined);
  const comparison = given[0];
  const written = comparison === undefined ? undefined : node[comparison];
  if (comparison === undefined || written === undefined || given.length > 1) {
    report(
      path,
      comparison === undefined
        ? `The condition on "${metric}" has no limit: add "at_least", "more_than", "at_most", "less_than" or "exactly".`
        : `The condition on "${metric}" has ${given.length} limits; write one condition for each, under "all".`,
    );
    return NOTHING;
  }
  const threshold = readThreshold(written, unitOf(metric), defaults.currency);
  if (!threshold.ok) report([...path, comparison], `The limit for "${metric}": ${threshold.error}.`);
  return {
    condition: {
      request: {
        metric,
        window: node.over === undefined ? null : readPeriod(node.over, [...path, 'over'], report),
        settle:
          node.settle === undefined ? defaults.settle : readPeriod(node.settle, [...path, 'settle'], report, true),
        exclude: [...new Set([...defaults.exclude, ...(node.leave_out ?? [])])].sort(),
      },
      comparison,
      threshold: threshold.ok ? threshold.value : 0,
    },
  };
}

function buildLadder(ladder: LadderDocument, path: Path, report: Report): Ladder {
  const start = ladder.grave_starts_at;
  if (start !== undefined && start.step > ladder.steps.length)
    report(
      [...path, 'grave_starts_at', 'step'],
      `The ladder has ${ladder.steps.length} steps, so a grave rule cannot enter at step ${start.step}.`,
    );
  return {
    id: ladder.id,
    title: ladder.title,
    steps: ladder.steps.map((step, index) => buildStep(step, index, [...path, 'steps', index], report)),
    graveStartsAt: start ?? null,
    forgetAfter:
      ladder.forget_after === undefined
        ? FORGET_AFTER
        : readPeriod(ladder.forget_after, [...path, 'forget_after'], report),
  };
}

function buildStep(step: StepDocument, index: number, path: Path, report: Report): Step {
  const obligations = [...new Set(step.obligations ?? [])];
  const surfaces = [...new Set(step.surfaces ?? [])];
  if (step.do === 'restriction' && obligations.length === 0)
    report(path, 'A restriction demands something: name it in "obligations".');
  if (step.do === 'block' && surfaces.length === 0)
    report(path, 'A block needs "surfaces": where it bites, for example [purchase].');
  if ((step.do === 'warning' || step.do === 'watch') && obligations.length + surfaces.length > 0)
    report(
      path,
      `A ${step.do} demands and stops nothing: remove "obligations" and "surfaces", or make it a restriction.`,
    );
  if (step.do === 'watch' && step.lift !== undefined)
    report([...path, 'lift'], 'Watching does nothing to the customer, so there is nothing to lift.');
  if (step.do === 'watch' && index > 0)
    report([...path, 'do'], 'Watching comes first on a ladder or not at all: whoever has been warned knows about it.');
  if (index === 0 && step.after_previous !== undefined)
    report([...path, 'after_previous'], 'The first step has no step before it: remove "after_previous".');
  return {
    do: step.do,
    obligations,
    surfaces,
    for: readPeriod(step.for, [...path, 'for'], report),
    afterPrevious:
      index === 0
        ? null
        : step.after_previous === undefined
          ? days(0)
          : readPeriod(step.after_previous, [...path, 'after_previous'], report, true),
    lift: {
      cleanFor:
        step.lift?.clean_for === undefined
          ? null
          : readPeriod(step.lift.clean_for, [...path, 'lift', 'clean_for'], report),
      ordersKept: step.lift?.orders_kept ?? null,
    },
  };
}

/** Reads a period whose form the schema has checked. Longer than twenty years is a slip of the pen, zero only sometimes right. */
function readPeriod(text: string, path: Path, report: Report, zeroAllowed = false): Period {
  const period = parsePeriod(text);
  if (!period.ok) {
    report(path, `${period.error}.`);
    return days(1);
  }
  const length = approximateDays(period.value);
  if (length === 0 && !zeroAllowed) report(path, `"${text}" is no time at all; write at least "1 day".`);
  if (length > 7_400) report(path, `"${text}" is longer than 20 years; did a digit slip in?`);
  return length > 7_400 || (length === 0 && !zeroAllowed) ? days(1) : period.value;
}

function refuseDuplicates(list: readonly { readonly id: string }[], name: string, report: Report): void {
  const first = new Map<string, number>();
  list.forEach((item, index) => {
    const earlier = first.get(item.id);
    if (earlier === undefined) first.set(item.id, index);
    else
      report(
        [name, index, 'id'],
        `"${item.id}" is already the name of number ${earlier + 1} of the ${name}; every one needs its own.`,
      );
  });
}

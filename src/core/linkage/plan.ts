import { err, ok, type Result } from '../shared/result.ts';
import { countPairs } from './blocking.ts';
import { levelsOf } from './levels.ts';
import { featureOf } from './table.ts';
import type {
  BlockingRule,
  Comparison,
  ComparisonKind,
  FeatureName,
  KeyPart,
  Plan,
  Table,
  Thresholds,
} from './types.ts';

export interface PlanSettings {
  /** Blocking rules in place of the usual ones, like `surname.sound+birth.year`. */
  readonly rules?: readonly string[];
  /** Comparisons in place of all the columns allow, by name. */
  readonly compare?: readonly string[];
  readonly largestBlock?: number;
  readonly thresholds?: Partial<Thresholds>;
}

/** Why there is no plan; `message` says it in one sentence, with what to do. */
export type PlanError = Flaw & { readonly message: string };

type Flaw =
  | { readonly kind: 'nothing to compare' }
  | { readonly kind: 'no candidates'; readonly columns: readonly string[] }
  | { readonly kind: 'unknown comparison'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'unreadable rule'; readonly rule: string; readonly part: string }
  | { readonly kind: 'rule without column'; readonly rule: string; readonly feature: string }
  | { readonly kind: 'too many comparisons'; readonly names: readonly string[] };

const LARGEST_BLOCK = 400;
/** A pair is probably the same person from 19 to 1, certainly (with a strong identifier) from 999 to 1. */
export const THRESHOLDS: Thresholds = { probable: 0.95, certain: 0.999 };
const KINDS: readonly (readonly [FeatureName, ComparisonKind])[] = [
  ['given', 'given'],
  ['surname', 'surname'],
  ['birth', 'birth'],
  ['email', 'email'],
  ['phone', 'code'],
  ['national', 'code'],
  ['card', 'exact'],
  ['device', 'exact'],
  ['customer', 'exact'],
];
const PLACES: readonly FeatureName[] = ['street', 'number', 'postcode', 'city'];

/** The usual rules; of each line the first that does not make too many pairs is taken, and only where its columns are there. */
const USUAL: readonly (readonly string[])[] = [
  ['national'],
  ['email'],
  ['phone'],
  ['card'],
  ['device'],
  ['customer'],
  ['mailname'],
  ['given.words'],
  ['birth', 'birth+given.initial', 'birth+surname.sound'],
  ['birth+surname.sound'],
  ['birth+given.sound'],
  ['address'],
  ['street+number'],
  ['postcode+number', 'postcode+number+surname.initial'],
  ['surname.sound+given.initial', 'surname.sound+given.sound', 'surname+given.sound', 'surname+given'],
  ['postcode+surname.sound', 'postcode+surname'],
  ['postcode+given.sound', 'postcode+given'],
  ['birth+postcode'],
  ['street+surname.sound'],
  ['street+given.sound', 'street+given'],
  ['city+surname.sound+given.initial', 'city+surname+given.sound'],
];
/** A rule may make so many pairs a row, and always so many in all. */
const PAIRS_A_ROW = 6;
const PAIRS_ALWAYS = 200_000;

/** What to compare and where to look for candidates, from the columns of a table. Looks at the data only to weigh rules. */
export function planFor(table: Table, settings: PlanSettings = {}): Result<Plan, PlanError> {
  const comparisons = comparisonsOf(table, settings.compare);
  if (!comparisons.ok) return comparisons;
  const largestBlock = settings.largestBlock ?? LARGEST_BLOCK;
  const rules = settings.rules === undefined ? ok(usualRules(table, largestBlock)) : chosenRules(table, settings.rules);
  if (!rules.ok) return rules;
  if (rules.value.length === 0)
    return refused({ kind: 'no candidates', columns: table.features.map(({ name }) => name) });
  return ok({
    comparisons: comparisons.value,
    rules: rules.value,
    largestBlock,
    thresholds: { ...THRESHOLDS, ...settings.thresholds },
  });
}

/** All comparisons that a table's features allow, or those named. */
export function comparisonsOf(table: Table, wanted?: readonly string[]): Result<readonly Comparison[], PlanError> {
  const has = (name: FeatureName): boolean => featureOf(table, name) !== null;
  const place = PLACES.some(has);
  const found: { name: Comparison['name']; kind: ComparisonKind }[] = KINDS.filter(([name]) => has(name)).map(
    ([name, kind]) => ({ name, kind }),
  );
  if (place) found.push({ name: 'place', kind: 'place' });
  else for (const name of ['state', 'country'] as const) if (has(name)) found.push({ name, kind: 'exact' });
  for (const { name } of table.features) if (name.startsWith('other:')) found.push({ name, kind: 'text' });
  const known = found.map(({ name }) => name);
  const missing = wanted?.find((name) => !known.some((other) => other === name));
  if (missing !== undefined) return refused({ kind: 'unknown comparison', name: missing, known });
  const chosen = found.filter(({ name }) => wanted === undefined || wanted.includes(name));
  if (chosen.length === 0) return refused({ kind: 'nothing to compare' });
  return withStrides(chosen);
}

/** Patterns are numbers of 31 bits. */
const MOST_PATTERNS = 2 ** 31;

export function withStrides(
  chosen: readonly { readonly name: Comparison['name']; readonly kind: ComparisonKind }[],
): Result<readonly Comparison[], PlanError> {
  let stride = 1;
  const comparisons = chosen.map(({ name, kind }) => {
    const comparison = { name, kind, levels: levelsOf(kind), stride };
    stride *= comparison.levels.length;
    return comparison;
  });
  return stride > MOST_PATTERNS
    ? refused({ kind: 'too many comparisons', names: chosen.map(({ name }) => name) })
    : ok(comparisons);
}

function usualRules(table: Table, largestBlock: number): readonly BlockingRule[] {
  const most = Math.max(PAIRS_ALWAYS, PAIRS_A_ROW * table.rows);
  return USUAL.flatMap((alternatives) => {
    const possible = alternatives.flatMap((text) => {
      const rule = parseRule(text);
      return rule.ok && lacking(table, rule.value) === null ? [rule.value] : [];
    });
    if (possible.length < 2) return possible;
    const light = possible.find((rule) => countPairs(table, rule, largestBlock) <= most) ?? possible.at(-1);
    return light === undefined ? [] : [light];
  }).filter((rule, place, all) => all.findIndex(({ name }) => name === rule.name) === place);
}

function chosenRules(table: Table, texts: readonly string[]): Result<readonly BlockingRule[], PlanError> {
  const rules: BlockingRule[] = [];
  for (const text of texts) {
    const rule = parseRule(text);
    if (!rule.ok) return rule;
    const feature = lacking(table, rule.value);
    if (feature !== null) return refused({ kind: 'rule without column', rule: text, feature });
    rules.push(rule.value);
  }
  return ok(rules);
}

function lacking(table: Table, rule: BlockingRule): string | null {
  const needed = rule.parts.flatMap(({ feature, by }) =>
    by === 'words' ? (['given', 'surname'] as const) : [feature],
  );
  return needed.find((name) => featureOf(table, name) === null) ?? null;
}

const WAYS: readonly KeyPart['by'][] = ['value', 'sound', 'initial', 'first3', 'first4', 'year', 'words'];
const FEATURES: readonly FeatureName[] = [
  'given',
  'surname',
  'birth',
  'email',
  'mailname',
  'phone',
  'street',
  'number',
  'postcode',
  'city',
  'state',
  'country',
  'address',
  'national',
  'card',
  'device',
  'customer',
];

/** Reads a rule like `surname.sound+birth.year`: features joined by +, each with how its value is cut down, if it is. */
export function parseRule(text: string): Result<BlockingRule, PlanError> {
  const parts: KeyPart[] = [];
  for (const part of text.split('+').map((piece) => piece.trim())) {
    const dot = part.startsWith('other:') ? -1 : part.indexOf('.');
    const name = dot < 0 ? part : part.slice(0, dot);
    const by = dot < 0 ? 'value' : WAYS.find((way) => way === part.slice(dot + 1));
    const feature = name.startsWith('other:')
      ? (`other:${name.slice(6)}` as const)
      : FEATURES.find((known) => known === name);
    if (feature === undefined || by === undefined) return refused({ kind: 'unreadable rule', rule: text, part });
    parts.push({ feature, by });
  }
  return ok({ name: text, parts });
}

function refused(flaw: Flaw): { readonly ok: false; readonly error: PlanError } {
  return err({ ...flaw, message: describe(flaw) });
}

function describe(error: Flaw): string {
  switch (error.kind) {
    case 'nothing to compare':
      return 'None of the columns says anything about a person. Name at least one, such as an e-mail address, a phone number or a name.';
    case 'no candidates':
      return `No two rows can be found to compare by ${error.columns.join(', ')}. Name more columns, or give blocking rules.`;
    case 'unknown comparison':
      return `There is nothing to compare called "${error.name}". There are: ${error.known.join(', ')}.`;
    case 'unreadable rule':
      return `The blocking rule "${error.rule}" cannot be read at "${error.part}". Write features joined by +, such as surname.sound+birth.year; after the dot may stand ${WAYS.join(', ')}.`;
    case 'rule without column':
      return `The blocking rule "${error.rule}" needs "${error.feature}", and no column gives it.`;
    case 'too many comparisons':
      return `${error.names.length} comparisons are more than can be weighed together. Leave some columns out: ${error.names.join(', ')}.`;
  }
}

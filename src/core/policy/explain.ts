import type { z } from 'zod';
import { didYouMean, nearest } from './nearest.ts';
import { type FairnessRule, formatPath, type Path, type Problem } from './problem.ts';
import { whyRefused } from './refused.ts';
import type { YamlDocument } from './yaml.ts';

type Issue = z.core.$ZodIssue;

/** One problem per thing wrong with the shape of the document, in plain words and at its exact place. */
export function explainIssues(issues: readonly Issue[], document: YamlDocument): Problem[] {
  const misspelt = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    for (const key of issue.keys) {
      const meant = nearest(key, knownKeys(issue.path.map(plainKey)));
      if (meant !== null) misspelt.add(formatPath([...issue.path.map(plainKey), meant]));
    }
  }
  // A misspelt key is also a missing one: one slip of the pen gets one message.
  return issues
    .filter((issue) => !isMissing(issue) || !misspelt.has(formatPath(issue.path.map(plainKey))))
    .flatMap((issue) => explainIssue(issue, document));
}

function isMissing(issue: Issue): boolean {
  return issue.code !== 'custom' && issue.code !== 'unrecognized_keys' && issue.input === undefined;
}

function plainKey(part: PropertyKey): string | number {
  return typeof part === 'symbol' ? String(part) : part;
}

function explainIssue(issue: Issue, document: YamlDocument): Problem[] {
  const path = issue.path.map(plainKey);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const keyPath = [...path, key];
      return problem(document.placeOfKey(keyPath), keyPath, unknownKey(key, path), whyRefused(key)?.rule ?? null);
    });
  if (isMissing(issue)) {
    const rule = ruleAboutMissing(path);
    const parent = document.placeOf(path.slice(0, -1));
    return [problem(parent, path, missingKey(path), rule)];
  }
  const { message, rule } = wrongValue(issue, path);
  return [problem(document.placeOf(path), path, message, rule)];
}

function problem(
  place: { line: number; column: number },
  path: Path,
  message: string,
  rule: FairnessRule | null,
): Problem {
  return { line: place.line, column: place.column, path: formatPath(path), message, rule };
}

const keysByParent: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^$/, ['name', 'introduction', 'language', 'currency', 'rules', 'ladders', 'live', 'procedure', 'translations']],
  [/^translations\.[^.]+$/, ['name', 'introduction', 'rules', 'ladders', 'live', 'procedure']],
  [/^translations\.[^.]+\.live\.[^.]+$/, ['title', 'because']],
  [/^translations\.[^.]+\.rules\.[^.]+$/, ['title', 'because', 'advice']],
  [/^translations\.[^.]+\.ladders\.[^.]+$/, ['title']],
  [/^translations\.[^.]+\.procedure$/, ['appeal']],
  [
    /^rules\[\d+\]$/,
    ['id', 'conduct', 'title', 'because', 'advice', 'gravity', 'when', 'settle', 'leave_out', 'ladder', 'tests'],
  ],
  [/^live\[\d+\]$/, ['id', 'title', 'because', 'surfaces', 'when', 'answer', 'obligations', 'tests']],
  [
    /^live\[\d+\]\.when\b/,
    ['all', 'any', 'not', 'fact', 'per', 'within', 'at_least', 'more_than', 'at_most', 'less_than', 'exactly'],
  ],
  [/^live\[\d+\]\.tests\[\d+\]$/, ['name', 'given', 'expect']],
  [
    /^live\[\d+\]\.tests\[\d+\]\.given$/,
    [
      'order_value',
      'order_items',
      'first_order',
      'disposable_email',
      'hosting_network',
      'countries_differ',
      'happened',
    ],
  ],
  [/\.happened\[\d+\]$/, ['what', 'per', 'times', 'ago']],
  [/^live\[\d+\]\.tests\[\d+\]\.expect$/, ['fires']],
  [/\.tests\[\d+\]$/, ['name', 'given', 'at', 'expect']],
  [/\.expect$/, ['fires', 'step', 'standing']],
  [
    /\.given\[\d+\]$/,
    [
      'on',
      'what',
      'times',
      'every',
      'order',
      'value',
      'items',
      'variants',
      'reason',
      'grade',
      'type',
      'found',
      'labels',
      'rating',
      'assessed',
      'stage',
      'ends',
      'step',
    ],
  ],
  [/^ladders\[\d+\]$/, ['id', 'title', 'steps', 'grave_starts_at', 'forget_after']],
  [/\.steps\[\d+\]$/, ['do', 'obligations', 'surfaces', 'for', 'after_previous', 'lift']],
  [/\.lift$/, ['clean_for', 'orders_kept']],
  [/\.grave_starts_at$/, ['step', 'because']],
  [/^procedure$/, ['appeal', 'appeal_within', 'answer_within', 'answered_by']],
  [
    /\.when\b/,
    [
      'all',
      'any',
      'not',
      'metric',
      'over',
      'settle',
      'leave_out',
      'at_least',
      'more_than',
      'at_most',
      'less_than',
      'exactly',
    ],
  ],
];

function knownKeys(parent: Path): readonly string[] {
  const text = parent.length === 0 ? '' : formatPath(parent);
  return keysByParent.find(([pattern]) => pattern.test(text))?.[1] ?? [];
}

function unknownKey(key: string, parent: Path): string {
  const refused = whyRefused(key);
  if (refused !== null) return `"${key}" ${refused.because}.`;
  const known = knownKeys(parent);
  const guess = didYouMean(key, known);
  return `"${key}" is not known here.${guess === '' && known.length > 0 ? ` Known are: ${known.join(', ')}.` : guess}`;
}

/** What is missing and, where it is not plain from the name, what belongs there. */
const hints: Readonly<Record<string, string>> = {
  for: 'every step ends: say how long it lasts, for example "180 days"',
  because: 'one sentence that tells the customer what the shop does not accept',
  procedure: 'how a customer can have a measure looked at again: "appeal", "appeal_within" and "answer_within"',
  appeal: 'how a customer can have a measure looked at again',
  appeal_within: 'how long a customer may take to appeal, for example "6 months"',
  answer_within: 'how soon the shop answers an appeal, for example "14 days"',
  gravity: 'minor, serious or grave',
  when: 'the conditions under which the rule fires',
  ladder: 'the name of the ladder this rule leads to',
  rules: 'a list of rules',
  ladders: 'a list of ladders',
  steps: 'a list of steps, the mildest first',
  answer: 'challenge or review',
  introduction: 'a few words to the customers about what this policy is for',
};

function missingKey(path: Path): string {
  const key = String(path.at(-1) ?? '');
  const hint = hints[key];
  return `"${key}" is missing${hint === undefined ? '' : `: ${hint}`}.`;
}

function ruleAboutMissing(path: Path): FairnessRule | null {
  const key = path.at(-1);
  if (key === 'for') return 9;
  if (key === 'because' && (path[0] === 'rules' || path[0] === 'live')) return 7;
  return path[0] === 'procedure' ? 8 : null;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (lines that begin with "-")',
  object: 'a group of names and values',
  record: 'a group of names and values',
};

function wrongValue(issue: Issue, path: Path): { message: string; rule: FairnessRule | null } {
  const key = String(path.findLast((part) => typeof part === 'string') ?? 'the document');
  const plain = (message: string) => ({ message, rule: null });
  switch (issue.code) {
    case 'invalid_type':
      return path.length === 0
        ? plain('The document is not a policy: it must be names and values ("name:", "rules:", "ladders:" …).')
        : plain(
            `"${key}" must be ${kinds[issue.expected] ?? issue.expected}, but here stands ${describe(issue.input)}.`,
          );
    case 'invalid_value':
      return notInList(issue, key);
    case 'invalid_union':
      return plain(
        key === 'reason'
          ? `${describe(issue.input)} is not a reason for a return or a dispute.`
          : `"${key}" must be a number or text such as "50 %", but here stands ${describe(issue.input)}.`,
      );
    case 'invalid_format':
      return wrongFormat(key, issue.input);
    case 'invalid_key':
      return wrongFormat(path.length === 2 ? 'language' : 'id', key);
    case 'too_small':
      return plain(
        issue.origin === 'array'
          ? `"${key}" is empty; it needs at least ${issue.minimum}.`
          : issue.origin === 'string'
            ? `"${key}" is empty; write something there.`
            : `"${key}" must be at least ${issue.minimum}.`,
      );
    case 'too_big':
      return plain(
        issue.origin === 'array'
          ? `"${key}" has too many entries; at most ${issue.maximum}.`
          : issue.origin === 'string'
            ? `"${key}" is too long; at most ${issue.maximum} characters.`
            : `"${key}" must be at most ${issue.maximum}.`,
      );
    default:
      return plain(`"${key}" ${issue.message}.`);
  }
}

function notInList(
  issue: Extract<Issue, { code: 'invalid_value' }>,
  key: string,
): { message: string; rule: FairnessRule | null } {
  const known = issue.values.map(String);
  const written = typeof issue.input === 'string' ? issue.input : null;
  if (written === null)
    return {
      message: `"${key}" must be one of ${known.join(', ')}, but here stands ${describe(issue.input)}.`,
      rule: null,
    };
  if (key === 'answer')
    return {
      message: `"${shorten(written)}" is not an answer of a live rule: it challenges or lets a person review, and never refuses by itself. Write challenge or review.`,
      rule: 5,
    };
  const refused = ['metric', 'leave_out', 'fact', 'per'].includes(key) ? whyRefused(written) : null;
  if (refused !== null) return { message: `"${shorten(written)}" ${refused.because}.`, rule: refused.rule };
  const noun =
    key === 'metric'
      ? 'a metric'
      : key === 'obligations'
        ? 'an obligation'
        : key === 'surfaces'
          ? 'a surface'
          : `one of the words for "${key}"`;
  const guess = didYouMean(written, known);
  return {
    message: `"${shorten(written)}" is not ${noun}.${guess === '' ? ` Known are: ${known.join(', ')}.` : guess}`,
    rule: null,
  };
}

function wrongFormat(key: string, input: unknown): { message: string; rule: FairnessRule | null } {
  const written = typeof input === 'string' ? shorten(input) : describe(input);
  if (key === 'id' || key === 'conduct' || key === 'ladder')
    return {
      message: `"${written}" is not a short name: lower case letters, digits and hyphens, at most 80.`,
      rule: null,
    };
  if (key === 'language')
    return { message: `"${written}" is not a language; write its tag, for example nl or pt-BR.`, rule: null };
  if (key === 'within' || key === 'ago')
    return {
      message: `"${written}" is not a window; write for example "10 minutes", "1 hour" or "2 days".`,
      rule: null,
    };
  const endless = whyRefused(written);
  if (endless?.rule === 9) return { message: `"${written}" ${endless.because}.`, rule: 9 };
  return { message: `"${written}" is not a period; write for example "30 days" or "12 months".`, rule: null };
}

function describe(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of names and values';
  return `"${shorten(String(value))}"`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

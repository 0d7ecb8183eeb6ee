import { obligation, surface } from '../events/measures.ts';
import { type ReturnReason, returnReason } from '../events/values.ts';
import { metricNames } from '../metrics/types.ts';
import { assertNever } from '../shared/assert-never.ts';
import { formatPeriod } from '../shared/period.ts';
import { metricPhrases } from './english-metrics.ts';
import { obligationWords, surfaceWords } from './obligation-words.ts';
import type { Prose, SectionKind, Sentence, Value } from './sentence.ts';
import { titleOf } from './vocabulary.ts';

const reasonWords: Readonly<Record<ReturnReason, string>> = {
  changed_mind: 'a change of mind',
  did_not_fit: 'it did not fit',
  not_as_expected: 'it was not as expected',
  ordered_several: 'several were ordered to choose from',
  found_cheaper: 'it was cheaper elsewhere',
  arrived_too_late: 'it arrived too late',
  defect: 'a defect',
  wrong_item_sent: 'we sent the wrong article',
  not_as_described: 'it was not as described',
  damaged_in_transit: 'it was damaged on the way',
  missing_parts: 'parts were missing',
  goodwill: 'we took it back as a favour',
  unspecified: 'no reason given',
};

const from = (prefix: string, names: readonly string[], text: (name: never) => string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`${prefix}.${name}`, text(name as never)]));

/** Every template in English, by its key; `.one` behind a key is for a count of one. */
export const english: Readonly<Record<string, string>> = {
  verbatim: '{text}',
  sentences: '{list}',
  'when.customer': 'This is when you {conditions}.',
  'when.customer.over': 'This is when you {conditions}, over {window}.',
  'when.staff': 'Fires on: {conditions}.',
  'when.staff.over': 'Fires, over {window}, on: {conditions}.',
  'condition.list': '{list}',
  'share.orders': 'do so for {amount} of your orders',
  'share.messages': 'do so in {amount} of your messages',
  'share.reviews': 'do so in {amount} of your reviews',
  'condition.group': '({condition})',
  'condition.over': '{condition}, over {window}',
  'condition.not.customer': 'do not {condition}',
  'condition.not.staff': 'not ({condition})',
  'amount.count.at_least': '{limit} or more',
  'amount.count.more_than': 'more than {limit}',
  'amount.count.at_most': 'at most {limit}',
  'amount.count.less_than': 'fewer than {limit}',
  'amount.count.exactly': 'exactly {limit}',
  'amount.measure.at_least': '{limit} or more',
  'amount.measure.more_than': 'more than {limit}',
  'amount.measure.at_most': '{limit} or less',
  'amount.measure.less_than': 'less than {limit}',
  'amount.measure.exactly': 'exactly {limit}',
  ...from('metric.customer', metricNames, (name) => metricPhrases[name]),
  ...from('metric.staff', metricNames, (name) => `${titleOf(name)}: {amount}`),
  ...from('obligation', obligation.options, (name) => obligationWords[name]),
  ...from('surface', surface.options, (name) => surfaceWords[name]),
  ...from('reason', returnReason.options, (name: ReturnReason) => reasonWords[name]),
  'rule.settle': 'Only what lies {settle} or more in the past counts, so that everything can be settled first.',
  'rule.leave_out': 'Returns do not count when the reason is: {reasons}.',
  'rule.ladder': 'What follows is under “{ladder}”.',
  'rule.gravity.minor': 'Rule {rule}, about {conduct}: minor.',
  'rule.gravity.serious': 'Rule {rule}, about {conduct}: serious.',
  'rule.gravity.grave': 'Rule {rule}, about {conduct}: grave, so milder steps may be passed over.',
  'step.watch': 'Step {step}: we do nothing yet. If nothing new happens within {period}, it ends there.',
  'step.warning': 'Step {step}: we warn you in writing and say what to change. The warning lasts {period}.',
  'step.restriction': 'Step {step}: for {period} this applies: {obligations}',
  'step.block': 'Step {step}: for {period} you cannot {surfaces}.',
  'step.block.with': 'Step {step}: for {period} you cannot {surfaces}, and this applies: {obligations}',
  'step.after': 'This comes {period} after the step before at the earliest, and only for something you did since then.',
  'step.after_watch': 'This comes {period} after the limits were reached at the earliest, and only for something new.',
  'step.again': 'This comes only for something you did after the step before began.',
  'step.lift.both': 'It ends early after {period} without anything new and {count} orders that you keep.',
  'step.lift.both.one': 'It ends early after {period} without anything new and an order that you keep.',
  'step.lift.clean': 'It ends early after {period} without anything new.',
  'step.lift.orders': 'It ends early after {count} orders that you keep.',
  'step.lift.orders.one': 'It ends early after an order that you keep.',
  'ladder.grave.threat': 'A threat may lead to step {step} at once, to protect the people who work here.',
  'ladder.grave.fraud': 'Fraud may lead to step {step} at once, to stop the damage.',
  'ladder.grave.danger_to_staff': 'Danger to the people who work here may lead to step {step} at once.',
  'ladder.forget':
    'When {period} have passed since the last step began, it is forgotten and we start again at the first.',
  'ladder.person': 'The policy only proposes. A person decides each step.',
  'procedure.title': 'If you think we are wrong',
  'procedure.told': 'We tell you what we decided, why, until when and what you can do.',
  'procedure.within': 'You can do so for {period} after our decision.',
  'procedure.answer':
    'Somebody else than the person who decided looks at it and answers within {period}. If you are right, it is undone.',
  'rights.title': 'What always stays',
  'rights.fault':
    'What was our own fault never counts: defects, wrong or late parcels, complaints in which you were right.',
  'rights.law':
    'Your legal rights stay, whatever we decide: to withdraw from a purchase, to report faulty goods, to ask for your data and to appeal.',
  'rights.person':
    'A person decides, never a machine alone. Where you come from, what you believe and who you are play no part.',
  'rights.look': 'You can look at your own numbers beside these limits at any time.',
  'rights.end': 'Everything ends by itself.',
  ...differences(),
};

function differences(): Record<string, string> {
  return {
    'diff.rule.added': 'New rule “{title}”: {because} {when}',
    'diff.rule.removed': 'The rule “{title}” is gone.',
    'diff.rule.text': '“{title}”: the {part} changes from “{before}” to “{after}”.',
    'diff.rule.title': 'The rule “{before}” is now called “{after}”.',
    'diff.rule.gravity': '“{title}” is now {after} instead of {before}.',
    'diff.rule.ladder': '“{title}” now leads to “{after}” instead of “{before}”.',
    'diff.limit.rises': '“{title}”: the limit for {metric} rises from {before} to {after}.',
    'diff.limit.falls': '“{title}”: the limit for {metric} falls from {before} to {after}.',
    'diff.window': '“{title}”: {metric} is now measured over {after} instead of {before}.',
    'diff.settle': '“{title}”: what counts must now lie {after} in the past instead of {before}.',
    'diff.leave_out': '“{title}”: the return reasons left out are now {after} instead of {before}.',
    'diff.conditions': '“{title}” now fires on other conditions. Before: {before} Now: {after}',
    'diff.ladder.added': 'New ladder “{title}”.',
    'diff.ladder.removed': 'The ladder “{title}” is gone.',
    'diff.ladder.title': 'The ladder “{before}” is now called “{after}”.',
    'diff.step.added': '“{title}” has a new step. {after}',
    'diff.step.removed': '“{title}” loses a step. {before}',
    'diff.step.changed': '“{title}” changes. Before: {before} Now: {after}',
    'diff.step.after': '“{title}”: step {step} now comes {after} after the step before instead of {before}.',
    'diff.step.lift': '“{title}”: what ends step {step} early is now {after} instead of {before}.',
    'diff.lift.nothing': 'nothing',
    'diff.lift.clean': '{period} without anything new',
    'diff.lift.orders': '{count} orders kept',
    'diff.lift.orders.one': 'an order kept',
    'diff.ladder.grave': '“{title}”: grave cases now start at {after} instead of {before}.',
    'diff.grave.step': 'step {step}',
    'diff.grave.none': 'the first step like all others',
    'diff.ladder.forget': '“{title}”: steps are now forgotten after {after} instead of {before}.',
    'diff.procedure.appeal': 'How to appeal changes from “{before}” to “{after}”.',
    'diff.procedure.within': 'An appeal can now be made for {after} instead of {before}.',
    'diff.procedure.answer': 'An appeal is now answered within {after} instead of {before}.',
    'diff.name': 'The policy “{before}” is now called “{after}”.',
    'diff.introduction': 'The introduction changes from “{before}” to “{after}”.',
    'diff.currency': 'Limits in money are now in {after} instead of {before}.',
    'diff.none': 'nothing',
    'diff.ever': 'all the time since the first event',
  };
}

/** One sentence in English. Throws on a key or value that is missing, which is a bug. */
export function inEnglish(sentence: Sentence): string {
  const template = (sentence.values.count === 1 ? english[`${sentence.key}.one`] : undefined) ?? english[sentence.key];
  if (template === undefined) throw new Error(`There are no English words for "${sentence.key}"`);
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = sentence.values[name];
    if (value === undefined) throw new Error(`"${sentence.key}" lacks the value "${name}"`);
    return valueText(value, sentence.key);
  });
}

function valueText(value: Value, key: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if ('months' in value) return formatPeriod(value);
  if ('key' in value) return inEnglish(value);
  const parts = value.list.map(inEnglish);
  if (key === 'sentences') return parts.join(' ');
  if (parts.length < 2) return parts[0] ?? '';
  // Conditions are long, so each is set off by a comma; names are not.
  const comma = key === 'condition.list' ? ',' : '';
  return `${parts.slice(0, -1).join(', ')}${comma} ${value.join} ${parts.at(-1)}`;
}

export interface EnglishProse {
  readonly title: string;
  readonly introduction: string;
  readonly sections: readonly {
    readonly id: string;
    readonly kind: SectionKind;
    readonly title: string;
    readonly sentences: readonly string[];
  }[];
}

/** The whole policy in English, section by section. */
export function proseInEnglish(prose: Prose): EnglishProse {
  return {
    title: prose.title,
    introduction: prose.introduction,
    sections: prose.sections.map((section) => ({
      id: section.id,
      kind: section.kind,
      title: inEnglish(section.title),
      sentences: section.sentences.map(inEnglish),
    })),
  };
}

/** The policy as a Markdown page. */
export function proseAsMarkdown(prose: EnglishProse): string {
  const lines = [`# ${prose.title}`, '', prose.introduction.trim()];
  let kind: SectionKind | null = null;
  for (const section of prose.sections) {
    if (section.kind !== kind && headingOf(section.kind) !== null) lines.push('', `## ${headingOf(section.kind)}`);
    kind = section.kind;
    lines.push('', `${headingOf(kind) === null ? '##' : '###'} ${section.title}`, '');
    lines.push(section.kind === 'ladder' ? section.sentences.map(listItem).join('\n') : section.sentences.join(' '));
  }
  return `${lines.join('\n')}\n`;
}

/** Each step begins a list item; what belongs to it follows in the same one. */
function listItem(sentence: string): string {
  return sentence.startsWith('Step ') ? `- ${sentence}` : `  ${sentence}`;
}

function headingOf(kind: SectionKind): string | null {
  switch (kind) {
    case 'rule':
      return 'What we do not accept';
    case 'ladder':
      return 'What follows';
    case 'procedure':
    case 'rights':
      return null;
    default:
      return assertNever(kind);
  }
}

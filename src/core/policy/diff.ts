import type { Period } from '../shared/period.ts';
import { conditionsOf } from './expression.ts';
import { diffLive } from './live/diff.ts';
import { policyIn } from './own-texts.ts';
import { limitValue, stepSentence, whenSentence } from './render.ts';
import { type Sentence, sentence, type Value } from './sentence.ts';
import type { Condition, EarlyLift, Expression, Ladder, Policy, Rule } from './types.ts';

/**
 * What changes from one policy to another, a sentence for each change; empty when they say the same. The shop's own words are
 * quoted in `language` where both translate them; words that changed only as they were written are quoted as written.
 */
export function diffPolicies(
  written: Policy,
  rewritten: Policy,
  language: string = rewritten.language,
): readonly Sentence[] {
  const changes: Sentence[] = [];
  const both = [written, rewritten].every(
    ({ language: own, translations }) => own === language || language in translations,
  );
  const [before, after] = both ? [policyIn(written, language), policyIn(rewritten, language)] : [written, rewritten];
  const note = noter(changes);
  const text = textNoter(changes, written, rewritten, before, after);
  text('diff.name', (policy) => policy.name);
  text('diff.introduction', (policy) => policy.introduction);
  note('diff.currency', before.currency ?? sentence('diff.none'), after.currency ?? sentence('diff.none'));
  const rules = pairs(before.rules, after.rules);
  for (const rule of rules.removed) changes.push(sentence('diff.rule.removed', { title: rule.title }));
  for (const rule of rules.added)
    changes.push(
      sentence('diff.rule.added', {
        title: rule.title,
        because: rule.because,
        when: whenSentence(rule.when, after, 'customer'),
      }),
    );
  for (const [was, is] of rules.kept) diffRules(was, is, before, after, text, changes);
  const ladders = pairs(before.ladders, after.ladders);
  for (const ladder of ladders.removed) changes.push(sentence('diff.ladder.removed', { title: ladder.title }));
  for (const ladder of ladders.added) changes.push(sentence('diff.ladder.added', { title: ladder.title }));
  for (const [was, is] of ladders.kept) diffLadders(was, is, text, changes);
  changes.push(...diffLive(before, after));
  text('diff.procedure.appeal', (policy) => policy.procedure.appeal);
  note('diff.procedure.within', before.procedure.appealWithin, after.procedure.appealWithin);
  note('diff.procedure.answer', before.procedure.answerWithin, after.procedure.answerWithin);
  note('diff.language', languageSentence(before.language), languageSentence(after.language));
  diffTranslations(before, after, changes);
  return changes;
}

const languageSentence = (code: string): Sentence => sentence('language', { code });

/** Which translations came, went or were put differently. A text that changed in every language is told of above. */
function diffTranslations(before: Policy, after: Policy, changes: Sentence[]): void {
  const codes = [...new Set([...Object.keys(before.translations), ...Object.keys(after.translations)])].sort();
  for (const code of codes) {
    const [was, is] = [before.translations[code], after.translations[code]];
    if (same(was, is)) continue;
    const how = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    changes.push(sentence(`diff.translation.${how}`, { language: languageSentence(code) }));
  }
}

/** Notes a change of one value; equal values are no change. */
function noter(changes: Sentence[], shared: Readonly<Record<string, Value>> = {}) {
  return (key: string, before: Value, after: Value): void => {
    if (!same(before, after)) changes.push(sentence(key, { ...shared, before, after }));
  };
}

type NoteText = (key: string, of: (policy: Policy) => string, shared?: Readonly<Record<string, Value>>) => void;

/** Notes a change of the shop's own words: in the reader's language, or as written where only that changed. */
function textNoter(changes: Sentence[], written: Policy, rewritten: Policy, before: Policy, after: Policy): NoteText {
  return (key, of, shared = {}) => {
    const read = [of(before), of(after)] as const;
    const [was, is] = read[0] === read[1] ? [of(written), of(rewritten)] : read;
    noter(changes, shared)(key, was, is);
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function pairs<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]) {
  const earlier = new Map(before.map((item) => [item.id, item]));
  const later = new Set(after.map((item) => item.id));
  return {
    removed: before.filter((item) => !later.has(item.id)),
    added: after.filter((item) => !earlier.has(item.id)),
    kept: after.flatMap((item) => {
      const was = earlier.get(item.id);
      return was === undefined ? [] : [[was, item] as const];
    }),
  };
}

function diffRules(was: Rule, is: Rule, before: Policy, after: Policy, text: NoteText, changes: Sentence[]): void {
  const note = noter(changes, { title: is.title });
  const own = (part: (rule: Rule) => string) => (policy: Policy) => {
    const rule = policy.rules.find(({ id }) => id === is.id);
    return rule === undefined ? '' : part(rule);
  };
  text(
    'diff.rule.title',
    own((rule) => rule.title),
  );
  text(
    'diff.rule.because',
    own((rule) => rule.because),
    { title: is.title },
  );
  text(
    'diff.rule.advice',
    own((rule) => rule.advice ?? ''),
    { title: is.title },
  );
  note('diff.rule.conduct', was.conduct, is.conduct);
  note('diff.rule.gravity', sentence(`gravity.${was.gravity}`), sentence(`gravity.${is.gravity}`));
  const ladderTitle = (policy: Policy, id: string) => policy.ladders.find((ladder) => ladder.id === id)?.title ?? id;
  if (was.ladder !== is.ladder)
    note('diff.rule.ladder', ladderTitle(before, was.ladder), ladderTitle(after, is.ladder));
  if (!same(shape(was.when), shape(is.when))) {
    note('diff.conditions', whenSentence(was.when, before, 'customer'), whenSentence(is.when, after, 'customer'));
    return;
  }
  const settled = new Set<string>();
  const earlier = conditionsOf(was.when);
  conditionsOf(is.when).forEach((condition, index) => {
    const old = earlier[index];
    if (old !== undefined) diffConditions(old, condition, is.title, before, after, changes, settled);
  });
}

/** How conditions hang together, without their numbers and windows. */
function shape(expression: Expression): unknown {
  if ('condition' in expression) return [expression.condition.request.metric, expression.condition.comparison];
  if ('not' in expression) return { not: shape(expression.not) };
  return 'all' in expression ? { all: expression.all.map(shape) } : { any: expression.any.map(shape) };
}

function diffConditions(
  was: Condition,
  is: Condition,
  title: string,
  before: Policy,
  after: Policy,
  changes: Sentence[],
  settled: Set<string>,
): void {
  const { metric } = is.request;
  const note = noter(changes, { title, metric: sentence(`metric.title.${metric}`) });
  note(
    is.threshold >= was.threshold ? 'diff.limit.rises' : 'diff.limit.falls',
    limitValue(was, before),
    limitValue(is, after),
  );
  const window = (period: Period | null): Value => period ?? sentence('diff.ever');
  note('diff.window', window(was.request.window), window(is.request.window));
  // A rule's own delay and reasons stand in each of its conditions; one sentence is enough.
  const once = (key: string, from: Value, to: Value) => {
    const mark = JSON.stringify([key, from, to]);
    if (!settled.has(mark)) note(key, from, to);
    settled.add(mark);
  };
  once('diff.settle', was.request.settle, is.request.settle);
  const reasons = (condition: Condition): Value =>
    condition.request.exclude.length === 0
      ? sentence('diff.none')
      : { list: condition.request.exclude.map((reason) => sentence(`reason.${reason}`)), join: 'and' };
  once('diff.leave_out', reasons(was), reasons(is));
}

function diffLadders(was: Ladder, is: Ladder, text: NoteText, changes: Sentence[]): void {
  const note = noter(changes, { title: is.title });
  text('diff.ladder.title', (policy) => policy.ladders.find(({ id }) => id === is.id)?.title ?? '');
  for (let index = 0; index < Math.max(was.steps.length, is.steps.length); index++) {
    const old = was.steps[index];
    const step = is.steps[index];
    const number = index + 1;
    if (old === undefined && step !== undefined)
      changes.push(sentence('diff.step.added', { title: is.title, after: stepSentence(step, number) }));
    if (old !== undefined && step === undefined)
      changes.push(sentence('diff.step.removed', { title: is.title, before: stepSentence(old, number) }));
    if (old === undefined || step === undefined) continue;
    note('diff.step.changed', stepSentence(old, number), stepSentence(step, number));
    const noteStep = noter(changes, { title: is.title, step: number });
    noteStep(
      'diff.step.after',
      old.afterPrevious ?? { months: 0, days: 0 },
      step.afterPrevious ?? { months: 0, days: 0 },
    );
    noteStep('diff.step.lift', liftValue(old.lift), liftValue(step.lift));
  }
  const grave = (ladder: Ladder): Value =>
    ladder.graveStartsAt === null
      ? sentence('diff.grave.none')
      : sentence('diff.grave.step', { step: ladder.graveStartsAt.step });
  note('diff.ladder.grave', grave(was), grave(is));
  note('diff.ladder.forget', was.forgetAfter, is.forgetAfter);
}

function liftValue(lift: EarlyLift): Value {
  const list: Sentence[] = [];
  if (lift.cleanFor !== null) list.push(sentence('diff.lift.clean', { period: lift.cleanFor }));
  if (lift.ordersKept !== null) list.push(sentence('diff.lift.orders', { count: lift.ordersKept }));
  return list.length === 0 ? sentence('diff.lift.nothing') : { list, join: 'and' };
}
